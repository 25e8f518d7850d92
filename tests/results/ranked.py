"""Tables of rankings in miniature: places of the registry with scores and ranks, in editions that are published."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Subject
from scores.models import Ranking
from tests.factories import awards, registry, scores

# Who stands in a table: name, and its score as printed; without one nothing was transcribed.
Rows = Sequence[tuple[Subject, str]]


def draft_table(label: str, rows: Rows, **fields: object) -> Ranking:
    """Return a table of the line cities-50 in a draft; ranks are those that follow from the scores, ties shared."""
    ranks: Mapping[int, int] = fields.pop("ranks", {})  # type: ignore[assignment]
    made = scores.ranking(awards.series(awards.empty_draft(label), 8), **fields)
    values = [Decimal(score) for _subject, score in rows if score]
    for position, (subject, score) in enumerate(rows, 1):
        rank = sum(value > Decimal(score) for value in values) + 1 if score else None
        status = {} if score else {"status": "missing"}
        rank = ranks.get(position, rank)
        value = Decimal(score) if score else None
        scores.score(made, position, subject, value, printed_rank=rank, computed_rank=rank, **status)
    return made


def published_table(label: str, rows: Rows, **fields: object) -> Ranking:
    made = draft_table(label, rows, **fields)
    publish(made.release)
    return read(made)


def publish(draft: Release) -> Release:
    awards.acknowledge_all(draft)
    return publish_unattended(draft, reason="第一版")


def read(ranking: Ranking) -> Ranking:
    return Ranking.objects.select_related("release__edition", "line", "peer_group").get(pk=ranking.pk)


def three() -> tuple[Subject, Subject, Subject]:
    return registry.hangzhou(), registry.wenzhou(), registry.taizhou()


def guangzhou() -> Subject:
    guangdong = registry.place("440000", "广东省", "province", name_en="Guangdong")
    return registry.place(
        "440100", "广州市", "prefecture", guangdong, name_en="Guangzhou", pinyin="guang zhou shi"
    )


def many(count: int) -> list[Subject]:
    return [
        registry.place(f"33{number:04}", f"第{number}市", "prefecture", registry.zhejiang())
        for number in range(2001, 2001 + count)
    ]
