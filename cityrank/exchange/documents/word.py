"""The bulletin as a Word document: real headings, tables whose header row is repeated, fonts for both scripts.

The same document gives the same bytes. Its fonts are those of the reader, so no character can be missing.
"""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from cityrank.exchange.documents.structure import (
    Caption,
    Document,
    Facts,
    Heading,
    Items,
    Names,
    Note,
    Paragraph,
    Table,
    Titles,
)

LATIN, CHINESE = "Calibri", "Microsoft YaHei"
SEAL, SOFT, WARN = RGBColor(0xA8, 0x32, 0x1F), RGBColor(0x57, 0x5A, 0x63), RGBColor(0x7A, 0x4A, 0x00)
LANGUAGES = {"zh-Hans": "zh-CN", "en": "en-GB"}
# Zip files know no time before.
MADE = (1980, 1, 1, 0, 0, 0)
STYLES = {"Normal": 10.5, "Title": 22, "Heading 1": 15, "Heading 2": 12, "List Bullet": 10.5}


def as_word(document: Document) -> bytes:
    """Return the .docx file; a draft has its mark in the head of every page."""
    file = docx.Document()
    _set_up(file, document)
    file.add_paragraph(_allowed(document.title), style="Title")
    if document.original:
        _run(file.add_paragraph(), document.original, colour=SOFT)
    colon = ": " if document.language == "en" else "："
    for block in document.blocks:
        _WRITERS[type(block)](file, block, colon)
    made = io.BytesIO()
    file.save(made)
    return _with_fixed_times(made)


# --- The file ---------------------------------------------------------------------------------------------------------


def _set_up(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title, properties.author = _allowed(document.title), "CityRank"
    properties.last_modified_by = "CityRank"
    properties.language, properties.comments = LANGUAGES[document.language], document.address
    properties.created = properties.modified = dt.datetime.combine(document.date, dt.time())
    for name, size in STYLES.items():
        style: Any = file.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        style.font.color.rgb = None if name in ("Normal", "List Bullet") else RGBColor(0x1C, 0x1E, 0x24)
        style.font.bold = name not in ("Normal", "List Bullet")
        _fonts(style.element.get_or_add_rPr())
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[document.language])
    language.set(qn("w:eastAsia"), "zh-CN")
    file.styles["Normal"].element.get_or_add_rPr().append(language)
    normal: Any = file.styles["Normal"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.25
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    if document.mark:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(head, document.mark, bold=True, colour=SEAL)
    _foot(section.footer.paragraphs[0], document)


def _foot(paragraph: WordParagraph, document: Document) -> None:
    """Write address and page number at the foot of every page."""
    _run(paragraph, f"{document.address}    " if document.address else "", colour=SOFT, size=8)
    run = _run(paragraph, "", colour=SOFT, size=8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _fonts(properties: Any) -> None:
    """Name a font for each script: without one for Chinese, Word takes any that it finds."""
    fonts = properties.get_or_add_rFonts()
    # A theme's fonts would win over those that are named.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", CHINESE), ("cs", LATIN)):
        fonts.set(qn(f"w:{script}"), font)


def _run(
    paragraph: WordParagraph,
    text: str,
    *,
    bold: bool = False,
    colour: RGBColor | None = None,
    size: float | None = None,
) -> Run:
    run = paragraph.add_run(_allowed(text))
    run.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
    if size is not None:
        run.font.size = Pt(size)
    return run


def _allowed(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n")


def _with_fixed_times(made: io.BytesIO) -> bytes:
    packed = io.BytesIO()
    with ZipFile(made) as source, ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, MADE)
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            target.writestr(info, source.read(name))
    return packed.getvalue()


# --- The blocks -------------------------------------------------------------------------------------------------------


def _heading(file: WordFile, block: Heading, colon: str) -> None:
    file.add_paragraph(_allowed(block.text), style=f"Heading {block.level}")


def _paragraph(file: WordFile, block: Paragraph, colon: str) -> None:
    paragraph = file.add_paragraph()
    if block.lead:
        _run(paragraph, block.lead, bold=True, colour=SEAL)
    _run(paragraph, block.text)
    if block.tag:
        _run(paragraph, block.tag, colour=SOFT, size=9)


def _names(file: WordFile, block: Names, colon: str) -> None:
    paragraph = file.add_paragraph()
    for place, (name, printed) in enumerate(block.names):
        if place:
            _run(paragraph, block.separator, colour=SOFT)
        _run(paragraph, name, bold=True)
        if printed:
            _run(paragraph, f" ({printed})", colour=SOFT)


def _titles(file: WordFile, block: Titles, colon: str) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_with_next = bool(block.titles)
    _run(paragraph, f"{block.lead}  ", bold=True, colour=SEAL)
    _run(paragraph, block.text, bold=True)
    for title in block.titles:
        file.add_paragraph(_allowed(title), style="List Bullet")


def _items(file: WordFile, block: Items, colon: str) -> None:
    for item in block.items:
        file.add_paragraph(_allowed(item), style="List Bullet")


def _facts(file: WordFile, block: Facts, colon: str) -> None:
    for name, value in block.pairs:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, f"{name}{colon}", colour=SOFT)
        _run(paragraph, value)


def _caption(file: WordFile, block: Caption, colon: str) -> None:
    _run(file.add_paragraph(), f"{block.label}{colon}{block.text}", colour=SOFT, size=9)


def _note(file: WordFile, block: Note, colon: str) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.5)
    _run(paragraph, f"{block.label}{colon}{block.text}", colour=WARN, size=9.5)


def _table(file: WordFile, block: Table, colon: str) -> None:
    width = len(block.columns)
    table = file.add_table(rows=1, cols=width, style="Table Grid")
    _cells(table.rows[0], block.columns, block.figures, bold=True)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for place, row in enumerate(block.rows):
        if place in block.bands:
            band = table.add_row().cells
            joined = band[0].merge(band[-1])
            _run(joined.paragraphs[0], block.bands[place], bold=True, colour=SEAL)
        _cells(table.add_row(), row, block.figures)
    file.add_paragraph()


def _cells(row: Any, texts: tuple[str, ...], figures: int, *, bold: bool = False) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if place >= len(texts) - figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(paragraph, text, bold=bold)


_WRITERS: dict[type, Callable[[WordFile, Any, str], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Names: _names,
    Titles: _titles,
    Items: _items,
    Facts: _facts,
    Table: _table,
    Caption: _caption,
    Note: _note,
}
