"""Figures to make charts of, without a database."""

from decimal import Decimal

from cityrank.charts.chart import Chart
from cityrank.charts.data import (
    Average,
    Averages,
    Course,
    Map,
    Point,
    Profile,
    Row,
    Standing,
    Table,
    Tile,
    Trend,
    TwoYears,
)
from cityrank.charts.gathering.maps import grid
from cityrank.charts.specs import averages, distribution, profile, score_bars, slope, tile_map, trend

SOURCE = "CityRank, results of 2018"


def row(number: int, score: str | None, rank: int | None = None, **fields: object) -> Row:
    value = None if score is None else Decimal(score)
    return Row(str(number), f"第{number}市", value, score or "", rank, **fields)


def table(scores: list[str | None], edition: str = "2018", **fields: object) -> Table:
    """Return a table of places 1, 2, 3 ... with these scores, ranked as they stand; without a score, without a rank."""
    rows = tuple(row(at, score, at if score else None) for at, score in enumerate(scores, 1))
    values = {"group": "地级市", "unit": "points", "maximum": Decimal(100), "source": SOURCE, **fields}
    return Table(slug="cities-50", title="Scores <of> & cities", edition=edition, rows=rows, **values)


def two_years(now: list[str | None], before: list[str | None] | None = None, **fields: object) -> TwoYears:
    return TwoYears(table(now), None if before is None else table(before, "2017"), **fields)


def some_averages() -> Averages:
    rows = (
        Average("省会城市", 20, Decimal("64.34"), Decimal("56.70"), Decimal("8.74"), 2),
        Average("区县", None, Decimal("50.10"), Decimal("51.30"), Decimal("-1.20"), 2),
        Average("地级市", 50, Decimal("60.00"), None, None, 2),
    )
    return Averages("2018", rows, SOURCE)


def a_trend(courses: int = 1) -> Trend:
    def point(edition: str, value: str | None, stretch: int) -> Point:
        return Point(edition, value and Decimal(value), value or "", 3 if value else None, 19, stretch)

    points = (
        point("2016", "60.5", 0),
        point("2017", "61.0", 0),
        point("2018", None, 1),
        point("2019", "70.25", 2),
    )
    named = tuple(Course(f"第{number}市", points) for number in range(1, courses + 1))
    return Trend(
        "杭州市", "points", ("2016", "2017", "2018", "2019"), named, SOURCE, of_one_place=courses == 1
    )


def a_profile() -> Profile:
    shares = [Decimal(value) for value in ("84.57", "61.2", "74.0", "90.1")]
    known = Standing("直辖市得分排名", "88.80", shares[0], 1, 19, *shares[1:])
    unknown = Standing("数字经济指数", "71.2", None, 3, 34, None, None, None)
    return Profile("杭州市", "330100", "2018", (known, unknown), SOURCE)


def a_map(values: dict[str, str], *, are_counts: bool = False) -> Map:
    tiles = tuple(
        Tile(
            code,
            one["letters"],
            one["short_zh"],
            int(one["column"]),
            int(one["row"]),
            Decimal(values[code]) if code in values else None,
            values.get(code, ""),
        )
        for code, one in grid().items()
    )
    kind = "winners-map" if are_counts else "tile-map"
    return Map(kind, "all", "Map", "of regions", "2018", "Value", tiles, SOURCE, are_counts=are_counts)


def one_of_each() -> dict[str, Chart]:
    """Return a drawn chart of every kind, each with something missing, tied or marked."""
    now, before = ["90.10", "88.00", "88.00", None, "60.50"], ["70.00", "91.20", None, "65.00", "61.00"]
    made = (
        score_bars.chart(two_years(now, before)),
        slope.chart(two_years(now, before)),
        distribution.chart(table(now), "2", "330100"),
        averages.chart(some_averages()),
        tile_map.chart(a_map({"110000": "72.8", "330000": "65.7", "540000": "54.3"})),
        tile_map.chart(a_map({"110000": "3", "330000": "54", "540000": "0"}, are_counts=True)),
        trend.chart(a_trend(), "330100"),
        profile.chart(a_profile()),
    )
    charts = [chart for chart in made if chart is not None]
    return {chart.kind: chart for chart in charts}
