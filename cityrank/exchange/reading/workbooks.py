"""Workbooks: .xlsx, .xls and .ods, read by calamine."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from cityrank.exchange.reading import ods, xlsx
from cityrank.exchange.reading.markup import Marks, Package, damaged
from cityrank.exchange.reading.shown import is_shortened, shown
from cityrank.exchange.reading.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    BadFile,
    Document,
    Row,
    Table,
    clean,
)

# How many different texts of a sheet are kept while it is read.
_KEPT = 20_000
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(content: bytes) -> bool:
    """Return whether a file begins as workbooks do."""
    return content.startswith((_ZIP, _OLD))


def read_workbook(content: bytes) -> Document:
    """Return the visible sheets of a workbook. Raises `BadFile`."""
    notices: list[str] = []
    marks_of: Callable[[str], Marks] = _no_marks
    if content.startswith(_ZIP):
        package = Package(content)
        marks_of = ods.marks_in(package) if "content.xml" in package.names else xlsx.marks_in(package)
    else:
        notices.append(
            _(
                "An .xls file does not tell with how many decimals figures are shown: 56.70 is read as 56.7. "
                "Save it as .xlsx if zeros at the end matter."
            )
        )
    workbook = _calamine(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    hidden = [one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
    if hidden:
        names = ", ".join(f"“{name}”" for name in hidden[:10])
        notices.append(
            _("Hidden sheets are left out: %(names)s. Unhide what is to be read.") % {"names": names}
        )
    visible = [
        one.name
        for one in workbook.sheets_metadata
        if one.name not in hidden and one.typ == SheetTypeEnum.WorkSheet
    ]
    if len(visible) > MOST_SHEETS:
        raise BadFile(_("The file has more than %(most)s sheets. Divide it.") % {"most": MOST_SHEETS})
    return Document([_table(workbook, name, marks_of(name)) for name in visible], notices)


def _no_marks(sheet: str) -> Marks:
    return Marks()


def _calamine(read: Callable[[], Any]) -> Any:
    """Call calamine. Raises `BadFile` for whatever it stumbles over."""
    try:
        return read()
    except PasswordError as error:
        raise BadFile(_("The file is protected by a password. Save it without one.")) from error
    except (CalamineError, ValueError, OSError, OverflowError, UnicodeError, MemoryError) as error:
        raise BadFile(damaged()) from error
    except BaseException as error:
        # Its panics are exceptions that `Exception` does not hold.
        if type(error).__name__ != "PanicException":
            raise
        raise BadFile(damaged()) from error


def _table(workbook: CalamineWorkbook, name: str, marks: Marks) -> Table:
    sheet: CalamineSheet = _calamine(lambda: workbook.get_sheet_by_name(name))
    start, height, width = sheet.start or (0, 0), sheet.total_height, sheet.total_width
    if height > MOST_ROWS or width > MOST_COLUMNS:
        text = _("Sheet “%(sheet)s” has more than %(rows)s rows or %(columns)s columns. Divide the file.")
        raise BadFile(text % {"sheet": name, "rows": MOST_ROWS, "columns": MOST_COLUMNS})
    merged = _merged(sheet)
    reader = _Reader(sheet, start[1], marks, merged)
    return Table(name, reader.read, height, marks.odd, reader.shortened)


def _merged(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the cells that are part of a cell above them, with that cell; rows from 1, columns from 0."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in _calamine(lambda: sheet.merged_cell_ranges) or ():
        # A title across the columns is one text; only what is merged downward is meant for each of its rows.
        if left == right and bottom > top and len(found) < MOST_ROWS:
            for row in range(top + 2, min(bottom, MOST_ROWS) + 2):
                found[row, left] = (top + 1, left)
    return found


class _Reader:
    """Turns the values of one sheet into texts, as often as they are asked for."""

    def __init__(self, sheet: CalamineSheet, left: int, marks: Marks, merged: dict) -> None:
        self.sheet, self.left, self.marks, self.merged = sheet, left, marks, merged
        self.shortened: dict[int, int] = {}
        self.above: dict[tuple[int, int], str] = {}
        self.sources = set(merged.values())
        # Texts that occurred before, as they were cleaned: names repeat from table to table.
        self.known: dict[str, str] = {"": ""}

    def read(self, columns: Sequence[int] | None = None) -> Iterator[Row]:
        # The total width that the library tells is the number of the last column, which counts from 0.
        left, width = self.left, self.sheet.width
        self.shortened.clear()
        wanted = range(left + width) if columns is None else columns
        # For each column wanted, where it stands in the values of a row; they begin with the first that is filled.
        places = [(column, column - left if left <= column < left + width else -1) for column in wanted]
        known = self.known
        for number, values in enumerate(_rows(self.sheet), 1):
            texts = []
            for column, place in places:
                value = values[place] if 0 <= place < len(values) else ""
                kind = type(value)
                if kind is str:
                    text = known.get(value)
                    texts.append(self._clean(value) if text is None else text)
                elif kind is float:
                    texts.append(self._number(number, column, cast(float, value)))
                else:
                    texts.append(_other(value))
            if self.merged:
                self._fill(number, wanted, texts)
            if any(texts):
                yield number, texts

    def _clean(self, value: str) -> str:
        text = clean(value)
        if len(self.known) < _KEPT:
            self.known[value] = text
        return text

    def _fill(self, row: int, columns: Sequence[int], texts: list[str]) -> None:
        """Put the text of a cell that is merged downward into each of its rows."""
        for index, column in enumerate(columns):
            if (row, column) in self.sources:
                self.above[row, column] = texts[index]
            elif not texts[index] and (row, column) in self.merged:
                texts[index] = self.above.get(self.merged[row, column], "")

    def _number(self, row: int, column: int, value: float) -> str:
        marks = self.marks
        if marks.texts:
            return marks.texts.get((row, column)) or shown(value)
        formats = marks.formats.get(column)
        if formats is None or row >= len(formats) or not (form := marks.known[formats[row]]):
            return shown(value)
        text = shown(value, form)
        if len(text) < len(repr(value)) and is_shortened(value, form):
            self.shortened[column] = self.shortened.get(column, 0) + 1
        return text


def _rows(sheet: CalamineSheet) -> Iterator[list]:
    """Yield the rows; nothing of the file is read here any more, only values made of it."""
    yield from _calamine(sheet.iter_rows)


def _other(value: Any) -> str:
    """Return the text of what is neither text nor number; dates and times as ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return clean(str(value))
