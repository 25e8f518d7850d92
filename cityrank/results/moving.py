"""Two tables of one ranking read through a gate, and what happened between them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cityrank.publishing.gate import Gate
from cityrank.results.comparability import Comparability, compare_rankings, reach_of
from cityrank.results.earlier import earlier_of
from cityrank.results.movers import Move, Movement, Standing, movement
from cityrank.results.statistics import Entry, fields_of
from cityrank.results.successors import one_to_one, present_of
from scores.models import Ranking, Score

WITH_PATH = "subject__place__parent__parent__parent__parent__parent"


@dataclass(frozen=True)
class Moved:
    """What happened between two tables; `movement` is None where they do not compare, and `comparability` says why."""

    now: Ranking
    before: Ranking
    comparability: Comparability
    movement: Movement | None = None
    # Ranks that several share, in this year's table and in the one before.
    tied_now: frozenset[int] = frozenset()
    tied_before: frozenset[int] = frozenset()


@dataclass(frozen=True)
class MoveRow:
    """A move with the row of this year's table."""

    move: Move
    row: Score
    is_tied: bool
    was_tied: bool


@dataclass(frozen=True)
class StandingRow:
    """Somebody who stands in one of the tables, with the row of it."""

    standing: Standing
    row: Score


def moved(gate: Gate, others: Gate, ranking: Ranking, since: str = "") -> tuple[Moved | None, list[Ranking]]:
    """Return what happened since the edition with the label `since`, or since the one before; and all to choose from.

    The first is None where no earlier edition has the ranking, or not the one that was asked for. `ranking` is read
    through `gate`, earlier ones through `others`.
    """
    earlier = earlier_of(others, [ranking])[ranking.pk]
    wanted = [row for row in earlier if not since or row.release.edition.label == since]
    if not wanted:
        return None, earlier
    before = wanted[0]
    between = [row for row in earlier if row.pk != before.pk]
    comparability = compare_rankings(ranking, before, between)
    if not comparability.comparable:
        return Moved(ranking, before, comparability), earlier
    now = fields_of(gate, [ranking.pk])[ranking.pk].entries
    then = fields_of(others, [before.pk])[before.pk].entries
    return Moved(
        now=ranking,
        before=before,
        comparability=comparability,
        movement=_movement(ranking, now, before, then),
        tied_now=_tied(now),
        tied_before=_tied(then),
    ), earlier


def _movement(ranking: Ranking, now: Iterable[Entry], before: Ranking, then: Iterable[Entry]) -> Movement:
    present = [Standing(row.subject, row.rank, row.score) for row in now if row.subject]
    former = [Standing(row.subject, row.rank, row.score) for row in then if row.subject]
    today = present_of({row.who for row in former} - {row.who for row in present}, same_only=True)
    follows = one_to_one((row.who for row in former), (row.who for row in present), today)
    former = [Standing(follows[row.who], row.rank, row.score) for row in former]
    return movement(present, former, reach_now=reach_of(ranking), reach_before=reach_of(before))


def _tied(entries: Iterable[Entry]) -> frozenset[int]:
    counts = Counter(entry.rank for entry in entries if entry.rank is not None)
    return frozenset(rank for rank, times in counts.items() if times > 1)


def rows_of(gate: Gate, ranking: Ranking, standings: Iterable[Standing]) -> list[StandingRow]:
    """Return the rows of a table for some of those who stand in it, in their order. One query."""
    shown = list(standings)
    rows = gate.rows(Score).filter(ranking=ranking, subject__in=[row.who for row in shown])
    by_subject: dict[int | None, Score] = {}
    for row in rows.select_related(WITH_PATH):
        row.ranking = ranking  # it knows the decimals, and is here already
        by_subject[row.subject_id] = row
    return [StandingRow(one, by_subject[one.who]) for one in shown if one.who in by_subject]


def move_rows(gate: Gate, found: Moved, moves: Iterable[Move]) -> list[MoveRow]:
    """Return some of the moves with the rows of this year's table, in their order. One query."""
    shown = list(moves)
    by_key = {one.row.subject_id: one.row for one in rows_of(gate, found.now, [move.now for move in shown])}
    return [
        MoveRow(
            move=move,
            row=by_key[move.who],
            is_tied=move.now.rank in found.tied_now,
            was_tied=move.before.rank in found.tied_before,
        )
        for move in shown
        if move.who in by_key
    ]
