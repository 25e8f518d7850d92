"""Where one subject stands in the tables of all editions, each with the figures of its table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q, QuerySet

from awards.models import Line, Release
from cityrank.publishing.gate import Gate
from cityrank.publishing.models import Erratum
from cityrank.results.comparability import Comparability, compare_rankings
from cityrank.results.earlier import earlier_of
from cityrank.results.place_corrections import Marks
from cityrank.results.place_past import Former
from cityrank.results.statistics import Entry, Field, fields_of
from scores.methodology.statistics import Summary
from scores.models import Ranking, Score

# Rows shown before and after a place in the newest table of each line.
REACH = 2


@dataclass(frozen=True)
class Neighbour:
    row: Score
    rank: int | None


@dataclass(frozen=True)
class Before:
    """The same ranking in the edition before. `standing` is None where the subject is not in that table."""

    ranking: Ranking
    standing: "Standing | None"
    comparability: Comparability


@dataclass(frozen=True)
class Standing:
    """A row of a table with what follows from the whole table.

    `rank` is the printed one, else the one that follows from the scores; None where there is neither. `of` counts the
    rows that have a rank, `tied` the others with the same score. `summary` holds median, quartiles and best of the
    printed scores; `percentile` is the mid-rank percentile, 0 to 100, and None where `shows_everybody` is false.
    """

    row: Score
    # The place that stood there, where it was one that the subject took over from.
    former: Former | None
    rank: int | None
    of: int
    tied: int
    summary: Summary | None
    percentile: Decimal | None
    before: Before | None = None
    above: tuple[Neighbour, ...] = ()
    below: tuple[Neighbour, ...] = ()
    # What later releases changed of the row, newest first.
    corrections: tuple[Erratum, ...] = ()

    @property
    def ranking(self) -> Ranking:
        return self.row.ranking

    @property
    def release(self) -> Release:
        return self.ranking.release

    @property
    def score(self) -> Decimal | None:
        return self.row.printed_score

    @property
    def decimals(self) -> int | None:
        """With how many decimals its figures are shown: those that were printed; None where nobody said."""
        return self.ranking.decimals if self.row.decimals is None else self.row.decimals

    @property
    def shows_everybody(self) -> bool:
        """Whether the table holds the whole peer group, so that its median is that of the group."""
        return self.ranking.state == Ranking.State.COMPLETE and self.ranking.cutoff is None

    @property
    def from_median(self) -> Decimal | None:
        return None if self.score is None or self.summary is None else self.score - self.summary.median

    @property
    def from_best(self) -> Decimal | None:
        return None if self.score is None or self.summary is None else self.score - self.summary.best

    @property
    def rise(self) -> int | None:
        """How many ranks it rose since the edition before, below zero fell; None where that cannot be said."""
        before = self._comparable()
        if before is None or before.rank is None or self.rank is None:
            return None
        return before.rank - self.rank

    @property
    def gain(self) -> Decimal | None:
        """How much the score rose since the edition before, in its unit; None where that cannot be said."""
        before = self._comparable()
        if before is None or before.score is None or self.score is None:
            return None
        return self.score - before.score

    def _comparable(self) -> "Standing | None":
        """The standing before, where the years compare and the place is the same one."""
        if self.before is None or self.before.standing is None or not self.before.comparability.comparable:
            return None
        standing = self.before.standing
        return standing if standing.former is None or standing.former.is_same else None


@dataclass(frozen=True)
class Step:
    """A table of a line and where the subject stood in it: once, nowhere, or once for each former place."""

    ranking: Ranking
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True)
class Course:
    """One ranking through the editions, newest first, from the first in which the subject stands."""

    line: Line | None
    steps: tuple[Step, ...]

    @property
    def standings(self) -> list[Standing]:
        return [standing for step in self.steps for standing in step.standings]

    @property
    def newest(self) -> Standing:
        return self.standings[0]


def courses_of(
    gate: Gate, holders: Mapping[int, Former | None], marks: Marks, until: int | None = None
) -> tuple[Course, ...]:
    """Return the courses of a subject in the order of the bulletin, those of the newest edition first.

    `holders` are the keys of the subject (with None) and of the places that it took over from; `until` is the year in
    which it ended, after which no table can miss it.
    """
    rows = list(_rows(gate, list(holders)))
    if not rows:
        return ()
    tables = list(_tables(gate, rows))
    fields = fields_of(gate, {row.ranking_id for row in rows})
    standings: dict[int, list[Standing]] = defaultdict(list)
    for former, row in sorted(_held(rows, holders), key=lambda held: held[0] is not None):
        made = _standing(row, former, fields[row.ranking_id])
        standings[row.ranking_id].append(
            replace(made, corrections=marks.of(row.ranking, "score", row.subject))
        )
    chains = _chains(gate, tables)
    chains = [[one for one in chain if one.pk in standings or not _is_after(one, until)] for chain in chains]
    courses = [_course(chain, standings) for chain in chains if any(one.pk in standings for one in chain)]
    return _with_neighbours(gate, courses, fields)


def _rows(gate: Gate, holders: list[int]) -> QuerySet[Score]:
    rows = (
        gate.rows(Score)
        .filter(subject__in=holders)
        .select_related(
            "subject",
            "band",
            "ranking__series",
            "ranking__line",
            "ranking__peer_group",
            "ranking__source",
            "ranking__release__edition",
        )
    )
    return rows.order_by(
        "-ranking__release__edition__period_end", "ranking__series__number", "ranking__position"
    )


def _tables(gate: Gate, rows: list[Score]) -> QuerySet[Ranking]:
    """Return every table of the lines of these rows, and of what became of the lines."""
    lines = {row.ranking.line_id for row in rows}
    lines |= {row.ranking.line.merged_into_id for row in rows if row.ranking.line}
    wanted = Q(line__in=lines - {None}) | Q(pk__in={row.ranking_id for row in rows})
    found = (
        gate.rows(Ranking).filter(wanted).select_related("series", "line", "peer_group", "release__edition")
    )
    return found.order_by("-release__edition__period_end", "series__number", "position")


def _chains(gate: Gate, tables: list[Ranking]) -> list[list[Ranking]]:
    """Return the tables as lines through the editions, newest first; each stands in one of them."""
    heads: dict[int, Ranking] = {}
    for table in tables:  # newest first; a table on no line is a chain of its own
        heads.setdefault(table.line_id or -table.pk, table)
    earlier = earlier_of(gate, heads.values())
    chains = [[head, *earlier[head.pk]] for head in heads.values()]
    # What was merged into another line goes on there.
    inner = {table.pk for chain in chains for table in chain[1:]}
    return [chain for chain in chains if chain[0].pk not in inner]


def _is_after(table: Ranking, year: int | None) -> bool:
    return year is not None and table.release.edition.period_start > year


def _held(rows: list[Score], holders: Mapping[int, Former | None]) -> list[tuple[Former | None, Score]]:
    return [(holders[row.subject_id], row) for row in rows if row.subject_id is not None]


def _standing(row: Score, former: Former | None, field: Field) -> Standing:
    entry = next(one for one in field.entries if one.position == row.position)
    made = Standing(
        row=row,
        former=former,
        rank=entry.rank,
        of=field.ranked,
        tied=field.tied_with(entry),
        summary=field.summary,
        percentile=None,
    )
    if entry.score is None or not made.shows_everybody:
        return made
    return replace(made, percentile=field.percentile_of(entry.score))


def _course(chain: list[Ranking], standings: Mapping[int, list[Standing]]) -> Course:
    """Build from the oldest table on, so that each standing knows the one before."""
    first = max(place for place, table in enumerate(chain) if table.pk in standings)
    steps: list[Step] = []
    before: Step | None = None
    for table in reversed(chain[: first + 1]):
        found = [_after(one, before, table) for one in standings.get(table.pk, ())]
        before = Step(table, tuple(found))
        steps.insert(0, before)
    return Course(chain[0].line, tuple(steps))


def _after(standing: Standing, before: Step | None, table: Ranking) -> Standing:
    if before is None or standing.former is not None:
        return standing
    former = before.standings[0] if before.standings else None
    return replace(standing, before=Before(before.ranking, former, compare_rankings(table, before.ranking)))


def _with_neighbours(gate: Gate, courses: list[Course], fields: Mapping[int, Field]) -> tuple[Course, ...]:
    """Add to the newest standing of each course who stands next to it, in one query for all of them."""
    wanted: dict[int, tuple[list[Entry], list[Entry]]] = {}
    for course in courses:
        newest = course.newest
        if newest.rank is not None:
            wanted[newest.ranking.pk] = fields[newest.ranking.pk].around(newest.row.position, REACH)
    rows = _rows_at(gate, {key: [*above, *below] for key, (above, below) in wanted.items()})
    return tuple(_neighboured(course, wanted.get(course.newest.ranking.pk), rows) for course in courses)


def _rows_at(gate: Gate, wanted: Mapping[int, Iterable[Entry]]) -> dict[tuple[int, int], Score]:
    places = Q(pk__in=[])
    for ranking, entries in wanted.items():
        places |= Q(ranking=ranking, position__in=[entry.position for entry in entries])
    rows = gate.rows(Score).filter(places).select_related("subject__place", "ranking") if wanted else ()
    return {(row.ranking_id, row.position): row for row in rows}


def _neighboured(
    course: Course, around: tuple[list[Entry], list[Entry]] | None, rows: Mapping[tuple[int, int], Score]
) -> Course:
    if around is None:
        return course
    newest = course.newest
    above, below = (
        tuple(Neighbour(rows[newest.ranking.pk, one.position], one.rank) for one in side if one.rank)
        for side in around
    )
    beside = replace(newest, above=above, below=below)
    steps = tuple(
        replace(step, standings=tuple(beside if one is newest else one for one in step.standings))
        for step in course.steps
    )
    return replace(course, steps=steps)
