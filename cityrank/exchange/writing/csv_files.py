"""CSV as in RFC 4180: UTF-8, commas, lines that end in CR LF."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from cityrank.exchange.cells import neutralised
from cityrank.exchange.writing.rows import NAMES, Rows

BOM = "\ufeff".encode()
# Rows that are sent at a time: enough to make few pieces, and few enough to begin at once.
ROWS_OF_A_PIECE = 500


class _Line:
    """What a csv.writer writes to: it hands each line back."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(rows: Rows, headers: str = NAMES, *, bom: bool = False) -> Iterator[bytes]:
    """Yield a file piece by piece. With `bom`, spreadsheets see by themselves that it is UTF-8."""
    line: Callable[[Iterable[Any]], str] = csv.writer(_Line()).writerow
    heading = line([neutralised(text) for text in rows.headings(headers)])
    yield (BOM if bom else b"") + heading.encode()
    values = iter(rows)
    while piece := list(islice(values, ROWS_OF_A_PIECE)):
        yield "".join([line([as_text(value) for value in row]) for row in piece]).encode()


def as_text(value: Any) -> str:
    """Return a value as it stands in a cell: text that cannot run, figures as printed, true and false, ISO dates."""
    match value:
        case str():
            return neutralised(value)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case dt.datetime() | dt.date():
            return value.isoformat()
    return str(value)
