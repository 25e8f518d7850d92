"""The rows of a sheet as plain values, read from the database piece by piece."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cityrank.exchange.columns import Column, Kind, Sheet

# Headings: the names for machines, or a language code for labels.
NAMES = "names"
# Rows that are in memory at a time.
PIECE = 2000

Value = str | int | bool | Decimal | Any | None
Reader = Callable[[tuple], Value]
# Called with the name of a table and its rows so far.
Progress = Callable[[str, int], None]


def nobody_listens(name: str, rows: int) -> None:
    """Take no note of any progress."""


class Rows:
    """The rows of one or more querysets as a sheet writes them; each iteration asks the database anew.

    A row is a tuple with a value for each column: str, int, bool, date, None, or Decimal with the decimals as printed.
    """

    def __init__(self, sheet: Sheet, *querysets: QuerySet) -> None:
        self.sheet, self.querysets = sheet, querysets

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.sheet.columns

    def headings(self, headers: str = NAMES) -> list[str]:
        """Return the first line of a file. `headers` is NAMES or the code of a language."""
        if headers == NAMES:
            return [column.name for column in self.columns]
        return [column.label_in(headers) for column in self.columns]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return self._values(self.columns)

    def _values(self, columns: tuple[Column, ...]) -> Iterator[tuple[Value, ...]]:
        lookups = list(dict.fromkeys(name for column in columns for name in _lookups(column)))
        readers = [_reader(column, lookups) for column in columns]
        for queryset in self.querysets:
            # What lists of the API fetch beside their rows means nothing for plain values.
            values = queryset.prefetch_related(None).values_list(*lookups)
            for row in values.iterator(chunk_size=PIECE):
                yield tuple([read(row) for read in readers])


class Invented(Rows):
    """Rows that each say that they are made up: a column of their own stays with a row wherever it is pasted."""

    MARK = Column("invented", _("invented"), _("Made up to try the site out."), Kind.YES_NO)

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*super().columns, self.MARK)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        for row in self._values(self.sheet.columns):
            yield (*row, True)


class Counted(Rows):
    """Rows that say how many they were, and tell somebody on the way."""

    def __init__(self, rows: Rows, progress: Progress = nobody_listens) -> None:
        super().__init__(rows.sheet, *rows.querysets)
        self.count, self.progress = 0, progress

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        self.count = 0
        for row in super().__iter__():
            self.count += 1
            if self.count % PIECE == 0:
                self.progress(self.sheet.name, self.count)
            yield row
        self.progress(self.sheet.name, self.count)


def as_printed(value: Decimal, decimals: int | None) -> Decimal:
    """Return a figure with the decimals it was printed with, and with more where it has more: nothing is cut off.

    Where it is not known how it was printed, it has no zeros at its end.
    """
    exponent = value.normalize().as_tuple().exponent
    needed = max(-exponent, 0) if isinstance(exponent, int) else 0
    return value.quantize(Decimal(1).scaleb(-max(needed, decimals or 0)))


def _lookups(column: Column) -> Iterator[str]:
    yield column.lookup
    yield from column.decimals


def _reader(column: Column, lookups: list[str]) -> Reader:
    at = lookups.index(column.lookup)
    if column.kind is Kind.DECIMAL:
        return _figure(at, [lookups.index(name) for name in column.decimals])
    if column.kind is Kind.LIST:
        return lambda row: ";".join(row[at] or ())
    return lambda row: row[at]


def _figure(at: int, known: list[int]) -> Reader:
    def read(row: tuple) -> Value:
        if row[at] is None:
            return None
        return as_printed(row[at], next((row[one] for one in known if row[one] is not None), None))

    return read
