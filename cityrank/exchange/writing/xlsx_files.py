"""XLSX: figures as numbers in the format they were printed in, dates as dates, text that cannot run.

XlsxWriter puts each row into a file of its own and forgets it, so that memory stays the same for any number of rows.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext, override
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cityrank.exchange.cells import neutralised
from cityrank.exchange.columns import Column, Kind
from cityrank.exchange.writing.rows import NAMES, Rows

# What the file format can hold.
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
MOST_DIGITS = 15
LONGEST_TITLE = 31
# Before this day spreadsheets count days in different ways, and before 1900 not at all.
FIRST_DAY = dt.date(1900, 3, 1)
# The same rows give the same file, byte by byte.
MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
WIDTHS = {Kind.TEXT: 24, Kind.SUBJECT: 18, Kind.REFERENCE: 22, Kind.LIST: 24, Kind.CHOICE: 14}
NARROW, WIDEST = 12, 48


def write_workbook(
    file: BinaryIO, tables: Iterable[Rows], headers: str = NAMES, about: Iterable[tuple[str, str]] = ()
) -> dict[str, int]:
    """Write a workbook with a sheet for each of the tables; return how many rows each has, by name.

    Where there are lines `about` the file, they stand on a sheet of their own in front. `headers` is NAMES or the code
    of a language, which the names of the sheets are then in too.
    """
    with override("en" if headers == NAMES else headers):
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        book.set_properties({"created": MADE})
        writer = _Writer(book, headers)
        if lines := list(about):
            writer.about(lines)
        counts = {rows.sheet.name: writer.table(rows) for rows in tables}
        book.close()
    return counts


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, headers: str) -> None:
        self.book, self.headers = book, headers
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        # One format for each number of decimals; a workbook keeps all that were ever asked for.
        self.figure = cache(self._figure)

    def about(self, lines: list[tuple[str, str]]) -> None:
        sheet = self.book.add_worksheet(self._title("about", gettext("about this file")))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        for number, (name, text) in enumerate(lines):
            sheet.write_string(number, 0, neutralised(name), self.bold)
            sheet.write_string(number, 1, fitting(neutralised(text)), self.wrapped)

    def table(self, rows: Rows) -> int:
        """Write one table, on further sheets where it is longer than a sheet can be; return its number of rows."""
        count, line, part = 0, MOST_ROWS, 0
        sheet: Worksheet | None = None
        for row in rows:
            if line >= MOST_ROWS:
                part, line = part + 1, 1
                sheet = self._sheet(rows, part)
            self._row(sheet, line, row)
            line, count = line + 1, count + 1
        if sheet is None:
            self._sheet(rows, 1)
        return count

    def _sheet(self, rows: Rows, part: int) -> Worksheet:
        title = self._title(rows.sheet.name, str(rows.sheet.title))
        sheet = self.book.add_worksheet(title if part == 1 else f"{title[:25]} ({part})")
        headings = rows.headings(self.headers)
        for number, (column, heading) in enumerate(zip(rows.columns, headings, strict=True)):
            sheet.set_column(number, number, _width(column, heading))
            sheet.write_string(0, number, neutralised(heading), self.bold)
        sheet.freeze_panes(1, 0)
        return sheet

    def _title(self, name: str, title: str) -> str:
        chosen = name if self.headers == NAMES else title
        return "".join(char for char in chosen if char not in "[]:*?/\\'")[:LONGEST_TITLE]

    def _row(self, sheet: Any, line: int, row: tuple) -> None:
        for number, value in enumerate(row):
            match value:
                case None | "":
                    continue
                case str():
                    sheet.write_string(line, number, fitting(neutralised(value)))
                case bool():
                    sheet.write_boolean(line, number, value)
                case Decimal():
                    self._decimal(sheet, line, number, value)
                case dt.datetime():
                    sheet.write_string(line, number, value.isoformat())
                case dt.date() if value >= FIRST_DAY:
                    sheet.write_datetime(line, number, value, self.day)
                case int():
                    sheet.write_number(line, number, value)
                case _:
                    sheet.write_string(line, number, str(value))

    def _decimal(self, sheet: Any, line: int, number: int, value: Decimal) -> None:
        _sign, digits, exponent = value.as_tuple()
        if len(digits) > MOST_DIGITS:
            sheet.write_string(
                line, number, f"{value:f}"
            )  # a number of a spreadsheet would lose the last digits
        else:
            sheet.write_number(line, number, float(value), self.figure(-int(exponent)))

    def _figure(self, decimals: int) -> Format:
        return self.book.add_format({"num_format": "0." + "0" * decimals if decimals > 0 else "0"})


def fitting(text: str) -> str:
    """Return a text that a cell can hold; what had to be cut off is said at its end."""
    # Spreadsheets count as UTF-16 does; of characters beyond it there are few enough to be on the safe side.
    if len(text) <= MOST_CHARACTERS:
        return text
    note = " … " + gettext(
        "[cut off: a cell of a spreadsheet holds 32,767 characters; the CSV file has all of it]"
    )
    return text[: MOST_CHARACTERS - len(note)] + note


def _width(column: Column, heading: str) -> int:
    """Return a width in characters; those of Chinese are twice as wide."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in heading)
    return min(max(wide + 2, WIDTHS.get(column.kind, NARROW)), WIDEST)
