"""Whom a place took over from: what it received under a former name belongs to its story."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cityrank.publishing.gate import public_places
from cityrank.registry.models import Place, Subject, Succession

# Nobody took over from more; whoever enters a circle of successions gets no endless page.
MOST = 100
# After these a place is the same as before, by another name, code or rank.
GOES_ON = (
    Succession.Kind.RENAMED,
    Succession.Kind.RECODED,
    Succession.Kind.UPGRADED,
    Succession.Kind.TRANSFERRED,
)


@dataclass(frozen=True)
class Former:
    """A place that another one took over from, at whatever distance; `step` is the succession that ended it.

    `is_same` tells that the later place is this one and nothing else, so that their ranks may be compared.
    """

    place: Place
    step: Succession
    is_same: bool


def formers_of(subject: Subject, since: int | None) -> tuple[Former, ...]:
    """Return the places that a place took over from and that existed in the year `since` or later, nearest first.

    With `since` None, where nothing was published, there are none; nor are there for what is no place. One query for
    each step of the chain.
    """
    if subject.kind != Subject.Kind.PLACE or since is None:
        return ()
    found: dict[int, Former] = {}
    same = {subject.pk: True}
    while same and len(found) < MOST:
        rows = list(_steps(list(same), since))
        after = [row.successor_id for row in rows]
        fresh = {}
        for row in rows:
            if row.predecessor_id in found or row.predecessor_id == subject.pk:
                continue
            is_same = same[row.successor_id] and row.kind in GOES_ON and after.count(row.successor_id) == 1
            found[row.predecessor_id] = Former(row.predecessor, row, is_same)
            fresh[row.predecessor_id] = is_same
        same = fresh
    return tuple(found.values())


def _steps(successors: list[int], since: int) -> QuerySet[Succession]:
    existed = Q(predecessor__valid_to__isnull=True) | Q(predecessor__valid_to__gte=dt.date(since, 1, 1))
    # Narrowed on the inside too: else the database works out all public places first.
    public = public_places().filter(succeeded_by__successor__in=successors).values("pk")
    rows = Succession.objects.filter(existed, successor__in=successors, predecessor__in=public)
    return rows.select_related("predecessor", "successor").order_by("-date", "pk")
