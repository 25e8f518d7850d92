"""A table of the bulletin becomes a ranking with its peer group, bands and rows."""

from collections.abc import Callable
from typing import Any

from awards.models import Line, Source
from cityrank.exchange.bulletin.elements import RowRead
from cityrank.exchange.bulletin.names import Name
from cityrank.exchange.bulletin.parts import RankingMatch
from cityrank.exchange.bulletin.writing import Writer
from cityrank.registry.models import Subject
from scores.models import Band, PeerGroup, Ranking, Score
from scores.ranks import recompute


def write_ranking(
    writer: Writer,
    match: RankingMatch,
    place: dict[str, Any],
    line: Line,
    source: Source,
    subject_of: Callable[[Name], Subject | None],
) -> Ranking:
    """Return the ranking in the draft, with everything that the bulletin prints of it.

    A table that the bulletin shows only as a picture keeps the rows that people have transcribed before.
    """
    read = match.read
    printed = {
        **place,
        "title_listed": read.title_listed,
        "title_printed": read.title_printed or match.title,
        "cutoff": read.cutoff,
        "expected_count": match.expected,
        "image_caption": read.caption,
    }
    old = Ranking.objects.of_release(writer.draft).filter(slug=match.slug).first()
    keeps = old is not None and old.is_transcribed and not read.rows
    if not keeps:
        printed |= {"state": read.state, "max_score": read.maximum, "decimals": read.decimals}
    otherwise = {"line": line, "title_en": match.title_en, "unit": match.unit, "source": source,
                 "peer_group": _group(writer, match)}  # fmt: skip
    ranking = writer.put(Ranking, {"slug": match.slug}, printed, otherwise)
    if not keeps:
        _bands(writer, match, ranking)
        _scores(writer, match, ranking, source, subject_of)
    return ranking


def _group(writer: Writer, match: RankingMatch) -> PeerGroup | None:
    if match.group is None:
        return None
    others = {name: value for name, value in match.group.fields.items() if name != "slug"}
    return writer.put(PeerGroup, {"slug": match.group.slug}, {}, others)


def _bands(writer: Writer, match: RankingMatch, ranking: Ranking) -> None:
    rows = [
        {
            "label_zh": band.label,
            "first_rank": band.first_rank,
            "last_rank": band.last_rank,
            "lowest_score": band.lowest_score,
            "highest_score": band.highest_score,
        }
        for band in match.read.bands
    ]
    writer.put_list(Band, {"ranking": ranking}, rows, {})


def _scores(
    writer: Writer,
    match: RankingMatch,
    ranking: Ranking,
    source: Source,
    subject_of: Callable[[Name], Subject | None],
) -> None:
    bands = {band.label_zh: band for band in Band.objects.filter(ranking=ranking)}
    rows = [
        {
            "printed_name": row.printed,
            "subject": subject_of(name),
            "printed_rank": row.rank,
            "printed_score": row.score,
            "decimals": _decimals(row, ranking),
            "band": bands.get(row.band),
            "status": _status(row, ranking),
        }
        for name, row in zip(match.names, match.read.rows, strict=True)
        if not name.dropped
    ]
    writer.put_list(Score, {"ranking": ranking}, rows, {"source": source})
    recompute(ranking)


def _decimals(row: RowRead, ranking: Ranking) -> int | None:
    """Return the decimals of a row that are not those of its table."""
    if row.score is None:
        return None
    exponent = row.score.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return None if decimals == ranking.decimals else decimals


def _status(row: RowRead, ranking: Ranking) -> str:
    if row.score is not None:
        return Score.Status.FINAL
    unread = (Ranking.State.NOT_TRANSCRIBED, Ranking.State.ANNOUNCED)
    return Score.Status.NOT_TRANSCRIBED if ranking.state in unread else Score.Status.MISSING
