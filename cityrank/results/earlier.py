"""The same ranking in earlier editions, for many rankings at once."""

from collections.abc import Iterable

from django.db.models import Q

from cityrank.publishing.gate import Gate
from scores.models import Ranking


def earlier_of(gate: Gate, rankings: Iterable[Ranking]) -> dict[int, list[Ranking]]:
    """Return by the key of each ranking those of its line in earlier editions of the gate, newest first.

    An edition counts once; where lines were merged, the ranking that has the line's own name comes before one that was
    merged into it. One query. The rankings need `release__edition` and `line`.
    """
    asked = list(rankings)
    lines = {row.line_id for row in asked if row.line_id}
    found: list[Ranking] = []
    if lines:
        rows = gate.rows(Ranking).filter(Q(line__in=lines) | Q(line__merged_into__in=lines))
        rows = rows.select_related("series", "line", "peer_group", "release__edition")
        found = list(rows.order_by("-release__edition__period_end", "-release__edition__period_start", "pk"))
    return {row.pk: _before(row, found) for row in asked}


def _before(ranking: Ranking, rows: list[Ranking]) -> list[Ranking]:
    edition = ranking.release.edition
    # A line that the edition still has beside this one has not come together with it yet.
    apart = {row.line_id for row in rows if row.release.edition_id == edition.pk}
    own: dict[int, Ranking] = {}
    for row in rows:
        if row.release.edition.period_end >= edition.period_end or ranking.line_id is None:
            continue
        key = row.release.edition_id
        if row.line_id == ranking.line_id:
            own[key] = row
        elif row.line is not None and row.line.merged_into_id == ranking.line_id and row.line_id not in apart:
            own.setdefault(key, row)
    return sorted(
        own.values(),
        key=lambda row: (row.release.edition.period_end, row.release.edition.period_start),
        reverse=True,
    )
