"""The numbers that Word writes before paragraphs by itself: a heading numbered 一、 has none in its text."""

from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from cityrank.exchange.bulletin.reader.numerals import chinese

CHINESE = frozenset(
    "chineseCounting chineseCountingThousand ideographDigital japaneseCounting taiwaneseCounting "
    "taiwaneseCountingThousand koreanCounting chineseLegalSimplified".split()
)
DECIMAL = frozenset(
    {"decimal", "decimalZero", "decimalFullWidth", "decimalHalfWidth", "decimalEnclosedCircle"}
)


class Level(NamedTuple):
    form: str
    pattern: str
    first: int


class Numbers:
    """Counts the numbered paragraphs of a document in order; `before` is asked once for each."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = dict(_numbered_styles(document))
        self._read(document)

    def before(self, paragraph: Any) -> str:
        """Return what Word prints before a paragraph, or "" where that is a dot or nothing."""
        found = _reference(paragraph.pPr) or self._styles.get(paragraph.style or "")
        if not found or not (list_id := self._lists.get(found[0])):
            return ""
        depth = found[1]
        level = self._levels[list_id].get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(list_id, {})
        counts[depth] = counts.get(depth, level.first - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        return self._printed(list_id, depth, level.pattern)

    def _printed(self, list_id: str, depth: int, pattern: str) -> str:
        levels, counts = self._levels[list_id], self._counts[list_id]
        if levels[depth].form not in CHINESE | DECIMAL:
            return ""
        for other, level in levels.items():
            place = f"%{other + 1}"
            if place in pattern:
                number = counts.get(other, level.first)
                pattern = pattern.replace(place, chinese(number) if level.form in CHINESE else str(number))
        return pattern + " " if pattern[-1:].isascii() else pattern

    def _read(self, document: WordDocument) -> None:
        part = next((rel.target_part for rel in document.part.rels.values() if _is_numbering(rel)), None)
        if part is None:
            return
        root = part.element
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {
                int(entry.get(qn("w:ilvl"), "0")): _level(entry) for entry in abstract.iter(qn("w:lvl"))
            }
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for entry in root.iter(qn("w:num")):
            target = entry.find(qn("w:abstractNumId"))
            list_id = target.get(qn("w:val"), "") if target is not None else ""
            if list_id in self._levels:
                self._lists[entry.get(qn("w:numId"), "")] = list_id


def _is_numbering(relation: Any) -> bool:
    return not relation.is_external and relation.reltype.endswith("/numbering")


def _level(entry: Any) -> Level:
    return Level(
        _value(entry, "w:numFmt") or "bullet",
        _value(entry, "w:lvlText"),
        int(_value(entry, "w:start") or "1"),
    )


def _value(entry: Any, name: str) -> str:
    found = entry.find(qn(name))
    return "" if found is None else found.get(qn("w:val"), "")


def _numbered_styles(document: WordDocument) -> list[tuple[str, tuple[str, int]]]:
    styles = []
    for style in document.styles:
        found = _reference(style.element.find(qn("w:pPr")))
        if found:
            styles.append((style.style_id, found))
    return styles


def _reference(properties: Any) -> tuple[str, int] | None:
    """Return the list and the depth (from 0) that a paragraph's or a style's properties name."""
    reference = properties.find(qn("w:numPr")) if properties is not None else None
    if reference is None:
        return None
    depth = _value(reference, "w:ilvl") or "0"
    return _value(reference, "w:numId"), int(depth)
