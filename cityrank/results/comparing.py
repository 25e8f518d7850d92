"""Two to five places beside each other: where they stood in the same tables, and what they won."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from awards.models import Award, Line, Recipient
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Place
from cityrank.results.comparability import Comparability, compare_rankings
from cityrank.results.earlier import earlier_of
from cityrank.results.statistics import Field, fields_of
from cityrank.results.successors import former_of
from scores.methodology.statistics import Summary
from scores.models import Ranking, Score

LEAST, MOST = 2, 5


@dataclass(frozen=True)
class Standing:
    """Where a place stands in one table.

    `to_median` and `to_best` are its score minus those of the table. `moved` (ranks, up is above zero) and `change` (of
    the score) are against the edition before; None where the two do not compare or it was not in both.
    """

    row: Score
    rank: int | None
    is_tied: bool = False
    is_former: bool = False
    to_median: Decimal | None = None
    to_best: Decimal | None = None
    moved: int | None = None
    change: Decimal | None = None


@dataclass(frozen=True)
class TableYear:
    """One table: for each place, in their order, its standing or None. `before` is the table of the edition before."""

    ranking: Ranking
    standings: tuple[Standing | None, ...]
    ranked: int
    summary: Summary | None
    before: Ranking | None = None
    comparability: Comparability | None = None


@dataclass(frozen=True)
class Course:
    """A ranking through the editions in which one of the places stands in it, newest first."""

    line: Line | None
    years: tuple[TableYear, ...]

    @property
    def newest(self) -> Ranking:
        return self.years[0].ranking

    @property
    def present(self) -> tuple[bool, ...]:
        """Whether each place stands in one of the tables."""
        return tuple(any(cells) for cells in zip(*(year.standings for year in self.years), strict=True))

    @property
    def is_shared(self) -> bool:
        return sum(self.present) > 1


@dataclass(frozen=True)
class AwardLine:
    """An award that one of the places won: for each place, in their order, the awards of the editions, newest first."""

    title: str
    series: int
    wins: tuple[tuple[Award, ...], ...]


@dataclass(frozen=True)
class Comparison:
    places: tuple[Place, ...]
    courses: tuple[Course, ...] = ()
    awards: tuple[AwardLine, ...] = ()

    @property
    def shared(self) -> list[Course]:
        return [course for course in self.courses if course.is_shared]

    @property
    def alone(self) -> list[Course]:
        return [course for course in self.courses if not course.is_shared]

    @property
    def ranked(self) -> list[int]:
        """Return which of the places, counted from 0, stand in a ranking."""
        return [at for at in range(len(self.places)) if any(course.present[at] for course in self.courses)]

    @property
    def are_peers(self) -> bool:
        """Whether one ranking holds all of the places that stand in one at all."""
        ranked = self.ranked
        return len(ranked) < LEAST or any(all(course.present[at] for at in ranked) for course in self.courses)

    @property
    def groups(self) -> list[tuple[Place, list[str]]]:
        """Return for each place the titles of the peer groups it is compared in, newest first."""
        return [
            (
                place,
                list(
                    dict.fromkeys(
                        course.newest.peer_group.title
                        for course in self.courses
                        if course.present[at] and course.newest.peer_group
                    )
                ),
            )
            for at, place in enumerate(self.places)
        ]

    @property
    def unranked(self) -> list[Place]:
        """Return the places that won something and stand in no table."""
        return [
            place
            for at, place in enumerate(self.places)
            if at not in self.ranked and place not in self.absent
        ]

    @property
    def absent(self) -> list[Place]:
        """Return the places that stand in no table and won nothing."""
        return [
            place
            for at, place in enumerate(self.places)
            if not any(course.present[at] for course in self.courses)
            and not any(line.wins[at] for line in self.awards)
        ]


def comparison_of(gate: Gate, places: Sequence[Place], line: str = "") -> Comparison:
    """Return what the published editions say of some places, with `line` (a slug) of one ranking alone.

    The number of queries does not depend on how much that is.
    """
    keys = [place.pk for place in places]
    scored = _holders(keys, former_of(keys, same_only=True))
    awarded = _holders(keys, former_of(keys))
    return Comparison(tuple(places), _courses(gate, scored, keys, line), _awards(gate, awarded, keys))


def _holders(keys: Iterable[int], former: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Return from each key under which a place may stand to its own; a place that was chosen itself is itself."""
    holders = {one: key for key in keys for one in former.get(key, ())}
    return holders | {key: key for key in keys}


def _courses(gate: Gate, holders: Mapping[int, int], keys: list[int], line: str) -> tuple[Course, ...]:
    rows = (
        gate.rows(Score)
        .filter(subject__in=list(holders))
        .select_related(
            "subject", "ranking__line", "ranking__peer_group", "ranking__series", "ranking__release__edition"
        )
    )
    if line:
        rows = rows.filter(ranking__line__slug=line)
    rankings: dict[int, Ranking] = {}
    found: dict[int, dict[int, Score]] = defaultdict(dict)
    for row in rows.order_by("ranking", "position"):
        row.ranking = rankings.setdefault(row.ranking_id, row.ranking)
        holder, own = holders[row.subject_id or 0], row.subject_id in keys
        if own or holder not in found[row.ranking_id]:
            found[row.ranking_id][holder] = row
    earlier = {key: rows[0] for key, rows in earlier_of(gate, rankings.values()).items() if rows}
    fields = fields_of(gate, rankings)
    by_line: dict[tuple[str, int], list[TableYear]] = defaultdict(list)
    for ranking in sorted(rankings.values(), key=_order):
        before = earlier.get(ranking.pk)
        year = _year(ranking, before, found, fields[ranking.pk], keys)
        key = ("line", ranking.line_id) if ranking.line_id else ("ranking", ranking.pk)
        by_line[key].append(year)
    courses = [Course(years[0].ranking.line, tuple(years)) for years in by_line.values()]
    return tuple(sorted(courses, key=lambda course: -sum(course.present)))


def _order(ranking: Ranking) -> tuple[int, int, int, int]:
    edition = ranking.release.edition
    return -edition.period_end, -edition.period_start, ranking.series.number, ranking.position


def _year(
    ranking: Ranking,
    before: Ranking | None,
    found: Mapping[int, Mapping[int, Score]],
    field: Field,
    keys: Iterable[int],
) -> TableYear:
    comparability = compare_rankings(ranking, before) if before else None
    former = found.get(before.pk, {}) if before and comparability and comparability.comparable else {}
    ties = {entry.position: field.tied_with(entry) > 0 for entry in field.entries}
    rows = found[ranking.pk]
    standings = tuple(
        _standing(rows[key], former.get(key), field.summary, ties, key) if key in rows else None
        for key in keys
    )
    return TableYear(ranking, standings, field.ranked, field.summary, before, comparability)


def _rank(row: Score) -> int | None:
    return row.computed_rank if row.printed_rank is None else row.printed_rank


def _standing(
    row: Score, before: Score | None, summary: Summary | None, ties: Mapping[int, bool], own: int
) -> Standing:
    score, rank = row.printed_score, _rank(row)
    rank_before = _rank(before) if before else None
    score_before = before.printed_score if before else None
    return Standing(
        row=row,
        rank=rank,
        is_tied=ties.get(row.position, False),
        is_former=row.subject_id != own,
        to_median=score - summary.median if summary and score is not None else None,
        to_best=score - summary.best if summary and score is not None else None,
        moved=rank_before - rank if rank is not None and rank_before is not None else None,
        change=score - score_before if score is not None and score_before is not None else None,
    )


def _awards(gate: Gate, holders: Mapping[int, int], keys: list[int]) -> tuple[AwardLine, ...]:
    rows = gate.rows(Recipient).filter(subject__in=list(holders))
    rows = rows.select_related("award__line", "award__series", "award__release__edition")
    wins: dict[tuple[str, int], dict[int, list[Award]]] = defaultdict(lambda: defaultdict(list))
    newest: dict[tuple[str, int], Award] = {}
    order = ("-award__release__edition__period_end", "award__series__number", "award__position")
    for row in rows.order_by(*order):
        award = row.award
        key = ("line", award.line_id) if award.line_id else ("award", award.pk)
        newest.setdefault(key, award)
        listed = wins[key][holders[row.subject_id or 0]]
        if award not in listed:
            listed.append(award)
    return tuple(
        AwardLine(
            (newest[key].line or newest[key]).title,
            newest[key].series.number,
            tuple(tuple(won[place]) for place in keys),
        )
        for key, won in sorted(wins.items(), key=lambda item: newest[item[0]].series.number)
    )
