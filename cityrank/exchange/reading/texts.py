"""Text files and pasted text: which characters, which separator, which cells."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cityrank.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS, BadFile, Document, Row, Table, clean

_SEPARATORS = "\t,;"
# Lines that the separator is told from.
_SAMPLE = 50
# One cell of the csv module; longer ones than a text may have are cut when they are cleaned.
_LONGEST = 1 << 20


def read_text(content: bytes | str) -> Document:
    """Return the one table of a text. Raises `BadFile` for what is no text or has too many rows."""
    text, notices = (content, []) if isinstance(content, str) else _decoded(content)
    text = text.replace("\x00", "").lstrip("\ufeff")
    separator = _separator(text)
    height = 0
    for number, cells in _cells(text, separator):
        height = number
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            problem = _("The file has more than %(rows)s rows or %(columns)s columns. Divide it.")
            raise BadFile(problem % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})

    def read(columns: Sequence[int] | None = None) -> Iterator[Row]:
        for number, cells in _cells(text, separator):
            if columns is None:
                texts = [clean(cell) for cell in cells]
            else:
                texts = [clean(cells[column]) if column < len(cells) else "" for column in columns]
            if any(texts):
                yield number, texts

    return Document([Table("", read, height)], notices)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file and, where its characters were guessed at, a sentence that says so."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise BadFile(_no_text()) from error
    if b"\x00" in content:
        raise BadFile(_no_text())
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise BadFile(_no_text()) from error
    return text, [_("The file is not in UTF-8; it was read as GB18030. Look whether the names are right.")]


def _no_text() -> str:
    return _(
        "The file is neither a workbook nor a text in UTF-8, UTF-16 or GB18030. Save it as .xlsx or as CSV in UTF-8."
    )


def _separator(text: str) -> str:
    """Return what separates the cells: what divides most of the first lines into the same number of cells."""
    best, most = ",", (0, 0)
    for separator in _SEPARATORS:
        widths: Counter[int] = Counter()
        for _number, cells in _cells(text, separator, strict=False):
            widths[len(cells)] += 1
            if sum(widths.values()) == _SAMPLE:
                break
        width, count = max(widths.items(), key=lambda one: (one[0] > 1, one[1], one[0]), default=(1, 0))
        if width > 1 and (count, width) > most:
            best, most = separator, (count, width)
    return best


def _cells(text: str, separator: str, *, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row with its number. Raises `BadFile` for quotes that do not close, if `strict`."""
    previous = csv.field_size_limit(_LONGEST)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        number = 0
        while True:
            number += 1
            try:
                yield number, next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                if not strict:
                    return
                problem = _(
                    "Row %(row)s cannot be taken apart: a quotation mark opens or closes in the wrong place."
                )
                raise BadFile(problem % {"row": number}) from error
    finally:
        csv.field_size_limit(previous)
