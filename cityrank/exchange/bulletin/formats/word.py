"""A Word document as lines: paragraphs and tables in order, headings with their level, Word's own numbers."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from cityrank.exchange.bulletin.formats.lines import (
    FURNITURE,
    HEADING,
    ITEM,
    PICTURE,
    Lines,
    UnreadableDocument,
    squeezed,
)
from cityrank.exchange.bulletin.formats.word_numbers import Numbers

# What a file may unpack to: a bulletin has some 100 KB of XML, and its pictures are never unpacked here.
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 3_000
# Old .doc files and password-protected .docx files are both of this kind.
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONGEST_CELL = 120

_TEXT = {qn("w:t"), qn("w:delText")}
_BREAKS = {qn("w:br"), qn("w:cr")}
# Text that was struck out, the second wording of a drawing for old programs, and codes of fields.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {_FALLBACK, *map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr"))}
_PICTURES = {qn("pic:cNvPr"), "{urn:schemas-microsoft-com:vml}imagedata"}


def read_word(content: bytes, name: str, lines: Lines) -> None:
    """Add the document's lines. Raises `UnreadableDocument` for what is damaged, too large or something else."""
    _refuse_bomb(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        _Walk(document, lines).over()
    except UnreadableDocument:
        raise
    except Exception as error:
        # The libraries under it raise whatever they stumble over; a damaged file has no list of errors.
        raise UnreadableDocument(
            _("%(name)s is damaged or no Word document: it cannot be opened. Save it again as .docx.")
            % {"name": name}
        ) from error


def _refuse_bomb(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError) as error:
        raise UnreadableDocument(
            _("%(name)s is damaged: it cannot be unpacked. Save it again as .docx.") % {"name": name}
        ) from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument(
            _("%(name)s is protected by a password. Save it without one.") % {"name": name}
        )
    if not any(part.filename == "word/document.xml" for part in parts):
        raise UnreadableDocument(
            _("%(name)s is an archive or a document of another program, not a Word document.")
            % {"name": name}
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableDocument(
            _("%(name)s unpacks to more than %(megabytes)s MB. Remove what does not belong to the bulletin.")
            % {"name": name, "megabytes": MOST_UNPACKED // 1024 // 1024}
        )


class _Walk:
    def __init__(self, document: WordDocument, lines: Lines) -> None:
        self._document = document
        self._lines = lines
        self._numbers = Numbers(document)
        self._levels = dict(_heading_levels(document))

    def over(self) -> None:
        self._blocks(self._document.element.body)
        for text in dict.fromkeys(_running_texts(self._document)):
            self._lines.add(text, FURNITURE)

    def _blocks(self, container: Any) -> None:
        for element in container:
            if element.tag == qn("w:p"):
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag not in _LEFT_OUT:
                # Content controls, insertions under review and the like wrap paragraphs.
                self._blocks(element)

    def _paragraph(self, paragraph: Any) -> None:
        level = self._level(paragraph)
        number = self._numbers.before(paragraph)
        hint = HEADING if level else ITEM if number else ""
        text, pictures, boxes = _content(paragraph)
        if text.strip():
            self._lines.add(number + text, hint, level)
        for picture in pictures:
            self._lines.add(self._caption(picture), PICTURE)
        for box in boxes:
            self._blocks(box)

    def _level(self, paragraph: Any) -> int:
        properties = paragraph.pPr
        outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
        if outline is not None and (value := outline.get(qn("w:val"), "")).isdigit() and int(value) < 6:
            return int(value) + 1
        return self._levels.get(paragraph.style or "", 0)

    def _table(self, table: Any) -> None:
        above: list[str] = []
        for row in table.tr_lst:
            cells = _cells(row, above)
            above = cells
            if sum(1 for cell in cells if cell) > 1 and all(len(cell) <= LONGEST_CELL for cell in cells):
                self._lines.add_row(cells)
            else:
                for cell in row.tc_lst:
                    self._blocks(cell)

    def _caption(self, picture: Any) -> str:
        words = picture.get("descr") or picture.get("title") or picture.get("name") or ""
        return squeezed(words) or self._part_name(picture) or _("picture")

    def _part_name(self, picture: Any) -> str:
        reference = picture.get(qn("r:id"), "")
        related = self._document.part.rels.get(reference)
        return PurePosixPath(related.target_ref).name if related is not None else ""


def _content(paragraph: Any) -> tuple[str, list[Any], list[Any]]:
    """Return a paragraph's text, its pictures and its text boxes; a box has paragraphs of its own."""
    words: list[str] = []
    pictures: list[Any] = []
    boxes: list[Any] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT:
            continue
        if element.tag == qn("w:txbxContent"):
            boxes.append(element)
            continue
        words.append(_word(element))
        if element.tag in _PICTURES:
            pictures.append(element)
        waiting.extend(reversed(element))
    return "".join(words), pictures, boxes


def _word(element: Any) -> str:
    if element.tag in _TEXT:
        return element.text or ""
    if element.tag in _BREAKS:
        return "\n"
    if element.tag == qn("w:tab"):
        return "\t"
    return "-" if element.tag == qn("w:noBreakHyphen") else ""


def _cells(row: Any, above: list[str]) -> list[str]:
    """Return the texts of a row by column of the grid: a cell merged downwards says the same in each of its rows."""
    cells: list[str] = []
    for cell in row.tc_lst:
        column = len(cells)
        merged = cell.vMerge == "continue" and column < len(above)
        text = above[column] if merged else _cell_text(cell)
        cells.append(text)
        cells.extend("" for _column in range(1, min(cell.grid_span, 63)))
    return cells


def _cell_text(cell: Any) -> str:
    return squeezed(" ".join(_content(paragraph)[0] for paragraph in cell.iter(qn("w:p"))))


def _heading_levels(document: WordDocument) -> Iterator[tuple[str, int]]:
    """Yield the identifier and level of each heading style; Word keeps the English name whatever it shows."""
    for style in document.styles:
        name = (style.name or "").lower()
        if name == "title":
            yield style.style_id, 1
        elif name.startswith("heading ") and name[8:].isdigit() and 1 <= int(name[8:]) <= 6:
            yield style.style_id, int(name[8:])


def _running_texts(document: WordDocument) -> Iterator[str]:
    for section in document.sections:
        for part in (section.header, section.footer):
            if part.is_linked_to_previous:
                continue
            for paragraph in part.paragraphs:
                if text := squeezed(paragraph.text):
                    yield text
