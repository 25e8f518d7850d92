"""Every column of a workbook is read, wherever its table begins and whichever columns are asked for."""

import io

import pytest
import xlsxwriter

from cityrank.exchange.reading import read_document


def workbook(top: int, left: int, rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("表")
        for number, row in enumerate(rows):
            sheet.write_row(top + number, left, row)
    return file.getvalue()


@pytest.mark.parametrize("top", [0, 3])
@pytest.mark.parametrize("left", [0, 2])
def test_the_last_column_is_read_where_the_table_begins_anywhere(top: int, left: int) -> None:
    (table,) = read_document(workbook(top, left, [["城市", "得分"], ["杭州", 91.2]])).tables
    last = left + 1

    assert list(table.read(None)) == [
        (top + 1, [""] * left + ["城市", "得分"]),
        (top + 2, [""] * left + ["杭州", "91.2"]),
    ]
    assert list(table.read([last, last + 1])) == [(top + 1, ["得分", ""]), (top + 2, ["91.2", ""])]
