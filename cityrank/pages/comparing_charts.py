"""The scores of several places in one ranking over the editions, as a chart."""

from cityrank.charts.chart import Chart
from cityrank.charts.data import Course as Line
from cityrank.charts.data import Point, Trend
from cityrank.charts.gathering.sources import source_of_editions
from cityrank.charts.specs import trend
from cityrank.registry.models import Place
from cityrank.results.comparing import Course


def trend_of(course: Course, places: tuple[Place, ...]) -> Chart | None:
    """Return a line for each place that stands in the ranking; None where nobody has scores of two editions.

    A line ends where two years do not compare. Where the maximum score changed, all are in percent of it.
    """
    years = course.years[::-1]
    scales = {(year.ranking.unit, year.ranking.max_score) for year in years}
    is_share = len(scales) > 1
    data = Trend(
        title=course.newest.title,
        unit="share" if is_share else course.newest.unit,
        editions=tuple(year.ranking.release.edition.label for year in years),
        courses=tuple(
            Line(place.name, _points(course, at, is_share=is_share))
            for at, place in enumerate(places)
            if course.present[at]
        ),
        source=source_of_editions(year.ranking.release for year in years),
        of_one_place=False,
    )
    return trend.chart(data, "-".join(place.slug for place in places))


def _points(course: Course, at: int, *, is_share: bool) -> tuple[Point, ...]:
    points, stretch, last = [], 0, None
    for year in course.years[::-1]:
        standing = year.standings[at]
        if standing is None:
            last = None
            continue
        follows = year.before is not None and year.before.pk == last
        if not (follows and year.comparability and year.comparability.comparable):
            stretch += 1
        score, maximum = standing.row.printed_score, year.ranking.max_score
        share = score * 100 / maximum if score is not None and maximum else None
        points.append(
            Point(
                edition=year.ranking.release.edition.label,
                value=share if is_share else score,
                shown=standing.row.shown_score,
                rank=standing.rank,
                size=year.ranked,
                stretch=stretch,
            )
        )
        last = year.ranking.pk if score is not None else None
    return tuple(points)
