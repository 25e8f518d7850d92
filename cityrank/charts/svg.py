"""Text of SVG: made smaller, put into the colours of a page or of a theme, framed with title and source.

Everything here works on what vl-convert writes, or on what was made of that here.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

from cityrank.charts.colours import LIGHT, THEMES
from cityrank.exchange.documents.fonts import FAMILY

# Names by the colour that stands in a drawing.
_NAMES = {colour: name for name, colour in LIGHT.items()}
_COLOUR = re.compile(r'(?<= )(fill|stroke)="(#[0-9a-fA-F]{3,8})"')
_NOISE = re.compile(
    r' (?:role|aria-roledescription|aria-hidden|pointer-events|class|version|xmlns:xlink|font-family)="[^"]*"'
    r'| (?:opacity|stroke-opacity|fill-opacity)="1"'
)
_SHELLS = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
_EMPTY = re.compile(r"<g[^>]*></g>")
_GEOMETRY = re.compile(r'(?<= )(d|transform|x|y|x1|x2|y1|y2|r|cx|cy|width|height|viewBox)="([^"]*)"')
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"[^>]*>')


# --- Made smaller ---------------------------------------------------------------------------------------------------


def cleaned(svg: str) -> str:
    """Return a drawing without what no reader needs: roles, empty groups, a font for each text, eight decimals."""
    svg = _NOISE.sub("", _SHELLS.sub("", svg))
    svg = _GEOMETRY.sub(lambda found: f'{found[1]}="{_LONG.sub(_short, found[2])}"', svg)
    while (smaller := _EMPTY.sub("", svg)) != svg:
        svg = smaller
    return svg


def _short(found: re.Match[str]) -> str:
    return f"{round(float(found[0]), 2):g}" if abs(float(found[0])) >= 0.005 else "0"


# --- Colours --------------------------------------------------------------------------------------------------------


def unknown_colours(svg: str) -> set[str]:
    """Return the colours of a drawing that have no name; a page could put nothing in their place."""
    return {colour.lower() for _name, colour in _COLOUR.findall(svg)} - set(_NAMES)


def _coloured(svg: str, put: Callable[[str, str], str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        colour = found[2].lower()
        return f'{found[1]}="{put(_NAMES[colour], colour)}"' if colour in _NAMES else found[0]

    return _COLOUR.sub(replaced, svg)


def in_theme(svg: str, theme: str) -> str:
    """Return a drawing in the colours of a theme, "light" or "dark"."""
    colours: Mapping[str, str] = THEMES[theme]
    return _coloured(svg, lambda name, _colour: colours[name])


# --- On a page ------------------------------------------------------------------------------------------------------


def on_page(svg: str, *, title_id: str, text_id: str) -> str:
    """Return a drawing as part of a page: in the colours of the style sheet, its words elsewhere on the page.

    Labels of marks become data, read by a script of the page: for a program that reads aloud the drawing is one
    picture, with the data table below it.
    """
    svg = _coloured(svg, lambda name, colour: f"var(--chart-{name}, {colour})").replace(
        " aria-label=", " data-label="
    )
    about = f' role="img" tabindex="0" aria-labelledby="{title_id}" aria-describedby="{text_id}"'
    return svg.replace(' xmlns="http://www.w3.org/2000/svg"', about, 1)


# --- Alone ----------------------------------------------------------------------------------------------------------

MARGIN = 24
TITLE, SUBTITLE, SMALL = 20, 14, 12


def framed(
    svg: str, *, title: str, subtitle: str, alt: str, foot: list[str], language: str, theme: str
) -> str:
    """Return a drawing as a file of its own: with its title above, the lines of `foot` below, and a background."""
    head = _HEAD.match(svg)
    assert head, "a drawing begins with its size"
    width, height = float(head[1]), float(head[2])
    texts, top = [], MARGIN
    for text, size, colour, weight in ((title, TITLE, "ink", "700"), (subtitle, SUBTITLE, "quiet", "400")):
        for line in wrapped(text, width, size):
            top += round(size * 1.35)
            texts.append(_line(line, top, size, colour, weight))
    drawn_at, bottom = top + 14, top + 14 + height + 8
    for text in foot:
        for line in wrapped(text, width, SMALL):
            bottom += round(SMALL * 1.5)
            texts.append(_line(line, bottom, SMALL, "quiet", "400"))
    box_size = f'width="{width + 2 * MARGIN:g}" height="{bottom + MARGIN:g}"'
    box = f'viewBox="0 0 {width + 2 * MARGIN:g} {bottom + MARGIN:g}"'
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box_size} {box} role="img" aria-labelledby="title desc"'
        f' xml:lang="{language}" font-family="{FAMILY}, sans-serif">'
        f'<title id="title">{_text(title)}</title><desc id="desc">{_text(alt)}</desc>'
        f'<rect width="100%" height="100%" fill="{LIGHT["paper"]}"/>{"".join(texts)}'
        f'<g transform="translate({MARGIN},{drawn_at:g})">{svg[head.end() : -len("</svg>")]}</g></svg>'
    )
    return in_theme(whole, theme)


def _line(text: str, top: float, size: int, colour: str, weight: str) -> str:
    place = f'x="{MARGIN}" y="{top:g}" font-size="{size}px" font-weight="{weight}"'
    return f'<text {place} fill="{LIGHT[colour]}">{_text(text)}</text>'


def _text(text: str) -> str:
    return escape(_UNFIT.sub("", text))


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, in its quotes."""
    return quoteattr(_UNFIT.sub("", text))


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most `width` pixels in letters of `size`, by the usual width of characters."""
    lines, line, length = [], "", 0.0
    for piece in _pieces(text):
        wide = width_of(piece) * size
        if line and length + wide > width:
            lines.append(line.rstrip())
            line, length, piece = "", 0.0, piece.lstrip()
        line, length = line + piece, length + wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Words with the blank before them; each Chinese character by itself, with the punctuation that follows it."""
    return re.findall(
        r"[\u2e80-\u9fff\uf900-\ufaff][\u3000-\u303f\uff00-\uff0f\uff1a-\uff1f]*|\s*[^\s\u2e80-\u9fff]+|\s+",
        text,
    )


def width_of(text: str) -> float:
    """Return about how wide a text is, in widths of its letters: a Chinese character is one."""
    return sum(map(_width, text))


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.53
