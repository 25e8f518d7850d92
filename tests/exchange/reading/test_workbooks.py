"""Workbooks: values as they are shown, and what a sheet holds beside them."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from cityrank.exchange.reading import BadFile, Document, read_document
from tests.exchange.tabular import xlsx

HEADINGS = ("城市", "得分")


def rows(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [texts for _number, texts in table.read(None)]


def test_figures_dates_and_yes_and_no_are_texts_as_they_are_shown() -> None:
    row = [
        "杭州",
        (56.7, "0.00"),
        (0.567, "0.0%"),
        (dt.date(2018, 7, 30), "yyyy-mm-dd"),
        18,
        True,
        (10000, "000000"),
    ]
    assert rows(read_document(xlsx(row))) == [
        ["杭州", "56.70", "56.7%", "2018-07-30", "18", "TRUE", "010000"]
    ]


def test_a_formula_is_read_as_its_stored_value() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.write_formula("B2", "=1+1", book.add_format({"num_format": "0.0"}), 2)

    assert rows(read_document(xlsx(HEADINGS, ["杭州"], more=more)))[1] == ["杭州", "2.0"]


def test_a_formula_without_a_value_and_one_with_an_error_are_noted() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B3", "=B2", None, "")
        sheet.write_formula("B4", '=""', None, '=""')

    (table,) = read_document(xlsx(HEADINGS, ["杭州"], ["宁波"], ["温州"], more=more)).tables
    assert sorted(table.odd) == [(2, 1), (3, 1)]


def test_a_cell_that_shows_less_than_it_holds_is_read_as_shown_and_counted() -> None:
    (table,) = read_document(xlsx(HEADINGS, ["杭州", (56.704, "0.00")], ["宁波", (56.7, "0.00")])).tables
    assert [texts[1] for _number, texts in table.read(None)][1:] == ["56.70", "56.70"]
    assert table.shortened == {1: 1}


def test_hidden_sheets_are_left_out_and_named() -> None:
    document = read_document(xlsx(HEADINGS, more=lambda book, sheet: book.add_worksheet("旧表").hide()))
    assert [table.name for table in document.tables] == ["得分"]
    assert "旧表" in document.notices[0]


def test_what_is_merged_downward_stands_in_each_of_its_rows() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.merge_range("A2:A4", "创新")
        for number, city in enumerate(("杭州", "宁波", "温州"), 1):
            sheet.write(number, 1, city)

    found = rows(read_document(xlsx(("奖项", "城市"), more=more)))
    assert found[1:] == [["创新", "杭州"], ["创新", "宁波"], ["创新", "温州"]]


def test_cells_are_found_in_sheets_that_begin_in_the_middle() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.write_row("C4", HEADINGS)
        sheet.write("C5", "杭州")
        sheet.write("D5", 56.7, book.add_format({"num_format": "0.00"}))

    (table,) = read_document(xlsx(more=more)).tables
    assert list(table.read(None)) == [(4, ["", "", "城市", "得分"]), (5, ["", "", "杭州", "56.70"])]
    assert list(table.read([3])) == [(4, ["得分"]), (5, ["56.70"])]


def test_cells_that_do_not_say_where_they_stand_keep_their_formats() -> None:
    content = edited(xlsx(HEADINGS, ["杭州", (56.7, "0.00")]), "xl/worksheets/sheet1.xml", b' r="B2"', b"")
    content = edited(content, "xl/worksheets/sheet1.xml", b' r="A2"', b"")
    assert rows(read_document(content))[1] == ["杭州", "56.70"]


def test_prefixed_elements_are_the_same_elements() -> None:
    def prefixed(xml: bytes) -> bytes:
        for name in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t"):
            for end in (b" ", b">"):
                xml = xml.replace(b"<" + name + end, b"<x:" + name + end).replace(
                    b"</" + name + end, b"</x:" + name + end
                )
        return xml.replace(b"xmlns=", b"xmlns:x=")

    content = rewritten(
        xlsx([("杭州"), (56.7, "0.00")]), "xl/worksheets/sheet1.xml", lambda xml: prefixed(cut(xml))
    )
    assert rows(read_document(content)) == [["杭州", "56.70"]]


def test_the_short_way_and_the_long_way_lead_to_the_same() -> None:
    """A sheet with a comment in it is parsed, one without is not."""
    rows_ = [[f"城{n}", (n / 8, "0.00"), (n / 3, "0.0%"), n, (n, "000000")] for n in range(1, 400)]
    content = xlsx(HEADINGS, *rows_)
    commented = edited(content, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><!-- -->")
    (one,), (other,) = read_document(content).tables, read_document(commented).tables
    assert list(one.read(None)) == list(other.read(None))
    assert one.shortened == other.shortened != {}


def cut(xml: bytes) -> bytes:
    """Leave the data of a sheet alone."""
    head = xml[: xml.index(b"<dimension")]
    data = xml[xml.index(b"<sheetData") : xml.index(b"</sheetData>")]
    return head + data + b"</sheetData></worksheet>"


def rewritten(content: bytes, part: str, change: Any) -> bytes:
    """Return a workbook with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return file.getvalue()


def edited(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    return rewritten(content, part, lambda data: data.replace(old, new))


def opendocument(table: str) -> bytes:
    """Return an .ods file with one sheet."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    media = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{media}"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("mimetype", media)
        new.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}">{entry}</m:manifest>')
        new.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="得分">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def test_figures_of_an_opendocument_file_are_its_shown_texts() -> None:
    figure = '<table:table-cell office:value-type="float" office:value="56.7"><text:p>56.70</text:p></table:table-cell>'
    name = '<table:table-cell office:value-type="string"><text:p>杭州</text:p></table:table-cell>'
    twice = f'<table:table-row table:number-rows-repeated="2">{name}{figure}</table:table-row>'
    endless = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert rows(read_document(opendocument(twice + endless))) == [["杭州", "56.70"]] * 2


@pytest.mark.parametrize(
    "table",
    [
        '<table:table-row table:number-rows-repeated="100000000">'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>',
        '<table:table-row><table:table-cell table:number-columns-repeated="999999999999" '
        'office:value-type="float" office:value="1"/></table:table-row>',
    ],
)
def test_an_opendocument_file_cannot_claim_to_be_endless(table: str) -> None:
    with pytest.raises(BadFile):
        read_document(opendocument(table))


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "GS1", "A200001", "ZZZZ1", "A999999999"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_what_lies_between(cell: str) -> None:
    content = edited(xlsx(["杭州", 1]), "xl/worksheets/sheet1.xml", b'r="B1"', f'r="{cell}"'.encode())
    with pytest.raises(BadFile, match=cell):
        read_document(content)


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityrank.exchange.reading.markup.MOST_UNPACKED", 1 << 20)
    content = rewritten(xlsx(HEADINGS), "docProps/core.xml", lambda data: b" " * (2 << 20))
    with pytest.raises(BadFile, match="MB"):
        read_document(content)


def test_what_a_part_says_of_its_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityrank.exchange.reading.markup.MOST_UNPACKED", 1 << 20)
    content = rewritten(xlsx(HEADINGS), "docProps/core.xml", lambda data: b" " * (2 << 20))
    size = (2 << 20).to_bytes(4, "little")
    with pytest.raises(BadFile):
        read_document(content.replace(size, (10).to_bytes(4, "little")))


def test_entities_of_a_file_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    content = rewritten(xlsx(HEADINGS), "xl/worksheets/sheet1.xml", lambda data: bomb)
    with pytest.raises(BadFile):
        read_document(content)


def test_a_file_with_a_password_is_said_to_have_one() -> None:
    # What an encrypted workbook is: an old container with a part called EncryptedPackage; here damaged besides.
    with pytest.raises(BadFile):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
