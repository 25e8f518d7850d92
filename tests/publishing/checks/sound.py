"""A draft in miniature in which no rule finds anything, and the shape of the cases that change it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from awards.models import Award, Release, Source
from scores.models import GroupAverage, Ranking, Score
from tests.factories import awards, registry, scores

Change = Callable[[Release], object]


@dataclass(frozen=True)
class Case:
    """`trips` changes a sound draft so that the rule finds `row`; after `passes`, a near miss, it finds nothing."""

    row: str
    trips: Change
    passes: Change


def sound_draft() -> Release:
    draft = awards.empty_draft()
    source = Source.objects.create(release=draft, key="bulletin", **awards.BULLETIN)
    why = awards.citation(draft)
    towns = [(f"第{n}镇", registry.town(f"33010610{n}", f"第{n}镇")) for n in (1, 2, 3)]
    title = "2017-2018年度最佳城镇"
    awards.award(
        awards.series(draft, 1),
        "best",
        towns,
        title_listed=title,
        title_printed=title,
        citation=why,
        source=source,
    )
    table = scores.ranking(
        awards.series(draft, 8),
        "cities",
        rows=4,
        title_listed="省会城市得分排名",
        title_printed="省会城市得分排名",
        cutoff=None,
        expected_count=4,
        source=source,
    )
    scores.average(
        draft,
        1,
        table,
        top_n=2,
        printed_value=Decimal("89.50"),
        printed_previous=Decimal("80.00"),
        printed_change=Decimal("9.50"),
        source=source,
    )
    return draft


def the_award(draft: Release) -> Award:
    return Award.objects.get(release=draft)


def the_table(draft: Release) -> Ranking:
    return Ranking.objects.get(release=draft)


def the_average(draft: Release) -> GroupAverage:
    return GroupAverage.objects.get(release=draft)


def award(**fields: object) -> Change:
    return lambda draft: Award.objects.filter(release=draft).update(**fields)


def table(**fields: object) -> Change:
    return lambda draft: Ranking.objects.filter(release=draft).update(**fields)


def row(position: int, **fields: object) -> Change:
    """Change a row of the table; its scores are 90, 89, 88 and 87."""
    return lambda draft: Score.objects.of_release(draft).filter(position=position).update(**fields)


def average(**fields: object) -> Change:
    return lambda draft: GroupAverage.objects.filter(release=draft).update(**fields)


def release(**fields: object) -> Change:
    return lambda draft: Release.objects.filter(pk=draft.pk).update(**fields)


def each(*changes: Change) -> Change:
    return lambda draft: [change(draft) for change in changes]
