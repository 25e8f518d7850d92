"""Who rose and who fell in a ranking since an earlier edition."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cityrank.pages.paging import page_of
from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import Gate, open_gate
from cityrank.results.comparability import gate_before
from cityrank.results.movers import Move, Standing
from cityrank.results.moving import Moved, move_rows, moved, rows_of
from scores.models import Ranking

ROWS_SHOWN = 100
# The largest rises and falls that stand above the table, and names in each of the other lists.
LARGEST = 5
NAMES_SHOWN = 60


def _change(move: Move) -> Any:
    return move.change is None, -(move.change or 0), move.now.rank


# By what the table is sorted; a minus before the name turns the order round.
SORTS: dict[str, Callable[[Move], Any]] = {
    "places": lambda move: (-move.places, move.now.rank),
    "rank": lambda move: (move.now.rank, -move.places),
    "before": lambda move: (move.before.rank, move.now.rank),
    "change": _change,
}
DEFAULT = "places"


@reads_release
def movers(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    rankings = scope.gate.rows(Ranking).select_related("series", "line", "peer_group", "release__edition")
    ranking = get_object_or_404(rankings, slug=slug)
    others = gate_before(scope.release) if scope.is_frozen else open_gate()
    since = request.GET.get("from", "")
    found, earlier = moved(scope.gate, others, ranking, since)
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in SORTS else DEFAULT
    context = {
        "scope": scope,
        "ranking": ranking,
        "earlier": earlier,
        "found": found,
        "since": found.before.release.edition.label if found and since else "",
        "sort": sort,
        "sorts": {name: f"-{name}" if sort == name else name for name in SORTS},
        "states": {name: _state(name, sort) for name in SORTS},
        "has_one_address": bool(since),
    }
    if found and found.movement:
        context |= _moves(request, scope, found, sort) | _lists(scope.gate, others, found)
    return render(request, "pages/movers.html", context)


def _state(name: str, sort: str) -> str:
    """What aria-sort says of a column. Rises are best first, so that the first order of them is falling figures."""
    if sort.removeprefix("-") != name:
        return "none"
    first, second = (
        ("descending", "ascending") if name in ("places", "change") else ("ascending", "descending")
    )
    return second if sort.startswith("-") else first


def _moves(request: HttpRequest, scope: Scope, found: Moved, sort: str) -> dict[str, Any]:
    assert found.movement
    ordered = sorted(found.movement.moves, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    page = page_of(request, ordered, ROWS_SHOWN)
    rises = sorted(found.movement.risers, key=SORTS["places"])[:LARGEST]
    falls = sorted(found.movement.fallers, key=lambda move: (move.places, move.now.rank))[:LARGEST]
    rows = move_rows(scope.gate, found, dict.fromkeys([*page, *rises, *falls]))
    by_who = {row.move.who: row for row in rows}
    return {
        "page": page,
        "rows": [by_who[move.who] for move in page],
        "rises": [by_who[move.who] for move in rises],
        "falls": [by_who[move.who] for move in falls],
        "movement": found.movement,
    }


def _lists(gate: Gate, others: Gate, found: Moved) -> dict[str, Any]:
    """Those who stand in one table only; each list with as many rows as a page shows."""
    movement = found.movement
    assert movement

    def first(standings: tuple[Standing, ...]) -> list[Standing]:
        return sorted(standings, key=lambda row: (row.rank is None, row.rank))[:NAMES_SHOWN]

    here = {name: first(getattr(movement, name)) for name in ("entered", "beyond_before", "unranked")}
    there = {name: first(getattr(movement, name)) for name in ("left", "beyond_now")}
    rows = {
        **{
            one.standing: one
            for one in rows_of(gate, found.now, [row for rows in here.values() for row in rows])
        },
        **{
            one.standing: one
            for one in rows_of(others, found.before, [row for rows in there.values() for row in rows])
        },
    }
    return {name: [rows[row] for row in listed if row in rows] for name, listed in (here | there).items()}
