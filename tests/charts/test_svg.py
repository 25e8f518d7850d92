"""Drawings as text: small, in the colours of a page or of a theme, framed as a file of their own."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.charts import svg
from cityrank.charts.colours import DARK, LIGHT

DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" class="marks"'
    ' width="760" height="120" viewBox="0 0 760 120"><g fill="none" stroke-miterlimit="10" transform="translate(57,5)">'
    '<g class="mark-group role-frame root" role="graphics-object" aria-roledescription="group mark container">'
    '<path class="background" aria-hidden="true" d="M0,0h560v78h-560Z"/><g class="empty"></g>'
    '<path aria-label="宁波市 &amp; &lt;x&gt;: 70.50" role="graphics-symbol"'
    f' d="M0,1.3000000000000043h514.7800000000001v23.4" fill="{LIGHT["1"]}"/>'
    '<text transform="translate(-7,15.500000000000005)" font-family="Noto Sans SC"'
    f' fill="{LIGHT["ink"]}" opacity="1">12.3456789</text>'
    "</g></g></svg>"
)


def test_noise_goes_and_what_readers_see_stays() -> None:
    cleaned = svg.cleaned(DRAWN)
    assert not re.search("role=|class=|aria-hidden|font-family|opacity|xlink|background", cleaned)
    assert 'd="M0,1.3h514.78v23.4"' in cleaned
    assert 'transform="translate(-7,15.5)"' in cleaned
    assert ">12.3456789</text>" in cleaned
    assert 'aria-label="宁波市 &amp; &lt;x&gt;: 70.50"' in cleaned
    ElementTree.fromstring(cleaned)


def test_a_page_puts_its_own_colours_in_place_of_each() -> None:
    placed = svg.on_page(svg.cleaned(DRAWN), title_id="t", text_id="d")
    assert f'fill="var(--chart-1, {LIGHT["1"]})"' in placed
    assert 'role="img" tabindex="0" aria-labelledby="t" aria-describedby="d"' in placed
    assert 'data-label="宁波市 &amp; &lt;x&gt;: 70.50"' in placed
    assert "aria-label=" not in placed


def test_the_dark_theme_leaves_no_light_colour_behind() -> None:
    every = "".join(f'<path fill="{colour}" stroke="{colour}"/>' for colour in LIGHT.values())
    dark = svg.in_theme(f"<svg>{every}</svg>", "dark")
    assert re.findall('(?:fill|stroke)="([^"]*)"', dark) == [
        colour for colour in DARK.values() for _ in range(2)
    ]


def test_a_colour_without_a_name_is_found_out() -> None:
    assert svg.unknown_colours(svg.cleaned(DRAWN)) == set()
    assert svg.unknown_colours('<path fill="#123456"/>') == {"#123456"}


def framed(**texts: object) -> str:
    values = {
        "title": "标题",
        "subtitle": "Scores",
        "alt": "Bars.",
        "foot": ["Source"],
        "language": "en",
        "theme": "light",
    }
    return svg.framed(svg.cleaned(DRAWN), **values | texts)


def test_a_file_of_its_own_has_title_source_and_alternative_text() -> None:
    root = ElementTree.fromstring(framed())
    names = {element.tag.split("}")[1]: element.text for element in root}
    assert (names["title"], names["desc"]) == ("标题", "Bars.")
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["标题", "Scores", "Source", "12.3456789"]
    assert root.get("width") == "808"
    assert "style=" not in framed()


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_whatever_breaks_the_file(title: str, foot: str) -> None:
    # A lone surrogate cannot be written into any file; the database holds none.
    title, foot = (text.encode("utf-8", "ignore").decode() for text in (title, foot))
    root = ElementTree.fromstring(framed(title=title, subtitle=title, alt=title, foot=[foot]))
    assert len(root) >= 4


@given(st.text(alphabet="ab 中文，。XIJ-", max_size=200), st.integers(60, 800))
def test_lines_are_no_wider_than_their_space_and_lose_nothing(text: str, width: int) -> None:
    lines = svg.wrapped(text, width, 14)
    assert "".join("".join(lines).split()) == "".join(text.split())
    # One word, or a character with its punctuation, may be wider than the line.
    assert all(svg.width_of(line) * 14 <= width or len(svg._pieces(line.strip())) == 1 for line in lines)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_in_a_theme_are_readable_on_its_paper(theme: str) -> None:
    drawn = framed(theme=theme)
    paper = {"light": LIGHT, "dark": DARK}[theme]["paper"]
    assert f'height="100%" fill="{paper}"' in drawn
