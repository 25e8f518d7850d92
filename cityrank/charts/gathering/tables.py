"""Rankings with their rows."""

from dataclasses import replace

from django.db.models import QuerySet

from cityrank.charts.data import Row, Table, TwoYears
from cityrank.charts.gathering.sources import source_of
from cityrank.publishing.gate import Gate
from cityrank.registry.numbers import shown
from cityrank.results.comparability import compare_rankings, gate_before
from cityrank.results.earlier import earlier_of
from cityrank.results.successors import one_to_one, present_of
from cityrank.results.table_rows import Stored, rows_of
from scores.models import Ranking, Score


def ranking_at(gate: Gate, slug: str) -> Ranking | None:
    return rankings_of(gate).filter(slug=slug).first()


def rankings_of(gate: Gate) -> QuerySet[Ranking]:
    found = gate.rows(Ranking).select_related("series", "line", "peer_group", "source", "release__edition")
    return found.order_by("series__number", "position")


def table_of(gate: Gate, ranking: Ranking) -> Table:
    """Return a ranking with all its rows in order; one query."""
    return Table(
        slug=ranking.slug,
        title=ranking.title,
        edition=ranking.release.edition.label,
        group=ranking.peer_group.title if ranking.peer_group else "",
        unit=ranking.unit,
        maximum=ranking.max_score,
        rows=tuple(_row(ranking, row) for row in rows_of(gate, ranking)),
        source=source_of(ranking.release),
    )


def _row(ranking: Ranking, row: Stored) -> Row:
    decimals = ranking.decimals if row.decimals is None else row.decimals
    return Row(
        key=str(row.subject or row.printed_name),
        called=row,
        score=row.score,
        shown=shown(row.score, 4 if decimals is None else decimals),
        rank=row.rank,
        is_estimated=row.status == Score.Status.ESTIMATED,
    )


def two_years(gate: Gate, ranking: Ranking) -> TwoYears:
    """Return a table with that of the edition before it, where the two compare, else with the reasons why not.

    A place that goes on under another name is followed (`cityrank.results.successors`).
    """
    now = table_of(gate, ranking)
    others = gate_before(ranking.release)
    earlier = earlier_of(others, [ranking])[ranking.pk]
    if not earlier or not now.scored:
        return TwoYears(now)
    found = compare_rankings(ranking, earlier[0])
    if not found.comparable:
        return TwoYears(now, None, tuple(found.reasons))
    before = _followed(table_of(others, earlier[0]), now)
    return TwoYears(now, before, (), tuple(found.caveats))


def _followed(before: Table, now: Table) -> Table:
    """Give the rows of an earlier table the keys that their subjects have in a later one."""
    earlier, later = ([int(row.key) for row in table.rows if row.key.isdecimal()] for table in (before, now))
    keys = one_to_one(earlier, later, present_of(set(earlier) - set(later), same_only=True))
    rows = (replace(row, key=str(keys[int(row.key)])) if row.key.isdecimal() else row for row in before.rows)
    return replace(before, rows=tuple(rows))
