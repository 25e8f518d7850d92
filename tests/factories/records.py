"""Editions with one ranking line through the years, for what is said of a place over time."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from awards.models import Release
from cityrank.registry.models import Place
from tests.factories import awards, registry, scores

# A place and its score; None is a row without one.
Row = tuple[Place, str | None]


def city(number: int) -> Place:
    return registry.place(f"3396{number:02}", f"第{number}市", "prefecture", registry.zhejiang())


def publish(label: str, rows: Sequence[Row], winners: Sequence[Place] = (), **fields: object) -> Release:
    """Publish an edition with one table of the line `cities`; equal scores have the rank of the first of them.

    With `winners` it has an award on the line `most-influential` too.
    """
    draft = awards.empty_draft(label)
    values = {"cutoff": None, "line": awards.line("cities", "ranking"), **fields}
    table = scores.ranking(awards.series(draft, 8), "cities", **values)
    ranked = [Decimal(value) for _place, value in rows if value]
    for position, (place, value) in enumerate(rows, 1):
        if value is None:
            scores.score(table, position, place, None, status="missing", printed_rank=None)
        else:
            rank = 1 + sum(other > Decimal(value) for other in ranked)
            scores.score(table, position, place, Decimal(value), printed_rank=rank)
    if winners:
        named = [(place.name_zh, place) for place in winners]
        awards.award(awards.series(draft, 1), winners=named, citation=awards.citation(draft))
    # Without its checks, which are tested elsewhere: a story needs several editions, and nothing of how they came out.
    stored = Release.objects.filter(pk=draft.pk)
    for status in ("in_review", "approved"):
        stored.update(status=status)
    stored.update(status="published", published_at=timezone.now())
    draft.refresh_from_db()
    return draft
