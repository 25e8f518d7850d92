"""The form of a single line, whatever stands around it: a number, a heading, a list of names, a row, a sentence."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from cityrank.exchange.bulletin.elements import Line
from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.names import looks_like_list, looks_like_name, split_names
from cityrank.exchange.bulletin.reader.numerals import NUMBER, integer
from cityrank.exchange.bulletin.reader.tables import (
    Band,
    band_of,
    cells_of,
    header_of,
    is_rule,
    rows_of,
    unit_of,
)
from cityrank.exchange.bulletin.reader.titles import looks_like_title


class Form(Enum):
    BLANK = auto()
    FURNITURE = auto()
    PICTURE = auto()
    SERIES = auto()
    TITLE = auto()
    NUMBERED = auto()  # a number before something that has no form of a title
    CITATION = auto()
    WINNERS = auto()  # a label and names, or a list of names
    NAME = auto()  # what could be one name
    HEADER = auto()
    ROW = auto()
    BAND = auto()
    SENTENCE = auto()


# What shows that a result stands here, not only its name.
CONTENT = frozenset({Form.PICTURE, Form.CITATION, Form.WINNERS, Form.ROW, Form.BAND})

# What keeps its form behind a number; anything else is only numbered.
_NUMBERED_FORMS = frozenset({Form.TITLE, Form.CITATION, Form.WINNERS})


@dataclass(frozen=True)
class Shape:
    """A line with its form; `rest` is its text from `at` (an offset in the line) on, after number or heading.

    `style` says how it is numbered, the outermost first: 0 for 第一系列, 1 for 一、, 2 for (一), 3 for 1., 4 for (1),
    and 9 for not at all.
    """

    form: Form
    line: Line
    rest: str
    at: int = 0
    style: int = 9
    number: int | None = None
    band: Band | None = None
    label: str = ""

    @property
    def is_heading(self) -> bool:
        return self.line.hint == "heading"

    @property
    def depth(self) -> tuple[int, int]:
        """How deep a heading stands: by the level of the format first, then by its number."""
        return (self.line.level or 7, self.style)


_SERIES = re.compile(
    rf"^\s*第\s*({NUMBER})\s*大?\s*(?:系列|部分|板块|大类|单元|篇章|类别|类)\s*[:：、.．\-—]*\s*"
)
_STYLES = (
    (1, re.compile(r"^\s*([一二三四五六七八九十]{1,3})\s*[、.．，]\s*")),
    (2, re.compile(r"^\s*[(（]\s*([一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?\s*")),
    (3, re.compile(r"^\s*([0-9０-９]{1,2})\s*(?:[、．]|[.](?!\d))\s*")),
    (4, re.compile(r"^\s*[(（]\s*([0-9０-９]{1,2})\s*[)）]\s*[、.．]?\s*")),
    (4, re.compile(r"^\s*([0-9０-９]{1,2})\s*[)）]\s*")),
)
_CIRCLED = re.compile(r"^\s*([①-⑳])\s*")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)\s*$", re.IGNORECASE)
_TITLE_AND_NAMES = re.compile(r"^(?P<title>[^:：]{4,60})[:：]\s*(?P<names>\S.*)$", re.DOTALL)
_MENU = re.compile(r"\s*[|｜>＞»/]+\s*")


def shape_of(line: Line) -> Shape:
    """Return the form of a line."""
    text = line.text
    if not text.strip():
        return Shape(Form.BLANK, line, "")
    if line.hint == "picture" or (_PICTURE.search(text) and len(text) <= 120):
        return Shape(Form.PICTURE, line, text.strip())
    if line.hint == "furniture" or is_furniture(text):
        return Shape(Form.FURNITURE, line, text.strip())
    return _of_table(line) or _of_heading(line) or _of_text(line, text, 0)


def is_furniture(text: str) -> bool:
    """Whether a line is known to belong to the page around a bulletin, by its words."""
    plain = text.strip()
    if len(plain) > patterns.LONGEST_FURNITURE or "。" in plain:
        return False
    if plain in patterns.MENU_WORDS or patterns.FURNITURE.search(plain):
        return True
    entries = [entry.strip() for entry in _MENU.split(plain)]
    return len(entries) > 1 and sum(entry in patterns.MENU_WORDS for entry in entries) * 2 >= len(entries)


def is_sentence(text: str) -> bool:
    """Whether a line is prose: it has a sentence's marks, or is too long for anything else."""
    return bool(patterns.SENTENCE_MARKS.search(text)) or (len(text) > 40 and not looks_like_list(text))


def _of_table(line: Line) -> Shape | None:
    text = line.text
    if line.hint == "row":
        cells = cells_of(text, real=True)
        if header_of(cells):
            return Shape(Form.HEADER, line, text)
        return Shape(Form.ROW, line, text)
    if is_rule(text) or unit_of(text):
        return Shape(Form.HEADER, line, text)
    if len(text) > 200:
        return None
    cells = cells_of(text)
    if len(cells) < 2:
        return None
    if header_of(cells):
        return Shape(Form.HEADER, line, text)
    if rows_of(cells, None) and not _is_numbered_name(text):
        return Shape(Form.ROW, line, text)
    return None


def _is_numbered_name(text: str) -> bool:
    """Whether a line is 1. 北京 and no more: a numbered heading or entry as well as a row."""
    return any(pattern.match(text) for _style, pattern in _STYLES) and len(cells_of(text)) == 2


def _of_heading(line: Line) -> Shape | None:
    text = line.text
    if found := _SERIES.match(text):
        return Shape(Form.SERIES, line, text[found.end() :], found.end(), 0, integer(found[1]))
    citation = citation_heading(text)
    if citation:
        return Shape(Form.CITATION, line, text[citation[1] :], citation[1], label=citation[0])
    for style, pattern in _STYLES:
        if found := pattern.match(text):
            inner = _of_text(line, text[found.end() :], found.end())
            form = inner.form if inner.form in _NUMBERED_FORMS else Form.NUMBERED
            return Shape(form, line, inner.rest, inner.at, style, integer(found[1]), label=inner.label)
    if found := _CIRCLED.match(text):
        return Shape(Form.NUMBERED, line, text[found.end() :], found.end(), 4, ord(found[1]) - ord("①") + 1)
    return None


def citation_heading(text: str) -> tuple[str, int] | None:
    """Return the words of a heading such as 获奖理由: and where the citation begins; None where there is none."""
    found = patterns.CITATION_HEADING.match(text)
    if not found:
        return None
    shut = found["shut"] or found["colon"]
    return (found["heading"], found.end()) if shut or found.end() == len(text) else None


def _of_text(line: Line, text: str, at: int) -> Shape:
    if citation := citation_heading(text):
        return Shape(Form.CITATION, line, text[citation[1] :], at + citation[1], label=citation[0])
    if found := patterns.WINNERS_LABEL.match(text):
        return Shape(Form.WINNERS, line, text[found.end() :], at + found.end(), label=found[0].strip())
    if band := band_of(text):
        return Shape(Form.BAND, line, text[band.end :], at + band.end, band=band)
    if looks_like_title(text) or (line.hint == "heading" and not is_sentence(text)):
        return Shape(Form.TITLE, line, text, at)
    if both := _title_and_names(text):
        return Shape(Form.TITLE, line, text[:both], at, label=text[both:])
    if looks_like_list(text):
        return Shape(Form.WINNERS, line, text, at)
    if not is_sentence(text) and _is_one_name(text):
        return Shape(Form.NAME, line, text, at)
    return Shape(Form.SENTENCE, line, text, at)


def _title_and_names(text: str) -> int:
    """Return the offset of the names in 最具影响力城市:北京、深圳; 0 where a line is no such thing."""
    found = _TITLE_AND_NAMES.match(text)
    if not found or not looks_like_title(found["title"]):
        return 0
    names = split_names(found["names"])
    return found.start("names") if all(looks_like_name(name.text) for name in names) else 0


def _is_one_name(text: str) -> bool:
    names = split_names(text)
    return len(names) == 1 and looks_like_name(names[0].text)
