"""An award or a ranking over the years: what it was called, who won, who won again, and where it is missing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Prefetch, Q

from awards.models import Award, Edition, Line, Recipient, Release
from cityrank.publishing.gate import Gate
from cityrank.results.comparability import Comparability, compare_rankings
from cityrank.results.successors import present_of
from cityrank.results.winners import Year, continuity
from scores.models import Ranking, Score

# Ranks that are named for each edition of a ranking.
LEADERS = 3
YEARS = re.compile(r"^[0-9\-\u2013\u2014~至]+年度?")
WITH_PATH = "subject__place__parent__parent__parent__parent__parent"


@dataclass(frozen=True)
class Gap:
    """An edition that does not have the line."""

    edition: Edition


@dataclass(frozen=True)
class GivenYear:
    """The awards of the line in one edition, usually one; `year` compares its winners with those before."""

    edition: Edition
    awards: tuple[Award, ...]
    winners: tuple[tuple[Recipient, int], ...]
    year: Year

    @property
    def again(self) -> int:
        return len(self.year.again) + len(self.year.returned)


@dataclass(frozen=True)
class Repeated:
    """A winner of several editions, by the newest row that names it, and in which of them it won."""

    recipient: Recipient
    editions: frozenset[int]


@dataclass(frozen=True)
class RankedYear:
    """A ranking of the line in one edition; `comparability` is that with the table before, None for the first."""

    edition: Edition
    ranking: Ranking
    rows: int
    leaders: tuple[Score, ...] = ()
    comparability: Comparability | None = None


@dataclass(frozen=True)
class Past:
    """A line through the editions of a gate, newest first, with a `Gap` for each that left it out."""

    line: Line
    years: tuple[Any, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    # Lines that have come together in this one, and the one that this has become, as published editions show it.
    merged: tuple[Line, ...] = ()
    goes_on_as: Line | None = None
    winners: int = 0
    # As printed, without the year before them, in the order of time.
    titles: tuple[str, ...] = ()

    @property
    def kept(self) -> list[Any]:
        return [year for year in self.years if not isinstance(year, Gap)]

    @property
    def gaps(self) -> list[Gap]:
        return [year for year in self.years if isinstance(year, Gap)]


def past_of(gate: Gate, line: Line) -> Past:
    """Return what the published editions tell of a line; the number of queries does not depend on theirs."""
    releases = list(gate.releases.select_related("edition"))
    releases.sort(key=lambda one: _when(one.edition))
    model = Award if line.kind == Line.Kind.AWARD else Ranking
    rows = _rows(gate, model, line)
    merged, goes_on_as = _mergers(line, rows)
    own = [row for row in rows if row.line_id == line.pk or row.line_id in {one.pk for one in merged}]
    by_edition: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(own, key=lambda row: row.line_id != line.pk):
        by_edition[row.release.edition_id].append(row)
    past = _given(line, by_edition, releases) if model is Award else _ranked(gate, line, by_edition, releases)
    own.sort(key=lambda row: _when(row.release.edition))
    titles = tuple(dict.fromkeys(YEARS.sub("", row.title_printed) for row in own))
    return replace(past, merged=merged, goes_on_as=goes_on_as, titles=titles)


def _when(edition: Edition) -> tuple[int, int]:
    return edition.period_end, edition.period_start


def _rows(gate: Gate, model: type[Any], line: Line) -> list[Any]:
    near = Q(line=line) | Q(line__merged_into=line)
    if line.merged_into_id:
        near |= Q(line=line.merged_into_id)
    rows = gate.rows(model).filter(near).select_related("line", "series", "release__edition")
    if model is Award:
        recipients = gate.rows(Recipient).select_related("subject__place").order_by("position")
        rows = rows.prefetch_related(Prefetch("recipients", recipients))
    else:
        rows = rows.select_related("peer_group")
    return list(rows.order_by("series__number", "position"))


def _mergers(line: Line, rows: Iterable[Any]) -> tuple[tuple[Line, ...], Line | None]:
    """Return the lines merged into this one and the one it went on as, where a published edition came after them.

    The registry may know of a merger that only a draft has made.
    """
    lines: dict[int, Line] = {}
    seen: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        lines[row.line_id] = row.line
        seen[row.line_id].append(_when(row.release.edition))
    own = seen.get(line.pk, [])
    merged = [
        one
        for key, one in lines.items()
        if one.merged_into_id == line.pk and own and max(own) > max(seen[key])
    ]
    later = lines.get(line.merged_into_id or 0)
    has_gone_on = later is not None and own and max(seen[later.pk]) > max(own)
    return tuple(merged), later if has_gone_on else None


def _with_gaps(releases: Sequence[Release], kept: dict[int, Any]) -> tuple[Any, ...]:
    """Return the years newest first, from the first that has the line on, with a gap for each edition without it."""
    editions = [release.edition for release in releases]
    first = next((at for at, edition in enumerate(editions) if edition.pk in kept), len(editions))
    return tuple(kept.get(edition.pk) or Gap(edition) for edition in reversed(editions[first:]))


def _given(line: Line, by_edition: dict[int, list[Award]], releases: Sequence[Release]) -> Past:
    named = {
        row.subject_id for awards in by_edition.values() for award in awards for row in award.recipients.all()
    }
    present = present_of({key for key in named if key})
    winners: dict[int, list[tuple[Recipient, int]]] = {}
    for release in releases:
        rows = [row for award in by_edition.get(release.edition_id, ()) for row in award.recipients.all()]
        if release.edition_id in by_edition:
            winners[release.edition_id] = [
                (row, present[row.subject_id]) for row in rows if row.subject_id is not None
            ]
    years = continuity({key: [who for _row, who in rows] for key, rows in winners.items()})
    kept = {
        key: GivenYear(awards[0].release.edition, tuple(awards), tuple(winners[key]), years[key])
        for key, awards in by_edition.items()
    }
    return Past(
        line,
        _with_gaps(releases, kept),
        _repeated(winners),
        winners=len({who for rows in winners.values() for _row, who in rows}),
    )


def _repeated(winners: dict[int, list[tuple[Recipient, int]]]) -> tuple[Repeated, ...]:
    """Return who won in several editions, most often first and then by name; `winners` is in the order of time."""
    rows: dict[int, Recipient] = {}
    editions: dict[int, set[int]] = defaultdict(set)
    for key, listed in winners.items():
        for row, who in listed:
            rows[who] = row
            editions[who].add(key)
    found = [Repeated(rows[who], frozenset(keys)) for who, keys in editions.items() if len(keys) > 1]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -len(one.editions),
                one.recipient.subject.pinyin if one.recipient.subject else "",
            ),
        )
    )


def _ranked(
    gate: Gate, line: Line, by_edition: dict[int, list[Ranking]], releases: Sequence[Release]
) -> Past:
    rankings = {key: rows[0] for key, rows in by_edition.items()}
    leaders = _leaders(gate, rankings.values())
    counts = _counts(gate, rankings.values())
    kept: dict[int, RankedYear] = {}
    before: Ranking | None = None
    for release in releases:
        ranking = rankings.get(release.edition_id)
        if ranking is None:
            continue
        comparability = compare_rankings(ranking, before) if before else None
        kept[release.edition_id] = RankedYear(
            ranking.release.edition,
            ranking,
            counts.get(ranking.pk, 0),
            tuple(leaders.get(ranking.pk, ())),
            comparability,
        )
        before = ranking
    return Past(line, _with_gaps(releases, kept))


def _counts(gate: Gate, rankings: Iterable[Ranking]) -> dict[int, int]:
    rows = gate.rows(Score).filter(ranking__in=list(rankings)).order_by()
    return dict(rows.values_list("ranking").annotate(rows=Count("pk")))


def _leaders(gate: Gate, rankings: Iterable[Ranking]) -> dict[int, list[Score]]:
    first = Q(printed_rank__lte=LEADERS) | Q(printed_rank=None, computed_rank__lte=LEADERS)
    rows = gate.rows(Score).filter(first, ranking__in=list(rankings)).select_related("ranking", WITH_PATH)
    found: dict[int, list[Score]] = defaultdict(list)
    for row in rows.order_by("ranking", "position"):
        found[row.ranking_id].append(row)
    return found
