"""Files and pasted text, read as tables of texts with their places: sheet, row, column.

tables.py      what every file becomes, and what one may hold
texts.py       CSV, TSV and pasted text: characters, separators
workbooks.py   .xlsx, .xls and .ods by calamine
xlsx.py ods.py what calamine leaves out: numbers as they are shown, formulas without a value
shown.py       a number and its format -> its text
markup.py      XML in zips, unpacked in pieces
"""

from cityrank.exchange.reading.tables import BadFile, Document, Table, clean, letters, plain
from cityrank.exchange.reading.texts import read_text
from cityrank.exchange.reading.workbooks import is_workbook, read_workbook

__all__ = ["BadFile", "Document", "Table", "clean", "letters", "plain", "read_document"]


def read_document(content: bytes | str) -> Document:
    """Return the tables of a file (bytes) or of pasted text. Raises `BadFile`."""
    if isinstance(content, bytes) and is_workbook(content):
        return read_workbook(content)
    return read_text(content)
