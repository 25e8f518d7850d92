"""The refused rows of an import as a workbook: as they stand in the file, each with what is wrong, to be mended."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from cityrank.exchange.cells import neutralised
from cityrank.exchange.models import Import, ImportRow
from cityrank.exchange.planning.headings import Headed, headed_tables
from cityrank.exchange.reading import read_document
from cityrank.exchange.showing import said_of
from cityrank.exchange.writing.xlsx_files import LONGEST_TITLE, MADE, fitting

_WIDE = 60


def write_refused(import_: Import, file: BinaryIO) -> int:
    """Write a workbook with a sheet for each of the file that has refused rows; return how many there are.

    Each row stands behind its number in the file and what is wrong with it; the headings are those of the file, so
    that the mended workbook can be read like any other. Raises `BadFile` where the kept file cannot be read any more.
    """
    count = 0
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": MADE})
    for number, headed in enumerate(_tables(import_), 1):
        refused = _refused(import_, headed)
        if not refused:
            continue
        title = "".join(char for char in headed.table.name if char not in "[]:*?/\\'")[:LONGEST_TITLE]
        sheet = book.add_worksheet(
            title or _("Refused rows")[:LONGEST_TITLE] + (f" {number}" if number > 1 else "")
        )
        _write(book, sheet, headed, refused)
        count += len(refused)
    if not count:
        book.add_worksheet()
    book.close()
    return count


def _tables(import_: Import) -> list[Headed]:
    sheet = import_.declared
    with import_.file.open() as file:
        document = read_document(file.read())
    return headed_tables(document, sheet, given={sheet.into} if sheet.into else set())


def _refused(import_: Import, headed: Headed) -> dict[int, str]:
    """Return by number in its sheet what is wrong with each refused row."""
    rows = ImportRow.objects.filter(of_import=import_, kind="refused", sheet=headed.table.name[:80])
    return {
        row.row: "\n".join(said_of(row)) for row in rows.only("row", "problems").order_by("number").iterator()
    }


def _write(book: Any, sheet: Any, headed: Headed, refused: dict[int, str]) -> None:
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
    sheet.set_column(1, 1, _WIDE)
    sheet.freeze_panes(1, 0)
    for line, (texts, said) in enumerate(_lines(headed, refused)):
        for column, text in enumerate([*said, *texts]):
            how = bold if line == 0 else wrapped if column == 1 else None
            if text:
                sheet.write_string(line, column, fitting(neutralised(text)), how)


def _lines(headed: Headed, refused: dict[int, str]) -> Iterator[tuple[list[str], tuple[str, str]]]:
    """Yield the headings and then each refused row, with what stands before it."""
    for number, texts in headed.table.read(None):
        if number == headed.row:
            yield texts, (_("row in the file"), _("what is wrong"))
        elif number in refused:
            yield texts, (str(number), refused[number])
