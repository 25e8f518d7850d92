"""Who wins which award, and the sentence that says why."""

from awards.models import Award, Citation, Line, Recipient, Release, Series, Source
from cityrank.exchange.demo.chance import normal, standing
from cityrank.exchange.demo.frame import PRIZES, Prize
from cityrank.exchange.demo.subjects import Taker, pool

NAMED = 3


def prizes_of(year: int) -> list[Prize]:
    return [prize for prize in PRIZES if prize.since <= year]


def fill(draft: Release, source: Source, most: int | None = None) -> None:
    """Write the recipients of every award, at most `most` of each, and their citations."""
    year = draft.edition.period_end
    pools = {name: pool(name, draft) for name in {prize.pool for prize in prizes_of(year)}}
    citations: dict[str, Citation] = {}
    for award in Award.objects.of_release(draft).order_by("series__number", "position"):
        prize = next(prize for prize in PRIZES if prize.slug == award.slug)
        winners = _winners(prize, pools[prize.pool], year, most)
        key = prize.citation or prize.slug
        if key not in citations:
            citations[key] = _citation(draft, prize, key, winners, year, source)
        award.citation, award.source, award.expected_count = citations[key], source, len(winners)
        award.save()
        Recipient.objects.bulk_create(
            Recipient(
                award=award, position=place, printed_name=taker.name, subject_id=taker.pk, source=source
            )
            for place, taker in enumerate(winners, 1)
        )


def _winners(prize: Prize, takers: list[Taker], year: int, most: int | None) -> list[Taker]:
    """Return who wins: the same places again and again, but not the same each year. No name stands there twice."""
    ordered = sorted(
        takers,
        key=lambda taker: (
            -(standing(taker.slug, prize.slug) + 0.7 * normal(taker.slug, prize.slug, year)),
            taker.slug,
        ),
    )
    winners: dict[str, Taker] = {}
    for taker in ordered:
        winners.setdefault(taker.name, taker)
        if len(winners) == min(prize.count, most or prize.count):
            break
    return list(winners.values())


def _citation(
    draft: Release, prize: Prize, key: str, winners: list[Taker], year: int, source: Source
) -> Citation:
    names = "、".join(taker.name for taker in winners[:NAMED])
    rest = "等" if len(winners) > NAMED else ""
    return Citation.objects.create(
        release=draft,
        key=key,
        kind=Citation.Kind.SUMMARY,
        heading="获奖理由",
        source=source,
        text_zh=f"（虚构）{year}年，{names}{rest}在{prize.topic_zh}方面进展显著，示例评估组以此为例。",
        text_en=f"(Invented) In {year} the sample jury took {prize.topic_en} as the example that decided this award.",
    )


def add_new_awards(draft: Release, lines: dict[str, Line]) -> None:
    """Add the awards that are given for the first time in the year of a draft."""
    year = draft.edition.period_end
    there = set(Award.objects.of_release(draft).values_list("slug", flat=True))
    for prize in prizes_of(year):
        if prize.slug not in there:
            write_award(Series.objects.get(release=draft, number=prize.series), prize, lines[prize.slug])


def write_award(series: Series, prize: Prize, line: Line) -> Award:
    year = series.release.edition.period_end
    return Award.objects.create(
        series=series,
        position=series.awards.count() + 1,
        slug=prize.slug,
        line=line,
        title_listed=prize.title_zh,
        title_printed=prize.title_zh,
        title_en=prize.title_en,
        period_listed=f"{year}年度",
        period_printed=f"{year}年度",
    )
