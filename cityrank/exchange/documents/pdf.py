"""The bulletin as PDF, set by typst with the shipped font alone. The same document gives the same bytes.

The file is tagged for screen readers and keeps for archives (PDF/A-2a). What is printed goes to typst as JSON, so that
nothing in a name or a text can be taken for a command.
"""

import datetime as dt
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from cityrank.exchange.documents import fonts
from cityrank.exchange.documents.structure import Block, Document, Facts, Heading, Names, Paragraph, Table

TEMPLATES = Path(__file__).parent / "typst"
STANDARD: Final = "a-2a"
# Ems of a title that fits into the head of a page beside the number of the release.
SHORT = 44
WORDS = {
    "zh-Hans": {
        "contents": "目录",
        "watermark": "草稿",
        "colon": "：",
        "number": "第{number}版",
        "missing": "本文件的字体没有下列字符，文中以代码表示：{missing}。",
    },
    "en": {
        "contents": "Contents",
        "watermark": "DRAFT",
        "colon": ": ",
        "number": "Release {number}",
        "missing": "The font of this document lacks these characters, which are printed by their codes: {missing}.",
    },
}


def as_pdf(document: Document) -> bytes:
    """Return the PDF; a character that the font lacks is written out, and the first page says so."""
    return typeset("bulletin.typ", data_of(document), document.date)


def typeset(template: str, data: dict[str, Any], date: dt.date) -> bytes:
    """Set a template with the data that it shows. `date` stands in the file as the time when it was made."""
    made = _compiler(template, data).compile(
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=dt.datetime.combine(date, dt.time(), dt.UTC),
    )
    assert isinstance(made, bytes)
    return made


def pages_of(template: str, data: dict[str, Any]) -> int:
    """Return on how many pages a template comes out; it has to end with that number as its metadata `pages`."""
    return int(json.loads(_compiler(template, data).query("<pages>", field="value", one=True)))


def _compiler(template: str, data: dict[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=shipped_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def shipped_fonts() -> typst.Fonts:
    """Return the fonts of the project and none of the machine's, so that a document looks the same everywhere."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )


def data_of(document: Document) -> dict[str, Any]:
    """Return what the template shows: plain values whose every character the font has."""
    words = WORDS[document.language]
    lacking = fonts.missing("".join(document.texts()))
    names = (
        "、".join(map(fonts.code_point, lacking))
        if document.language != "en"
        else ", ".join(map(fonts.code_point, lacking))
    )
    data = {
        **words,
        "number": words["number"].format(number=document.release),
        "missing": words["missing"].format(missing=names) if lacking else "",
        "font": fonts.FAMILY,
        "title": document.title,
        "short": document.title if _width([document.title]) < SHORT else f"CityRank · {document.edition}",
        "original": document.original,
        "authors": ["CityRank"],
        "keywords": ["CityRank", document.edition],
        "language": document.language,
        "edition": document.edition.replace("-", "–"),
        "date": {"year": document.date.year, "month": document.date.month, "day": document.date.day},
        "mark": document.mark,
        "address": document.address,
        "head": _head(document.blocks),
        "blocks": [_block(block, document.language) for block in document.blocks],
    }
    shown: dict[str, Any] = printable(data) if lacking else data
    return shown


def _head(blocks: Iterable[Block]) -> int:
    """Return how many blocks stand before the first heading, on the page with the table of contents."""
    return next((place for place, block in enumerate(blocks) if isinstance(block, Heading)), 0)


def _block(block: Block, language: str) -> dict[str, Any]:
    values = {"kind": type(block).__name__, **vars(block)}
    if isinstance(block, Names):
        longest = max(len(name) + len(printed) for name, printed in block.names)
        values["columns"] = 1 if longest > 44 else 2 if longest > 12 else 4
        values["names"] = [{"name": name, "printed": printed} for name, printed in block.names]
    elif isinstance(block, Facts):
        values["width"] = min(14, _width(name for name, _value in block.pairs))
    elif isinstance(block, Paragraph):
        # The printed title below its translation.
        values["zh"] = language == "en" and any("\u4e00" <= char <= "\u9fff" for char in block.text[:2])
    elif isinstance(block, Table):
        values |= _table(block)
    return values


def _table(block: Table) -> dict[str, Any]:
    rows = []
    for place, row in enumerate(block.rows):
        if place in block.bands:
            rows.append({"band": block.bands[place], "cells": []})
        rows.append({"band": "", "cells": list(row)})
    names = len(block.columns) - 2
    return {"rows": rows, "widths": [0, *[1] * names, 0], "bands": None}


def _width(names: Iterable[str]) -> float:
    """Return the width of the widest name, in ems: a Chinese character is one, others are about half of it."""
    return max(sum(1 if char > "\u2e7f" else 0.56 for char in name) for name in names) + 0.5


def printable(value: Any) -> Any:
    """Return plain values with every character that the font lacks written out by its code point."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, list | tuple) else value
