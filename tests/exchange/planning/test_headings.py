"""Where the headings of a table stand, and what they mean."""

import pytest

from cityrank.exchange.columns import Sheet
from cityrank.exchange.planning.headings import Headed, headed_tables
from cityrank.exchange.reading import BadFile, Document, read_document
from cityrank.exchange.sheets import IMPORTED, RECIPIENTS, SCORES
from tests.exchange.tabular import xlsx


def headed(content: bytes | str, sheet: Sheet = SCORES) -> tuple[list[Headed], Document]:
    document = read_document(content)
    return headed_tables(document, sheet, given={sheet.into}), document


@pytest.mark.parametrize("sheet", IMPORTED.values(), ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("language", ["name", "zh-hans", "en"])
def test_names_and_labels_of_both_languages_are_understood(sheet: Sheet, language: str) -> None:
    names = [column.name if language == "name" else column.label_in(language) for column in sheet.columns]
    (found,), _document = headed("\t".join(names) + "\n" + "\t".join("x" for _name in names), sheet)
    assert found.columns == {column.name: index for index, column in enumerate(sheet.columns)}


@pytest.mark.parametrize(
    "line",
    [
        "名次\t城市\t得分",
        "排名\t城市名称\t总分",
        " 名 次 \t城 市\t得　分",
        "Rank\tCITY\tScore",
        "名次\t城市\t得分（分）",
        "名次\t城市\t得分(%)",
    ],
)
def test_headings_of_others_mean_the_same_columns(line: str) -> None:
    (found,), _document = headed(line + "\n1\t杭州\t90")
    assert found.columns == {"printed_rank": 0, "printed_name": 1, "printed_score": 2}


def test_a_title_above_the_headings_is_left_out_and_named() -> None:
    def more(book: object, sheet: object) -> None:
        sheet.merge_range("A1:C1", "2018年地市得分排名")

    content = xlsx((), ("(截至7月30日)",), ("名次", "城市", "得分"), (1, "杭州", 90), more=more)
    (found,), _document = headed(content)
    assert found.row == 3
    assert "2018年地市得分排名" in found.notices[0]
    assert "(截至7月30日)" in found.notices[1]


def test_columns_that_mean_nothing_here_are_left_out_and_named() -> None:
    (found,), _document = headed("城市\t邮编\t得分\n杭州\t310000\t90")
    assert "B “邮编”" in found.notices[0]


def test_two_columns_that_mean_the_same_are_asked_about() -> None:
    with pytest.raises(BadFile, match=r"A.*C"):
        headed("城市\t得分\t地区\n杭州\t90\t浙江")


def test_a_missing_column_is_named_with_the_headings_it_may_have() -> None:
    with pytest.raises(BadFile, match="城市"):
        headed("名次\t得分\n1\t90")


@pytest.mark.parametrize("content", ["a\tb\n1\t2\n", "一行字", "1\t2\n3\t4\n"])
def test_a_table_without_headings_is_answered_with_those_that_are_needed(content: str) -> None:
    with pytest.raises(BadFile, match="城市"):
        headed(content)


def test_sheets_of_something_else_are_left_out_and_named() -> None:
    def more(book: object, sheet: object) -> None:
        book.add_worksheet("说明").write(0, 0, "怎样填写")

    found, document = headed(xlsx(("城市",), ("杭州",), more=more), RECIPIENTS)
    assert [one.table.name for one in found] == ["得分"]
    assert "说明" in document.notices[0]


def test_headings_are_looked_for_in_the_first_rows_only() -> None:
    with pytest.raises(BadFile):
        headed("题\n" * 20 + "城市\t得分\n杭州\t90")
