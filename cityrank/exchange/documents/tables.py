"""A ranking in a document: its rows with the figures as printed, or the plain statement that there are none."""

from collections.abc import Iterator

from cityrank.exchange.documents.content import english_name
from cityrank.exchange.documents.structure import Block, Caption, Heading, Note, Paragraph, Table
from cityrank.exchange.documents.wording import Words
from cityrank.registry.numbers import shown
from scores.models import Band, Ranking, Score


def ranking_blocks(ranking: Ranking, words: Words) -> Iterator[Block]:
    title = title_of(ranking, words)
    yield Heading(title, 2)
    if words.is_english and ranking.title_en:
        yield Paragraph(ranking.title_printed)
    if ranking.titles_differ:
        yield Note(words.titles_differ.format(listed=ranking.title_listed), words.note)
    rows = list(ranking.scores.all())
    has_table = bool(rows) and ranking.is_transcribed
    if not has_table or ranking.state != Ranking.State.COMPLETE:
        yield Paragraph(words.states[ranking.state], plain=words.state)
    if has_table:
        yield _table(ranking, title, rows, words)
    else:
        if ranking.image_caption:
            yield Caption(ranking.image_caption, words.caption)
        if rows:
            yield Paragraph(words.mentioned.format(names=words.join(_name(row, words) for row in rows)))
    if note := words.of(ranking, "note"):
        yield Note(note, words.note)
    for remark in _remarks(rows, words, has_table=has_table):
        yield Note(remark, words.note)


def title_of(ranking: Ranking, words: Words) -> str:
    return (ranking.title_en or ranking.title_printed) if words.is_english else ranking.title_printed


def _table(ranking: Ranking, title: str, rows: list[Score], words: Words) -> Table:
    label = words.columns[ranking.unit]
    if ranking.max_score is not None:
        label = words.maximum.format(label=label, maximum=f"{ranking.max_score.normalize():f}")
    names = [words.columns["rank"], words.columns["name"]]
    names += [words.columns["printed"]] if words.is_english else []
    cells = []
    bands: dict[int, str] = {}
    last: int | None = None
    for place, row in enumerate(rows):
        rank = "" if row.printed_rank is None else str(row.printed_rank)
        name = [_english(row), row.printed_name] if words.is_english else [row.printed_name]
        cells.append((rank, *name, _score(row, ranking)))
        if row.band is not None and row.band_id != last:
            bands[place] = band_line(row.band, words)
        last = row.band_id
    return Table(title, (*names, label), tuple(cells), 1, bands)


def band_line(band: Band, words: Words) -> str:
    """Return a band with its ends: 第一梯队（1-30）."""
    ranks = [str(rank or "") for rank in (band.first_rank, band.last_rank)]
    limits = (band.lowest_score, band.highest_score)
    ends = ranks if any(ranks) else ["" if end is None else f"{end.normalize():f}" for end in limits]
    label = words.of(band, "label")
    if not any(ends):
        return label
    return f"{label} ({'–'.join(ends)})" if words.is_english else f"{label}（{'-'.join(ends)}）"


def _score(row: Score, ranking: Ranking) -> str:
    # Not `row.shown_score`: it would ask for the ranking of each row.
    decimals = row.decimals if row.decimals is not None else ranking.decimals
    return shown(row.printed_score, 4 if decimals is None else decimals)


def _english(row: Score) -> str:
    return english_name(row.subject) or row.printed_name


def _name(row: Score, words: Words) -> str:
    return f"{_english(row)} ({row.printed_name})" if words.is_english else row.printed_name


def _remarks(rows: list[Score], words: Words, *, has_table: bool) -> Iterator[str]:
    """Yield what is remarked on rows; the same remark on several of them is said once."""
    said: dict[str, list[str]] = {}
    for row in rows:
        state = words.row_states.get(row.status, "") if has_table else ""
        for remark in (state, words.of(row, "note")):
            if remark:
                said.setdefault(remark, []).append(_name(row, words))
    for remark, names in said.items():
        text = f"{words.join(names)}{words.colon}{remark}" if has_table else remark
        yield text if text.endswith(("。", ".")) else text + ("." if words.is_english else "。")
