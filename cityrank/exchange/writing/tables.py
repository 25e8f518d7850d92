"""One table as a file, in either format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast
from urllib.parse import quote

from cityrank.exchange.writing.csv_files import csv_pieces
from cityrank.exchange.writing.rows import NAMES, Rows
from cityrank.exchange.writing.xlsx_files import write_workbook

CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_AT_ONCE = 64 * 1024


@dataclass(frozen=True)
class Table:
    """Rows that are about to be sent as a file: `suffix` is csv or xlsx, `headers` as in `Rows.headings`."""

    rows: Rows
    suffix: str
    headers: str = NAMES
    bom: bool = False

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.suffix]

    def pieces(self) -> Iterator[bytes]:
        """Yield the file; a CSV begins before the last row has been read, a workbook is complete only at its end."""
        if self.suffix == CSV:
            yield from csv_pieces(self.rows, self.headers, bom=self.bom)
            return
        with TemporaryFile() as file:
            write_workbook(cast(BinaryIO, file), [self.rows], self.headers)
            yield from pieces_of(file)


def write_table(file: BinaryIO, table: Table) -> None:
    for piece in table.pieces():
        file.write(piece)


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what was written into a temporary file."""
    file.seek(0)
    while piece := file.read(_AT_ONCE):
        yield piece


def disposition(name: str, plain: str) -> str:
    """Return the header that gives a download its name, in any script, with a plain one for old programs (RFC 6266)."""
    whole = re.sub(r'[\x00-\x1f\x7f"\\/:*?<>|]+', " ", name).strip()
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
