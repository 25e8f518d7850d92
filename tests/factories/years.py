"""The same ranking and the same award in several editions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Place
from scores.methodology.ranking import competition_ranks
from scores.models import Ranking
from tests.factories import awards, registry, scores

LINE = "cities-50"


def city(number: int) -> Place:
    return registry.place(f"3399{number:02}", f"第{number}市", "prefecture", registry.zhejiang())


def draft(
    label: str,
    points: Mapping[Place, str | None] | None = None,
    winners: Sequence[Place] = (),
    **fields: object,
) -> Release:
    """Return a draft with one ranking of these scores (None: the source lists the name without one) and one award."""
    release = awards.empty_draft(label)
    table = ranking(release, points or {}, **(({} if points else {"state": "not_transcribed"}) | fields))
    if winners:
        awards.award(
            table.series,
            "best",
            [(place.name_zh, place) for place in winners],
            title_printed=f"{label}年度最佳城市",
        )
    return release


def ranking(
    release: Release, points: Mapping[Place, str | None], slug: str = LINE, **fields: object
) -> Ranking:
    table = scores.ranking(awards.series(release, 8), slug, **{"cutoff": None, **fields})
    scored = {place: Decimal(value) for place, value in points.items() if value is not None}
    ranks = dict(zip(scored, competition_ranks(list(scored.values())), strict=True)) if scored else {}
    for position, place in enumerate(sorted(points, key=lambda one: ranks.get(one, 10_000)), 1):
        status = {} if place in scored else {"status": "missing"}
        rank = int(ranks[place]) if place in ranks else None
        scores.score(table, position, place, scored.get(place), printed_rank=rank, **status)
    return table


def published(label: str, *args: object, **fields: object) -> Release:
    return publish_unattended(draft(label, *args, **fields), reason="第一版")
