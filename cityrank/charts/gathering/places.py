"""The course of a place over the editions, and where it stands in its newest one."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext

from cityrank.charts.data import Course, Point, Profile, Trend
from cityrank.charts.data import Standing as StandingOnScale
from cityrank.charts.gathering.sources import source_of_editions
from cityrank.results import place_standings
from cityrank.results.comparability import compare_rankings
from cityrank.results.place_standings import Standing, Step
from cityrank.results.records import Record
from scores.models import Ranking

Named = tuple[str, place_standings.Course]


def trend_of(record: Record) -> Trend:
    courses = [(_name(course), course) for course in record.courses]
    title = gettext("%(place)s over the editions") % {"place": record.subject.name}
    return as_trend(title, courses, of_one_place=True)


def as_trend(title: str, named: list[Named], *, of_one_place: bool) -> Trend:
    """Put courses on one scale: that of the tables where all have the same, else percent of the maximum."""
    rankings = [step.ranking for _name, course in named for step in course.steps if step.standings]
    scales = {(ranking.unit, ranking.max_score) for ranking in rankings}
    is_share = len(scales) > 1
    releases = sorted((row.release for row in rankings), key=lambda row: row.edition.period_end)
    courses = tuple(Course(name, tuple(_points(course, is_share=is_share))) for name, course in named)
    return Trend(
        title=title,
        unit="share" if is_share else next((unit for unit, _maximum in scales), ""),
        editions=tuple(dict.fromkeys(release.edition.label for release in releases)),
        courses=courses,
        source=source_of_editions(releases),
        of_one_place=of_one_place,
        caveats=tuple(_caveats(courses)),
    )


def _name(course: place_standings.Course) -> str:
    return course.line.title if course.line else course.newest.ranking.title


def _points(course: place_standings.Course, *, is_share: bool) -> Iterator[Point]:
    """Yield from the oldest on; whoever stood in a table twice, as two former places did, is left out of it."""
    stretch, before = 0, None
    for step in reversed(course.steps):
        standing = _own(step)
        if standing is None:
            before = None
            continue
        if before is None or not compare_rankings(step.ranking, before).comparable:
            stretch += 1
        before = step.ranking if standing.score is not None else None
        yield Point(
            edition=standing.release.edition.label,
            value=_share(standing.score, step.ranking) if is_share else standing.score,
            shown=standing.row.shown_score,
            rank=standing.rank,
            size=standing.of,
            stretch=stretch,
        )


def _own(step: Step) -> Standing | None:
    """The standing of the place itself, or of the one that it was by another name."""
    found = [one for one in step.standings if one.former is None or one.former.is_same]
    return found[0] if found else None


def _share(score: Decimal | None, ranking: Ranking) -> Decimal | None:
    return None if score is None or ranking.max_score is None else score / ranking.max_score * 100


def _caveats(courses: Iterable[Course]) -> Iterator[str]:
    if any(len({point.stretch for point in course.points}) > 1 for course in courses):
        yield gettext(
            "A line ends where the years on both sides of it do not compare, or where a value is missing."
        )
    if any(point.shown and point.value is None for course in courses for point in course.points):
        yield gettext("Scores of tables without a maximum are not drawn: they have no place on this scale.")


def profile_of(record: Record) -> Profile | None:
    """Return the standings of the newest edition in which the place itself has a score."""
    own = [one for one in record.standings if one.former is None or one.former.is_same]
    scored = [one for one in own if one.score is not None]
    if not scored:
        return None
    newest = max(scored, key=lambda one: one.release.edition.period_end).release
    rows = [one for one in own if one.release.pk == newest.pk]
    return Profile(
        place=record.subject.name,
        key=record.subject.slug,
        edition=newest.edition.label,
        standings=tuple(_standing(one) for one in rows),
        source=source_of_editions([newest]),
    )


def _standing(one: Standing) -> StandingOnScale:
    figures = one.summary
    ends = (None, None, None) if figures is None else (figures.worst, figures.median, figures.best)
    lowest, median, highest = (_share(value, one.ranking) for value in ends)
    return StandingOnScale(
        ranking=one.ranking.title,
        shown=one.row.shown_score,
        share=_share(one.score, one.ranking),
        rank=one.rank,
        size=one.of,
        lowest=lowest,
        median=median,
        highest=highest,
    )
