"""The tokens of the style sheet, measured: contrast in both schemes, and charts as colour-blind readers see them."""

import re
from itertools import combinations

import numpy as np
import pytest
from django.conf import settings
from django.test import Client, override_settings

from cityrank.charts import colours

TEXT = (settings.BASE_DIR / "styles/10-tokens.css").read_text(encoding="utf-8")
# Colours that are text, and the grounds they stand on.
TEXTS = ["ink", "ink-soft", "link", "warn", "good", *(f"accent-{number}" for number in range(1, 9))]
GROUNDS = ["paper", "surface", "sunken"]
SERIES = [f"chart-{number}" for number in range(1, 9)]
STEPS = [f"chart-step-{number}" for number in range(1, 6)]


def block(opening: str) -> dict[str, str]:
    body = TEXT.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", body))


LIGHT = block(":root {\n  color-scheme")
DARK = block("(prefers-color-scheme: dark) {\n  :root {")
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> np.ndarray:
    """Red, green and blue in linear light, 0 to 1 (IEC 61966-2-1)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    value = np.array([int(digits[at : at + 2], 16) for at in (0, 2, 4)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, 1 to 21."""
    darker, lighter = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


# Machado, Oliveira and Fernandes (2009), A Physiologically-based Model for Simulation of Color Vision Deficiency,
# table of matrices at severity 1.0, in linear light.
SEEN = {
    "all": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def oklab(light: np.ndarray) -> np.ndarray:
    """Lightness and two opponent axes in which equal distances look equal (Ottosson 2020, Oklab)."""
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    axes = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return axes @ np.cbrt(cones @ light)


def distance(one: str, other: str, sight: str) -> float:
    seen = [oklab(np.clip(SEEN[sight] @ linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_the_measures_agree_with_known_values() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    # The lightest grey that WCAG lets stand on white.
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)
    # Red and green of equal lightness are what most colour-blind readers confuse.
    assert distance("#c0392b", "#5d7a1f", "deuteranopia") < 0.5 * distance("#c0392b", "#5d7a1f", "all")


@SCHEMES
def test_every_text_is_readable_on_every_ground(scheme: dict[str, str]) -> None:
    ratios = {(text, ground): contrast(scheme[text], scheme[ground]) for text in TEXTS for ground in GROUNDS}
    assert min(ratios.values()) >= 4.5, min(ratios, key=lambda pair: ratios[pair])
    assert contrast(scheme["warn"], scheme["warn-paper"]) >= 4.5
    assert contrast(scheme["ink"], scheme["warn-paper"]) >= 4.5
    assert contrast(scheme["seal-ink"], scheme["seal"]) >= 4.5
    assert all(contrast(scheme["paper"], scheme[f"accent-{number}"]) >= 4.5 for number in range(1, 9))


@SCHEMES
def test_the_border_of_a_field_and_every_mark_of_a_chart_stand_out(scheme: dict[str, str]) -> None:
    for ground in ("paper", "surface", "chart-paper"):
        for mark in ("field", "chart-mark", *SERIES):
            assert contrast(scheme[mark], scheme[ground]) >= 3, (mark, ground)
    assert contrast(scheme["chart-ink"], scheme["chart-paper"]) >= 7
    assert contrast(scheme["chart-quiet"], scheme["chart-paper"]) >= 4.5


@SCHEMES
@pytest.mark.parametrize("sight", SEEN)
def test_colours_of_a_chart_are_told_apart_by_everybody(scheme: dict[str, str], sight: str) -> None:
    # Comparisons and lines use up to five at once; more are beside a label.
    far = [distance(scheme[a], scheme[b], sight) for a, b in combinations(SERIES[:5], 2)]
    near = [distance(scheme[a], scheme[b], sight) for a, b in combinations(SERIES, 2)]
    assert min(far) >= 0.14
    assert min(near) >= 0.08


@SCHEMES
@pytest.mark.parametrize("sight", SEEN)
def test_steps_of_a_map_grow_in_one_direction_for_everybody(scheme: dict[str, str], sight: str) -> None:
    lightness = [oklab(np.clip(SEEN[sight] @ linear(scheme[step]), 0, 1))[0] for step in STEPS]
    steps = np.diff(lightness)
    assert (steps > 0.06).all() or (steps < -0.06).all()


def test_every_colour_has_its_counterpart_in_the_dark() -> None:
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize(("scheme", "of_charts"), [(LIGHT, colours.LIGHT), (DARK, colours.DARK)])
def test_charts_are_drawn_in_the_colours_of_the_page(
    scheme: dict[str, str], of_charts: dict[str, str]
) -> None:
    assert {f"chart-{name}": colour for name, colour in of_charts.items()} == {
        name: colour for name, colour in scheme.items() if name.startswith("chart-")
    }


def test_the_style_page_shows_every_component_and_token_to_the_office_alone(
    evaluator: Client, release: object
) -> None:
    page = evaluator.get("/en/style/").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    for name in DARK:
        assert f"<code>--{name}</code>" in page
    for part in (settings.BASE_DIR / "templates/parts").glob("*.html"):
        assert part.name in page or f"% {part.stem.removeprefix('chart_')} " in page
    assert Client().get("/style/").status_code == 404


def test_developers_see_the_style_page_without_signing_in(client: Client, db: None) -> None:
    with override_settings(DEBUG=True):
        assert client.get("/style/").status_code == 200
