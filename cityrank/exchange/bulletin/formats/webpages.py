"""An HTML page as lines: blocks and line breaks part them, tables keep their cells, what is around is hinted."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from lxml import etree, html

from cityrank.exchange.bulletin.formats.lines import (
    FURNITURE,
    HEADING,
    ITEM,
    PICTURE,
    Lines,
    UnreadableDocument,
    squeezed,
)

DROPPED = frozenset(
    "script style noscript template iframe object svg math head select option button textarea".split()
)
AROUND = frozenset({"nav", "footer", "aside"})
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A cell longer than this holds the page, not a figure: old pages are laid out by tables.
LONGEST_CELL = 120
WIDEST_SPAN = 50
_WHITE = re.compile(r"[ \t\r\n\f]+")


def read_webpage(text: str, name: str, lines: Lines) -> None:
    """Add the page's lines. Raises `UnreadableDocument` where it has no element, or is nested too deeply."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError as error:
        raise UnreadableDocument(_("%(name)s contains no text.") % {"name": name}) from error
    # The parser drops what lies beyond its limits and says so only here.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableDocument(
            _("%(name)s is nested too deeply to be read. Copy the text of the bulletin into a text file.")
            % {"name": name}
        )
    _Walk(lines).over(root)


class _Walk:
    """Goes over the elements in document order, without recursion: a hostile page may be nested at any depth."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._words: list[str] = []
        self._around: list[Any] = []
        self._numbers: list[int | None] = []
        self._prefix = ""
        self._hint, self._level = "", 0
        self._spans: dict[int, tuple[int, str]] = {}

    def over(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            tag = element.tag
            if event == "start" and self._is_whole(element, tag):
                skipped = element
                walk.skip_subtree()
            elif event == "start":
                self._open(element, tag)
            else:
                if element is not skipped:
                    self._close(element, tag)
                self._words.append(element.tail or "")
        self._flush()

    def _is_whole(self, element: Any, tag: str) -> bool:
        """Whether an element is dealt with as one, so that what is in it is not walked over."""
        if tag in DROPPED:
            return True
        if tag != "tr" or self._around:
            return False
        cells = row_of(element, self._spans)
        if cells is None:
            return False
        self._flush()
        self._lines.add_row(cells)
        return True

    def _open(self, element: Any, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
        if tag in AROUND or (tag == "header" and not _within_content(element)):
            self._around.append(element)
        elif tag in HEADINGS:
            self._hint, self._level = HEADING, HEADINGS[tag]
        elif tag in ("ol", "ul"):
            self._numbers.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "br":
            self._flush()
        elif tag == "img":
            self._picture(element)
        elif tag == "table":
            self._spans = {}
        self._words.append(element.text or "")

    def _close(self, element: Any, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        if self._around and self._around[-1] is element:
            self._around.pop()
        if tag in HEADINGS or tag == "li":
            self._hint, self._level, self._prefix = "", 0, ""

    def _item(self) -> None:
        self._hint = ITEM
        number = self._numbers[-1] if self._numbers else None
        if number is not None:
            # A browser prints the number of an ordered list, so it belongs to the text.
            self._prefix = f"{number}. "
            self._numbers[-1] = number + 1

    def _picture(self, element: Any) -> None:
        caption = squeezed(element.get("alt") or element.get("title") or "") or _file_name(element)
        # Icons and counters have neither; a picture without a word cannot be asked about.
        if caption:
            self._flush()
            self._lines.add(caption, FURNITURE if self._around else PICTURE)

    def _flush(self) -> None:
        text = _WHITE.sub(" ", "".join(self._words)).strip(" ")
        self._words.clear()
        if text:
            self._lines.add(self._prefix + text, FURNITURE if self._around else self._hint, self._level)
            self._prefix = ""


def row_of(element: Any, spans: dict[int, tuple[int, str]]) -> list[str] | None:
    """Return the cells of a table's row, or None where it is layout: long, nested or only one.

    `spans` holds, by column, how many further rows a cell above covers and what it says; it is kept up to date.
    """
    found = [child for child in element if child.tag in ("td", "th")]
    if element.find(".//table") is not None or element.find(".//img") is not None:
        return None
    texts = [squeezed(_spaced(cell)) for cell in found]
    if any(len(text) > LONGEST_CELL for text in texts) or any(map(_has_paragraphs, found)):
        return None
    cells = list(_spread(found, texts, spans))
    return cells if sum(1 for cell in cells if cell) > 1 else None


def _has_paragraphs(cell: Any) -> bool:
    """Whether a cell holds several paragraphs, which only layout does."""
    blocks = sum(1 for block in cell.iter("p", "div", "li", "h1", "h2", "h3") if (block.text or "").strip())
    breaks = sum(1 for line in cell.iter("br") if (line.tail or "").strip())
    return blocks > 1 or breaks > 1


def _spaced(cell: Any) -> str:
    return " ".join(part for part in cell.itertext() if part.strip())


def _spread(found: list[Any], texts: list[str], spans: dict[int, tuple[int, str]]) -> Iterator[str]:
    column = 0
    for cell, text in zip(found, texts, strict=True):
        while column in spans:
            yield _covered(spans, column)
            column += 1
        width, height = _number(cell, "colspan"), _number(cell, "rowspan")
        for offset in range(width):
            if height > 1:
                spans[column + offset] = (height - 1, text if not offset else "")
            yield text if not offset else ""
        column += width
    while column in spans:
        yield _covered(spans, column)
        column += 1


def _covered(spans: dict[int, tuple[int, str]], column: int) -> str:
    rows, text = spans.pop(column)
    if rows > 1:
        spans[column] = (rows - 1, text)
    return text


def _number(cell: Any, name: str) -> int:
    value = (cell.get(name) or "").strip()
    most = WIDEST_SPAN if name == "colspan" else 1000
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _first_number(element: Any) -> int:
    value = (element.get("start") or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _within_content(element: Any) -> bool:
    return any(above.tag in ("article", "main") for above in element.iterancestors())


def _file_name(element: Any) -> str:
    address = (element.get("src") or element.get("data-src") or "").strip()
    if address.startswith("data:"):
        return ""
    try:
        return unquote(PurePosixPath(urlsplit(address).path).name)
    except ValueError:
        # An address that is none, such as one with half a pair of brackets.
        return ""
