"""The colours of drawings are those of the style sheet, and their steps can be told apart."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cityrank.charts.colours import DARK, LIGHT, STEPS, THEMES


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--chart-([\w-]+):\s*(#[0-9a-f]{6});", css))


@pytest.fixture(scope="module")
def sheet() -> str:
    return (Path(settings.BASE_DIR) / "styles/10-tokens.css").read_text(encoding="utf-8")


def test_drawings_have_the_colours_of_the_style_sheet(sheet: str) -> None:
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")
    assert tokens(light) == LIGHT
    assert tokens(dark) == DARK


def test_each_colour_has_one_name() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)


def lightness(colour: str) -> float:
    """Relative luminance as in WCAG 2, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((lightness(one), lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_steps_differ_by_lightness_alone_so_that_nobody_needs_to_see_colours() -> None:
    for theme, rising in ((LIGHT, False), (DARK, True)):
        steps = [lightness(theme[f"step-{number}"]) for number in range(1, 6)]
        assert steps == sorted(steps, reverse=not rising)
    assert [lightness(step) for step in STEPS] == sorted((lightness(step) for step in STEPS), reverse=True)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_figures_on_tiles_and_words_on_paper_can_be_read(theme: dict[str, str]) -> None:
    on_step = ("ink", "ink", "ink", "paper", "paper")
    pairs = [(theme[name], theme[f"step-{number}"]) for number, name in enumerate(on_step, 1)]
    pairs += [(theme[name], theme["paper"]) for name in ("ink", "quiet")]
    pairs += [(theme["quiet"], theme["missing"])]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_marks_stand_out_from_the_paper(theme: dict[str, str]) -> None:
    marks = ("1", "2", "4", "mark", "quiet")
    assert [name for name in marks if contrast(theme[name], theme["paper"]) < 3] == []
