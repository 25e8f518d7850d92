"""What charts say: the drawing, the words and the data table have the same values."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cityrank.charts.chart import KINDS, Chart
from cityrank.charts.specs import averages, distribution, profile, score_bars, slope, tile_map, trend
from cityrank.charts.specs.tile_map import classes
from tests.charts import figures


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with override("en"):
        yield


def says(chart: Chart) -> list[str]:
    """What the marks of a drawing are labelled with."""
    assert chart.spec
    return [row["says"] for row in chart.spec["data"]["values"]]


def test_there_is_a_chart_of_every_kind() -> None:
    assert set(figures.one_of_each()) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_has_words_a_table_and_two_drawings_of_the_same_values(kind: str) -> None:
    chart = figures.one_of_each()[kind]
    assert chart.title
    assert chart.subtitle
    assert len(chart.alt) > 30
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert chart.spec and chart.narrow  # noqa: PT018
    assert (chart.spec["width"], chart.narrow["width"]) == (760, 350)
    labels = [[row["says"] for row in spec["data"]["values"]] for spec in (chart.spec, chart.narrow)]
    assert labels[0] == labels[1]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"distribution"}))
def test_whatever_a_mark_says_stands_in_the_data_table(kind: str) -> None:
    chart = figures.one_of_each()[kind]
    text = " ".join(cell.text for line in chart.lines for cell in line)
    for label in says(chart):
        name, *_rest = re.split(": |, ", label)
        assert [part for part in (name, *re.findall(r"\d+\.\d+", label)) if part not in text] == [], label


def test_a_missing_score_is_shown_as_missing_and_not_as_zero() -> None:
    chart = score_bars.chart(figures.two_years(["90.10", None]))
    assert chart and chart.spec  # noqa: PT018
    assert chart.rows[1] == (None, "第2市", None)
    assert chart.lines[1][2].text == "no value"
    assert [row["score"] for row in chart.spec["data"]["values"]] == [90.1, None]
    assert says(chart)[1] == "第2市: no value"


def test_bars_begin_at_zero() -> None:
    chart = figures.one_of_each()["score-bars"]
    assert chart.spec
    assert chart.spec["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == 0


def test_last_years_mark_is_drawn_where_the_years_compare_alone() -> None:
    compared = score_bars.chart(figures.two_years(["90.10"], ["80.00"]))
    refused = score_bars.chart(figures.two_years(["90.10"], reasons=("The method changed.",)))
    assert compared and refused  # noqa: PT018
    assert "2017" in compared.alt
    assert compared.rows == ((1, "第1市", Decimal("90.10"), Decimal("80.00")),)
    assert "2017" not in refused.alt
    assert refused.rows == ((1, "第1市", Decimal("90.10")),)
    assert refused.notes == ("The method changed.",)


def test_a_long_table_is_drawn_in_part_and_says_so() -> None:
    chart = score_bars.chart(figures.two_years([f"{90 - at / 100:.2f}" for at in range(300)]))
    assert chart and chart.spec  # noqa: PT018
    assert len(chart.spec["data"]["values"]) == 50
    assert len(chart.rows) == 300
    assert chart.notes == ("The drawing shows the first 50 of 300; the data have all of them.",)


def test_a_table_of_sixty_is_drawn_whole() -> None:
    chart = score_bars.chart(figures.two_years(["50"] * 60))
    assert chart and chart.spec  # noqa: PT018
    assert len(chart.spec["data"]["values"]) == 60
    assert chart.notes == ()


def test_ranks_of_years_that_do_not_compare_are_not_drawn() -> None:
    chart = slope.chart(figures.two_years(["90"], reasons=("The peer groups differ.",)))
    assert chart
    assert not chart.is_drawn
    assert chart.rows == ()
    assert chart.notes == ("The peer groups differ.",)


def test_without_an_edition_before_there_is_no_slope() -> None:
    assert slope.chart(figures.two_years(["90"])) is None


def test_a_slope_counts_who_rose_and_who_fell() -> None:
    chart = slope.chart(figures.two_years(["90", "80", "70"], ["60", "90", None]))
    # Ranks are those of the order: first, second and third now; first and second before.
    assert chart
    assert chart.alt.startswith(
        "Slope chart of 2 places that have a rank in both editions: 0 rose, 0 fell, 2 kept it."
    )
    assert [row[3] for row in chart.rows] == [0, 0, None]
    column = chart.columns[3]
    assert [column.shown(cell) for cell in (3, -2, 0, None)] == ["+3", "\u22122", "0", "no value"]
    assert "no rank in the edition before" in says(chart)[2]


@given(st.permutations(range(1, 9)), st.permutations(range(1, 9)))
def test_what_some_gain_others_lose(now: list[int], before: list[int]) -> None:
    table, earlier = figures.table([]), figures.table([], "2017")
    rows = [
        tuple(figures.row(who, "50", rank) for rank, who in enumerate(order, 1)) for order in (now, before)
    ]
    years = figures.TwoYears(replace(table, rows=rows[0]), replace(earlier, rows=rows[1]))
    chart = slope.chart(years)
    assert chart
    assert sum(row[3] for row in chart.rows) == 0


def test_the_contradiction_of_the_bulletin_stands_below_the_averages() -> None:
    chart = averages.chart(figures.some_averages())
    assert chart
    assert chart.notes == (
        "省会城市: the bulletin prints a change of +8.74; its own two values differ by +7.64.",
    )
    assert [cell.text for cell in chart.lines[0]] == ["省会城市", "20", "64.34", "56.70", "+7.64", "+8.74"]
    assert [cell.text for cell in chart.lines[1]][4:] == ["\u22121.20", "\u22121.20"]
    assert [cell.text for cell in chart.lines[2]][3:] == ["no value"] * 3


def test_a_distribution_marks_the_place_and_says_where_it_stands() -> None:
    chart = distribution.chart(figures.table(["90.10", "88.00", "60.50"]), "2", "330100")
    assert chart and chart.spec  # noqa: PT018
    assert chart.key == "cities-50~330100"
    assert "Marked: 第2市, 88.00, rank 2." in chart.alt
    assert "the median is 88.00" in chart.alt
    assert [row["own"] for row in chart.spec["data"]["values"]].count(True) == 1


@pytest.mark.parametrize(
    ("scores", "marked"), [(["90", "80"], ""), (["90", "80", "70", None], "4"), ([], "")]
)
def test_a_distribution_of_hardly_anybody_or_of_who_has_no_score_is_none(scores: list, marked: str) -> None:
    assert distribution.chart(figures.table(scores), marked) is None


def test_a_distribution_of_many_counts_them_in_bars() -> None:
    chart = distribution.chart(figures.table([f"{40 + at * 0.02:.2f}" for at in range(3000)]), "7", "330100")
    assert chart and chart.spec  # noqa: PT018
    bars = chart.spec["data"]["values"]
    assert len(bars) <= 30
    assert sum(bar["level"] for bar in bars) == 3000
    assert len(chart.rows) == 3000


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=80))
def test_every_score_lies_in_one_of_a_few_bins(scores: list[Decimal]) -> None:
    values = [float(score) for score in scores]
    start, width, count = distribution.bins(values, 30)
    assert 1 <= count <= 31
    assert all(0 <= int((value - start) / width) <= count for value in values)
    assert start <= min(values)
    assert start + count * width >= max(values)


def test_a_trend_has_no_line_between_years_that_do_not_compare() -> None:
    chart = trend.chart(figures.a_trend(), "330100")
    assert chart and chart.spec  # noqa: PT018
    assert [row["stretch"].split()[-1] for row in chart.spec["data"]["values"]] == ["0", "0", "1", "2"]
    assert [row[2] for row in chart.rows] == [Decimal("60.5"), Decimal("61.0"), None, Decimal("70.25")]
    assert "60.5 in 2016, 70.25 in 2019" in chart.alt


def test_a_single_edition_is_no_trend() -> None:
    data = figures.a_trend()
    course = replace(data.courses[0], points=data.courses[0].points[:1])
    assert trend.chart(replace(data, courses=(course,)), "330100") is None


def test_a_profile_says_what_has_no_place_on_its_scale() -> None:
    chart = profile.chart(figures.a_profile())
    assert chart and chart.spec  # noqa: PT018
    assert len(chart.spec["data"]["values"]) == 1
    assert len(chart.rows) == 2
    assert "数字经济指数" in chart.notes[0]


def test_a_map_shows_all_34_regions_and_says_which_have_no_value() -> None:
    chart = tile_map.chart(figures.a_map({"110000": "72.8", "330000": "65.7"}))
    assert chart and chart.spec  # noqa: PT018
    tiles = chart.spec["data"]["values"]
    assert len(tiles) == 34
    assert sum(tile["class"] == "no value" for tile in tiles) == 32
    assert [row[0] for row in chart.rows[:2]] == ["110000", "330000"]
    assert chart.alt.endswith("32 regions have no value.")


def test_a_count_of_none_is_a_zero_and_not_a_missing_value() -> None:
    codes = figures.grid()
    chart = tile_map.chart(figures.a_map(dict.fromkeys(codes, "0") | {"330000": "54"}, are_counts=True))
    assert chart and chart.spec  # noqa: PT018
    classes_of_tiles = {tile["class"] for tile in chart.spec["data"]["values"]}
    assert classes_of_tiles == {"0", "25\u201354"}
    assert "no value" not in chart.alt


def test_a_map_of_nothing_is_none() -> None:
    assert tile_map.chart(figures.a_map({})) is None
    assert tile_map.chart(figures.a_map(dict.fromkeys(figures.grid(), "0"), are_counts=True)) is None


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=34))
def test_every_count_lies_in_exactly_one_range_that_begins_where_the_last_one_ends(counts: list[int]) -> None:
    ranges = classes([float(count) for count in counts], are_counts=True)
    assert 1 <= len(ranges) <= 5
    assert ranges[0][0] == 1
    assert all(one[1] == other[0] for one, other in pairwise(ranges))
    assert all(sum(low <= count < high for low, high in ranges) == 1 for count in counts)


@given(st.lists(st.decimals("0.01", 150, places=2), min_size=1, max_size=34))
def test_every_index_value_lies_in_one_of_five_ranges(values: list[Decimal]) -> None:
    figures_ = [float(value) for value in values]
    ranges = classes(figures_, are_counts=False)
    assert 1 <= len(ranges) <= 5
    assert all(ranges[0][0] <= value + 1e-6 and value <= ranges[-1][1] + 1e-6 for value in figures_)


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_in_chinese_says_the_same_values(kind: str) -> None:
    english = figures.one_of_each()[kind]
    with override("zh-hans"):
        chinese = figures.one_of_each()[kind]
    assert chinese.rows == english.rows
    assert len(says(chinese)) == len(says(english))


def test_the_grid_has_a_place_of_its_own_for_each_of_the_34_regions() -> None:
    tiles = figures.grid().values()
    assert len({(tile["column"], tile["row"]) for tile in tiles}) == 34
    assert len({tile["letters"] for tile in tiles}) == 34
    assert all(int(tile["column"]) < tile_map.COLUMNS and int(tile["row"]) < tile_map.ROWS for tile in tiles)
