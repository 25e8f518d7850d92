"""Tables that are keyed from a picture, by two people and a third."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from cityrank.publishing.entering import finish, open_entry, save_rows
from cityrank.publishing.models import Entry
from cityrank.registry.models import Place
from scores.models import Ranking
from tests.factories import accounts, awards, registry, scores

NAMES = ("杭州", "宁波", "温州")
# Rank, name and score as a person reads them.
Typed = tuple[str, str, str]
RIGHT: list[Typed] = [("1", "杭州", "90.10"), ("2", "宁波", "88.20"), ("3", "温州", "85.30")]


def cities() -> dict[str, Place]:
    """Return three cities by the names that a table prints."""
    return {
        name: registry.place(f"3390{number:02}", f"{name}市", "prefecture", registry.zhejiang())
        for number, name in enumerate(NAMES, 1)
    }


def table(**fields: object) -> Ranking:
    """Return a table without rows in a draft, assigned to ada and ben; cai is an evaluator who has not entered it."""
    cities()
    values = {"expected_count": 3, "cutoff": None, "state": "not_transcribed", **fields}
    made = scores.ranking(awards.series(awards.empty_draft()), **values)
    for name in ("ada", "ben", "cai"):
        accounts.user("evaluator", name)
    for name in ("ada", "ben"):
        accounts.takes_all(made.release, name)
    return made


def person(name: str) -> User:
    return User.objects.get(username=name)


def row(position: int, typed: Typed, **more: object) -> dict[str, object]:
    """Return a row as the grid sends it."""
    rank, name, score = typed
    city = cities().get(name)
    return {
        "position": position,
        "version": position,
        "base": 0,
        "printed_rank": rank,
        "printed_name": name,
        "subject": city.pk if city else None,
        "printed_score": score,
        "status": "final",
        **more,
    }


def typed(ranking: Ranking, name: str, rows: Sequence[Typed] = RIGHT) -> Entry:
    """Return somebody's entry of a table with these rows, not finished."""
    entry = open_entry(ranking, person(name))
    save_rows(entry, [row(position, one) for position, one in enumerate(rows, 1)], person(name))
    return entry


def finished(ranking: Ranking, name: str, rows: Sequence[Typed] = RIGHT) -> Entry:
    return finish(typed(ranking, name, rows), person(name))
