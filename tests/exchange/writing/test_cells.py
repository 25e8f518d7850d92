"""What is written into a file comes back from it unchanged, and cannot be run by a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from cityrank.exchange.cells import restored
from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.writing import NAMES, Rows, Table, csv_pieces, disposition, write_workbook
from cityrank.exchange.writing.rows import as_printed
from cityrank.exchange.writing.xlsx_files import MOST_CHARACTERS, fitting
from cityrank.registry.models import Subject
from tests.exchange.strategies import texts

# A workbook is some thirty files in a zip, which takes a moment on a busy machine.
UNHURRIED = settings(deadline=None)
RUNS = tuple("=+-@\t\r\n＝＋－＠")
# A workbook cannot hold these two, which are no characters.
IN_A_WORKBOOK = texts(300).filter(lambda text: not {"\ufffe", "\uffff"} & set(text))
SHEET = Sheet(
    "table",
    "table",  # type: ignore[arg-type]
    Subject,
    (Column("a", "first", "first"), Column("b", "second", "second", Kind.DECIMAL)),  # type: ignore[arg-type]
    key=("a",),
    order=("a",),
)


class Given(Rows):
    """Rows that are there already."""

    def __init__(self, *rows: tuple) -> None:
        super().__init__(SHEET)
        self.rows = rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)


def csv_cells(*rows: tuple, **how: Any) -> list[list[str]]:
    text = b"".join(csv_pieces(Given(*rows), **how)).decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def workbook(*rows: tuple, headers: str = NAMES) -> io.BytesIO:
    file = io.BytesIO()
    write_workbook(file, [Given(*rows)], headers)
    file.seek(0)
    return file


def xlsx_cells(*rows: tuple) -> list[list[Any]]:
    sheet = python_calamine.load_workbook(workbook(*rows)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


@given(st.lists(texts(300), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(written: list[str]) -> None:
    read = csv_cells(*((text, None) for text in written))
    assert [restored(row[0]) for row in read[1:]] == written


@UNHURRIED
@given(st.lists(IN_A_WORKBOOK.filter(bool), min_size=1, max_size=5))
def test_any_text_comes_back_from_a_workbook(written: list[str]) -> None:
    read = xlsx_cells(*((text, Decimal(1)) for text in written))
    assert [restored(row[0]) for row in read[1:]] == written


@given(texts(300))
def test_no_cell_begins_with_what_a_spreadsheet_runs(text: str) -> None:
    assert not csv_cells((text, None))[1][0].startswith(RUNS)


@given(st.decimals(-(10**8), 10**8, places=4), st.integers(0, 4))
def test_a_figure_keeps_the_decimals_it_was_printed_with_and_loses_no_digit(
    value: Decimal, decimals: int
) -> None:
    printed = as_printed(value, decimals)
    cell = csv_cells(("x", printed))[1][1]
    assert Decimal(cell) == value
    assert len(cell.partition(".")[2]) >= decimals
    assert "E" not in cell


@pytest.mark.parametrize(
    ("value", "decimals", "cell"),
    [
        ("94.5000", 2, "94.50"),
        ("94.5000", 0, "94.5"),
        ("100.0000", None, "100"),
        ("0.0000", 2, "0.00"),
        ("-8.74", 2, "-8.74"),
    ],
)
def test_a_figure_stands_in_a_cell_as_it_was_printed(value: str, decimals: int | None, cell: str) -> None:
    printed = as_printed(Decimal(value), decimals)
    assert csv_cells(("x", printed))[1][1] == cell


def test_a_workbook_has_numbers_in_the_format_that_they_were_printed_in() -> None:
    sheet = openpyxl.load_workbook(workbook(("001", Decimal("64.30")), ("b", Decimal("5")))).active
    assert [(cell.value, cell.number_format) for cell in sheet["B"][1:]] == [(64.3, "0.00"), (5, "0")]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("001", "s")


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_written_as_text() -> None:
    assert xlsx_cells(("x", Decimal("123456789012.3456")))[1][1] == "123456789012.3456"


def test_the_headings_stay_in_sight_in_a_workbook() -> None:
    assert openpyxl.load_workbook(workbook(("x", None))).active.freeze_panes == "A2"


def test_csv_is_what_the_standard_says() -> None:
    assert (
        b"".join(csv_pieces(Given(('a"b', None), ("c,d", Decimal("1.0")))))
        == b'a,b\r\n"a""b",\r\n"c,d",1.0\r\n'
    )


def test_a_byte_order_mark_is_there_when_it_is_asked_for() -> None:
    assert b"".join(csv_pieces(Given(), bom=True)).startswith(b"\xef\xbb\xbfa,b")


def test_headings_are_names_or_labels() -> None:
    assert csv_cells(headers=NAMES) == [["a", "b"]]
    assert csv_cells(headers="en") == [["first", "second"]]


def test_the_same_rows_give_the_same_workbook() -> None:
    assert workbook(("x", Decimal(1))).getvalue() == workbook(("x", Decimal(1))).getvalue()


def test_what_a_cell_cannot_hold_is_cut_off_and_said_to_be() -> None:
    cell = fitting("长" * 40_000)
    assert len(cell) == MOST_CHARACTERS
    assert cell.startswith("长" * 30_000)
    assert "32,767" in cell


def test_a_table_longer_than_a_sheet_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityrank.exchange.writing.xlsx_files.MOST_ROWS", 3)
    book = openpyxl.load_workbook(workbook(*((f"row {number}", None) for number in range(5))))
    assert book.sheetnames == ["table", "table (2)", "table (3)"]
    assert [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)] == [
        f"row {n}" for n in range(5)
    ]
    assert all(sheet["A1"].value == "a" for sheet in book)


def test_a_workbook_holds_no_formula(tmp_path: object) -> None:
    with ZipFile(workbook(("=1+1", None), ("=HYPERLINK(0)", None))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "name", ["智慧城市.csv", 'a"b\r\nSet-Cookie: x=1.csv', "../../etc/passwd", "a\\b;c.csv"]
)
def test_the_name_of_a_download_is_one_harmless_name(name: str) -> None:
    header = disposition(name, "plain.csv")
    assert header.isascii()
    assert header.startswith("attachment; filename=\"plain.csv\"; filename*=UTF-8''")
    assert not set(header.split("''")[1]) & set('"\r\n/\\;')


def test_a_csv_begins_before_its_last_row_is_read() -> None:
    class Endless(Given):
        def __iter__(self) -> Iterator[tuple[Any, ...]]:
            while True:
                yield "row", None

    pieces = Table(Endless(), "csv").pieces()
    assert next(pieces) == b"a,b\r\n"
    assert next(pieces).startswith(b"row,\r\n")
