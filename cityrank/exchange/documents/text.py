"""The bulletin as text, in the layout in which such bulletins are published, so that it can be read back.

One paragraph is one line, with an empty line between two; names of an award stand in one line, a row of a table has its
cells between tabs, and a cell that is not printed is left out. The picture of a table is told by its caption alone.
"""

from collections.abc import Callable, Iterator
from typing import Any

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


def as_text(document: Document) -> str:
    """Return the whole document; a draft says what it is in its first and in its last line."""
    lines = [document.title, document.original, *_lines(document)]
    if document.mark:
        lines = [document.mark, *lines, document.mark]
    return "\n\n".join(line for line in lines if line) + "\n"


def _lines(document: Document) -> Iterator[str]:
    colon = ": " if document.language == "en" else "："
    for block in document.blocks:
        yield from _WRITERS[type(block)](block, colon)


def _heading(block: Heading, colon: str) -> Iterator[str]:
    yield from block.plain or (block.text,)


def _paragraph(block: Paragraph, colon: str) -> Iterator[str]:
    yield f"{block.plain}{block.lead}{block.text}{block.tag}"


def _names(block: Names, colon: str) -> Iterator[str]:
    yield block.separator.join(f"{name} ({printed})" if printed else name for name, printed in block.names)


def _titles(block: Titles, colon: str) -> Iterator[str]:
    yield from block.plain or (f"{block.lead} {block.text}",)
    yield from block.titles


def _items(block: Items, colon: str) -> Iterator[str]:
    for item in block.items:
        yield f"· {item}"


def _facts(block: Facts, colon: str) -> Iterator[str]:
    for name, value in block.pairs:
        yield f"{name}{colon}{value}"


def _table(block: Table, colon: str) -> Iterator[str]:
    lines = ["\t".join(column for column in block.columns if column)]
    for place, row in enumerate(block.rows):
        if place in block.bands:
            lines.append(block.bands[place])
        lines.append("\t".join(cell for cell in row if cell))
    yield "\n".join(lines)


def _caption(block: Caption, colon: str) -> Iterator[str]:
    yield block.text


def _note(block: Note, colon: str) -> Iterator[str]:
    yield f"{block.label}{colon}{block.text}"


_WRITERS: dict[type, Callable[[Any, str], Iterator[str]]] = {
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
