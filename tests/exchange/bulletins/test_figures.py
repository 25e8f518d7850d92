"""Numbers, titles, rows, bands and averages are read as they are printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.reader.numerals import chinese, decimal, integer, label_of
from cityrank.exchange.bulletin.reader.tables import band_of, cells_of, header_of, rows_of
from cityrank.exchange.bulletin.reader.titles import SAME_TITLE, likeness, looks_like_title, read_title
from cityrank.exchange.bulletin.reading import read_bulletin


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25", 25),
        ("２５", 25),
        ("二十五", 25),
        ("十", 10),
        ("百", 100),
        ("一百零一", 101),
        ("五十", 50),
        ("强", None),
        ("", None),
    ],
)
def test_counts_are_read_in_figures_and_in_words(text: str, number: int | None) -> None:
    assert integer(text) == number


@given(st.integers(1, 99))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert integer(chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("80.50", "80.50"),
        ("８０．５％", "80.5"),
        ("90分", "90"),
        ("-1.5", "-1.5"),
        ("1e5", None),
        ("NaN", None),
        ("8,5", None),
    ],
)
def test_figures_keep_their_decimals_and_nothing_else_is_one(text: str, figure: str | None) -> None:
    read = decimal(text)
    assert (None if read is None else str(read)) == figure


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("2017-2018年度", "2017-2018"),
        ("2017—2018年", "2017-2018"),
        ("2019年", "2019"),
        ("2017-18年度", "2017-2018"),
        ("年度", ""),
    ],
)
def test_an_edition_is_named_by_its_years(period: str, label: str) -> None:
    assert label_of(period) == label


@pytest.mark.parametrize(
    ("text", "period", "expected", "cutoff"),
    [
        ("2018-2019年度最佳城镇25强", "2018-2019年度", 25, None),
        ("区县得分排名(前三十强):", "", 30, 30),
        ("2019年智慧城市百强........ 7", "2019年", 100, None),
        ("2019年度十佳城市", "2019年度", 10, None),
        ("十大数据中心城市", "", None, None),
    ],
)
def test_a_title_says_its_years_and_its_count(
    text: str, period: str, expected: int | None, cutoff: int | None
) -> None:
    title = read_title(text)
    assert (title.period, title.expected, title.cutoff) == (period, expected, cutoff)


@pytest.mark.parametrize(
    "text",
    [
        "2019年度最具温度智慧城市",
        "区县得分排名(前30强)",
        "最佳步行城市",
        "2019年智慧城市百强",
        "生活常用APP排行",
    ],
)
def test_titles_are_known_by_their_form(text: str) -> None:
    assert looks_like_title(text)


@pytest.mark.parametrize(
    "text", ["2019", "北京、上海", "最佳城市有三座。", "苏州工业园区", "这里的公交会等人,路灯会省电"]
)
def test_names_and_sentences_are_no_titles(text: str) -> None:
    assert not looks_like_title(text)


def test_titles_are_the_same_whatever_their_years_and_width() -> None:
    assert likeness("2018年度最佳步行城市（前５强）", "2018-2019年度最佳步行城市(前5强)") == 1
    assert likeness("2019年各省数字经济影响力排名", "2019年数字经济影响力指数排名") >= SAME_TITLE


def test_titles_that_differ_in_the_word_that_counts_are_not_the_same() -> None:
    assert likeness("2019年度中国最具影响力智慧城市", "2019年度中国最具创新力智慧城市") < SAME_TITLE
    assert likeness("2019年度最佳城镇25强", "2019年度最佳城镇50强") < SAME_TITLE


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1 北京 90.5", [(1, "北京", "90.5")]),
        ("第1名\t北京\t90", [(1, "北京", "90")]),
        ("| 2 | New York | 88.10% |", [(2, "New York", "88.10%")]),
        ("3、上海 87.2分", [(3, "上海", "87.2分")]),
        ("上海 87.2", [(None, "上海", "87.2")]),
        ("1 北京 90.5 2 上海 88", [(1, "北京", "90.5"), (2, "上海", "88")]),
        ("1 北京 2 上海", [(1, "北京", ""), (2, "上海", "")]),
        ("北京 上海", []),
        ("2018 年 的 事", []),
    ],
)
def test_rows_are_read_between_tabs_blanks_and_bars(
    text: str, rows: list[tuple[int | None, str, str]]
) -> None:
    assert [(row.rank, row.name.text, row.score_text) for row in rows_of(cells_of(text), None)] == rows


def test_a_header_says_which_column_is_what_and_what_is_left_out() -> None:
    columns = header_of(cells_of("序号 所属省份 城市 基础设施得分 综合得分(满分100分)"))
    assert columns is not None
    (row,) = rows_of(cells_of("4 江苏 苏州 20.1 80.25"), columns)
    assert (row.rank, row.name.text, row.score) == (4, "苏州", Decimal("80.25"))
    assert columns.others == ("所属省份", "基础设施得分")
    assert columns.maximum == 100


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("1-30名:", (1, 30, None, None)),
        ("第31至75名", (31, 75, None, None)),
        ("第一梯队(1—30名):北京", (1, 30, None, None)),
        ("第二梯队", (None, None, None, None)),
        ("70-85分", (None, None, 70, 85)),
        ("A级(85分以上)", (None, None, 85, None)),
        ("55分以下", (None, None, None, 55)),
        ("其余:", (None, None, None, None)),
    ],
)
def test_bands_are_read_by_rank_and_by_score(text: str, limits: tuple[int | None, ...]) -> None:
    band = band_of(text)
    assert band is not None
    assert (band.first_rank, band.last_rank, band.lowest_score, band.highest_score) == limits


@pytest.mark.parametrize(
    "text", ["2017-2018年度", "2017-2018", "一等奖:北京", "30-1名", "10-20个城市有了新路", "北京"]
)
def test_periods_and_prizes_are_no_bands(text: str) -> None:
    assert band_of(text) is None


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        (
            "县城平均得分率为61.20%,较上一年度的58.05%提高了3.20%。",
            ("县城", "61.20", "58.05", "3.20"),
        ),
        ("从结果看,地市平均得分为70.5分，比上年下降1.25分。", ("地市", "70.5", None, "-1.25")),
        ("区县前20名平均得分率达60％，较2018年度提高3.1个百分点", ("区县前20名", "60", None, "3.1")),
        ("各组平均得分为66.0。", ("各组", "66.0", None, None)),
    ],
)
def test_averages_are_read_with_what_they_are_compared_to(
    sentence: str, read: tuple[str | None, ...]
) -> None:
    text = f"2019年度最佳步行城市\n大连、厦门\n获奖理由:路好走。\n一、各组的分数都高了。\n{sentence}"
    (average,) = read_bulletin(read_document(text.encode(), "a.txt")).averages
    figures = [
        None if each is None else str(each) for each in (average.value, average.previous, average.change)
    ]
    assert (average.printed_label, *figures) == read
