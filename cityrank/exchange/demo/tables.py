"""The rows of the rankings, and the averages that the invented bulletin prints of them."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from awards.models import Release, Source
from cityrank.exchange.demo.chance import normal, standing
from cityrank.exchange.demo.frame import LADDERS, LONG, Ladder
from cityrank.exchange.demo.subjects import Taker, members_of
from cityrank.publishing.checks.comparing import score_rate
from cityrank.registry.numbers import rounded
from scores.methodology.ranking import competition_ranks
from scores.models import Band, GroupAverage, Ranking, Score

FIRST_YEAR = 2019
# From this year on cities can earn five points more than a hundred, by another method than before.
METHOD_CHANGED = 2021
NEW_MAXIMUM = Decimal(105)
REFORMED = ("municipalities-and-sub-provincial", "provincial-capitals", "prefectures-50")
# By table and subject: in which years its value is missing or estimated.
MISSING = {("provinces-digital-economy", "710000"): (2019, 2020), ("counties-30", ""): (2022,)}
ESTIMATED = {
    ("provinces-digital-economy", "820000"): (2020, 2021),
    ("provincial-capitals", "540100"): (2022, 2023),
}
# A table that the bulletin of a year shows as a picture, announces only, or tells the first three of.
PICTURES, ANNOUNCED, PARTLY = {("counties-30", 2019)}, {("common-apps", 2019)}, {("service-providers", 2019)}
# Averages of which a printed figure contradicts the others, as bulletins do.
WRONG_CHANGE = {("provincial-capitals", 2021): Decimal("1.10")}
WRONG_VALUE = {("municipal-districts-20", 2022): Decimal("0.30")}
OTHER_COUNT = {("sub-provincial-districts-30", 2020): 20}


class Row(NamedTuple):
    taker: Taker
    score: Decimal | None
    status: str


def ladder_of(ranking: Ranking) -> Ladder:
    return next(ladder for ladder in (*LADDERS, LONG) if ladder.slug == ranking.slug)


def fill(ranking: Ranking, source: Source, most: int | None = None) -> None:
    """Write the rows of a ranking, at most `most` of them, and what the release says about the table itself."""
    ladder, year = ladder_of(ranking), ranking.release.edition.period_end
    _describe(ranking, ladder, year, source, most)
    if ranking.state in (Ranking.State.NOT_TRANSCRIBED, Ranking.State.ANNOUNCED):
        return
    rows = _rows(ranking, ladder, year, most)
    ranks = iter(
        competition_ranks([row.score for row in rows if row.score is not None], ranking.tie_rule).tolist()
    )
    bands = list(Band.objects.filter(ranking=ranking).order_by("position"))
    scores, named = [], Counter(row.taker.name for row in rows)
    for position, row in enumerate(rows, 1):
        rank = next(ranks) if row.score is not None else None
        score = Score(ranking=ranking, position=position, subject_id=row.taker.pk)
        above = row.taker.above if named[row.taker.name] > 1 else ""
        score.printed_name = f"{above}{row.taker.name}"
        score.printed_rank = score.computed_rank = rank
        score.printed_score, score.status, score.source = row.score, row.status, source
        score.band = next((band for band in bands if _belongs(rank, row.score, band)), None)
        scores.append(score)
    Score.objects.bulk_create(scores, batch_size=500)
    ranking.expected_count = len(scores) if ranking.state == Ranking.State.COMPLETE else ranking.cutoff
    ranking.save()


def _describe(ranking: Ranking, ladder: Ladder, year: int, source: Source, most: int | None) -> None:
    ranking.source = source
    ranking.state = Ranking.State.COMPLETE
    ranking.cutoff = min(ladder.cutoff, most or ladder.cutoff) if ladder.cutoff else None
    ranking.note_zh, ranking.note_en = "数据均为虚构。", "All figures are invented."
    if (ladder.slug, year) in PARTLY:
        ranking.state = Ranking.State.PARTIAL
    if (ladder.slug, year) in ANNOUNCED:
        ranking.state = Ranking.State.ANNOUNCED
    if (ladder.slug, year) in PICTURES:
        ranking.state, ranking.image_caption = Ranking.State.NOT_TRANSCRIBED, f"{ladder.title_zh}.jpg"
        ranking.expected_count = ranking.cutoff
    if ladder.slug in REFORMED and year >= METHOD_CHANGED:
        ranking.max_score = NEW_MAXIMUM
        if year == METHOD_CHANGED:
            ranking.method_changed = True
            ranking.method_note_zh = (
                "本年度起满分由100分改为105分，新增5分加分项，得分与上一年度不可直接比较。"
            )
            ranking.method_note_en = (
                "From this year on 105 points can be earned instead of 100: five are a bonus. "
                "Scores cannot be set against those of the year before."
            )
    ranking.save()


def _rows(ranking: Ranking, ladder: Ladder, year: int, most: int | None) -> list[Row]:
    """Return the rows of a table, best first: two of them tied, those without a value last."""
    takers = members_of(ranking.peer_group) if ranking.peer_group else []
    if ranking.state == Ranking.State.PARTIAL:
        return [Row(taker, None, Score.Status.NOT_TRANSCRIBED) for taker in takers[:3]]
    rows = [
        Row(taker, _score(ranking, ladder, year, taker), _status(ladder, year, taker)) for taker in takers
    ]
    rows.sort(key=lambda row: (-(row.score or 0), row.taker.slug))
    rows = rows[: min(ranking.cutoff or len(rows), most or len(rows))]
    if len(rows) >= 5:
        rows[3] = rows[3]._replace(score=rows[2].score)
    if year in MISSING.get((ladder.slug, ""), ()):
        rows[-1] = rows[-1]._replace(status=Score.Status.MISSING)
    without = [row._replace(score=None) for row in rows if row.status == Score.Status.MISSING]
    return [row for row in rows if row.status != Score.Status.MISSING] + without


def _score(ranking: Ranking, ladder: Ladder, year: int, taker: Taker) -> Decimal:
    well = standing(taker.slug, ladder.group)
    value = (
        ladder.middle + 5.5 * well + 1.1 * (year - FIRST_YEAR) + 1.3 * normal(taker.slug, ladder.slug, year)
    )
    if ladder.slug in REFORMED and year >= METHOD_CHANGED:
        value += 2.5 + normal(taker.slug, "bonus")
    highest = float(ranking.max_score or 100)
    return rounded(Decimal(min(max(value, 20.0), highest)), ladder.decimals)


def _status(ladder: Ladder, year: int, taker: Taker) -> str:
    if year in MISSING.get((ladder.slug, taker.slug), ()):
        return Score.Status.MISSING
    if year in ESTIMATED.get((ladder.slug, taker.slug), ()):
        return Score.Status.ESTIMATED
    return Score.Status.FINAL


def _belongs(rank: int | None, score: Decimal | None, band: Band) -> bool:
    if rank is None or score is None:
        return False
    if band.first_rank is not None:
        return band.first_rank <= rank <= (band.last_rank or rank)
    lowest, highest = band.lowest_score or Decimal(), band.highest_score
    return lowest <= score and (highest is None or score <= highest)


def write_bands(ranking: Ranking, ladder: Ladder) -> None:
    """Give a table of the first edition its bands; the tables of later editions take them over."""
    labels = [("领先", "Leading"), ("追赶", "Advancing"), ("起步", "Starting")]
    if ladder.bands == "rank":
        ends: Sequence = [(1, 10), (11, 30), (31, None)]
        names = ("first_rank", "last_rank")
    elif ladder.bands == "score":
        ends = [(Decimal(75), None), (Decimal(68), Decimal("74.99")), (Decimal(0), Decimal("67.99"))]
        names = ("lowest_score", "highest_score")
    else:
        return
    for position, (label, limits) in enumerate(zip(labels, ends, strict=True), 1):
        values = dict(zip(names, limits, strict=True)) | {"label_zh": label[0], "label_en": label[1]}
        Band.objects.create(ranking=ranking, position=position, **values)


def write_averages(draft: Release, source: Source, former: Release | None) -> None:
    """Write what the invented bulletin prints of the averages; some of it contradicts the tables or itself."""
    year = draft.edition.period_end
    before = {row.printed_label: row for row in GroupAverage.objects.of_release(former)} if former else {}
    rankings = Ranking.objects.of_release(draft).select_related("peer_group").order_by("series", "position")
    position = 0
    for ranking in rankings:
        ladder = ladder_of(ranking)
        value = _average(ranking, OTHER_COUNT.get((ladder.slug, year), ranking.cutoff))
        if not ladder.averaged or ranking.peer_group is None or value is None:
            continue
        position += 1
        value += WRONG_VALUE.get((ladder.slug, year), Decimal())
        row = GroupAverage(
            release=draft, position=position, ranking=ranking, source=source, printed_value=value
        )
        row.printed_label, row.label_en = ranking.peer_group.title_zh, ranking.peer_group.title_en
        row.top_n = OTHER_COUNT.get((ladder.slug, year), ranking.cutoff)
        if past := before.get(row.printed_label):
            row.printed_previous = past.printed_value
            row.printed_change = value - past.printed_value + WRONG_CHANGE.get((ladder.slug, year), Decimal())
        row.save()


def _average(ranking: Ranking, top_n: int | None) -> Decimal | None:
    found = ranking.scores.values_list("printed_score", flat=True)
    scores = [score for score in found if score is not None]
    if not scores or ranking.max_score is None:
        return None
    return score_rate(scores, top_n or len(scores), ranking.max_score, 2)
