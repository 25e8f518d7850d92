"""Text files and pasted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.reading import BadFile, read_document
from cityrank.exchange.writing.csv_files import as_text

TEXT = "名次,城市,得分\n1,杭州,91.20\n2,宁波,88.50\n"
ROWS = [(1, ["名次", "城市", "得分"]), (2, ["1", "杭州", "91.20"]), (3, ["2", "宁波", "88.50"])]


def rows(content: bytes | str) -> list[tuple[int, list[str]]]:
    (table,) = read_document(content).tables
    return list(table.read(None))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_characters_of_a_file_are_told_by_themselves(encoding: str, end: str) -> None:
    content = TEXT.replace("\n", end).encode(encoding)
    content = b"\xff\xfe" + content if encoding == "utf-16-le" else content
    assert rows(content) == ROWS


def test_characters_that_were_guessed_at_are_said_to_be() -> None:
    assert read_document(TEXT.encode()).notices == []
    assert "GB18030" in read_document(TEXT.encode("gb18030")).notices[0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_by_itself(separator: str) -> None:
    assert rows(TEXT.replace(",", separator)) == ROWS


def test_commas_within_cells_do_not_separate_pasted_ones() -> None:
    assert rows("城市\t得分\n杭州, 浙江\t1,234.5\n宁波, 浙江\t1,200.0\n")[1] == (2, ["杭州, 浙江", "1,234.5"])


def test_a_quoted_cell_may_hold_separators_quotes_and_lines() -> None:
    assert rows('城市,备注\n杭州,"一,""二""\n三"\n')[1] == (2, ["杭州", '一,"二"\n三'])


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    assert rows("城市,得分\n\n , \n杭州,1\n") == [(1, ["城市", "得分"]), (4, ["杭州", "1"])]


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\x00", b"\xff" * 9]
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(BadFile, match="UTF-8"):
        read_document(content)


def test_a_quotation_mark_that_never_closes_is_named_with_its_row() -> None:
    with pytest.raises(BadFile, match="1"):
        read_document('"城市,得分\n杭州,1\n')


def test_only_so_many_rows_and_columns_are_read() -> None:
    with pytest.raises(BadFile, match="200000"):
        read_document("a\n" * 200_001)
    with pytest.raises(BadFile, match="200"):
        read_document(",".join("a" * 201))


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=20
    )
)
def test_a_text_that_could_run_as_a_formula_comes_back_as_it_was(text: str) -> None:
    cell = '"' + as_text(text).replace('"', '""') + '"'
    found = rows(f"城市\t得分\nx\t{cell}\ny\tz\n")
    assert found[1] == (2, ["x", text.strip()])
