"""A table out of its block: rows, bands and header where it is text, the caption where it is a picture."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import BandRead, Became, RankingRead, RowRead, Span, Sure
from cityrank.exchange.bulletin.reader import tables
from cityrank.exchange.bulletin.reader.blocks import Block, Part
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.names import split_names
from cityrank.exchange.bulletin.reader.numerals import decimals_of
from cityrank.exchange.bulletin.reader.patterns import NAMED_PICTURE, PICTURE_ENDING
from cityrank.exchange.bulletin.reader.tables import Cell, Columns, RawRow, cells_of, header_of, rows_of
from cityrank.exchange.bulletin.reader.titles import Title, likeness

ANNOUNCED, NOT_TRANSCRIBED, PARTIAL, COMPLETE = "announced", "not_transcribed", "partial", "complete"
_SAME_TABLE = 0.6


@dataclass
class _Sheet:
    """The rows of a table as they are read; `groups` says in which of the tables side by side each stands."""

    key: str
    columns: Columns | None = None
    band: str = ""
    unit: str = ""
    maximum: Decimal | None = None
    bands: list[BandRead] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def ordered(self) -> tuple[RowRead, ...]:
        order = sorted(range(len(self.rows)), key=lambda place: self.groups[place])
        return tuple(self.rows[place] for place in order)


def read_ranking(block: Block, key: str, text: str, ledger: Ledger) -> RankingRead:
    """Return the table and claim its rows, bands and captions; a line that is no row of it stays unclaimed."""
    sheet = _Sheet(key)
    for part in sorted([*block.table, *block.names], key=lambda part: part.start):
        if part.became is Became.WINNERS:
            _read_names(part, sheet, ledger)
        else:
            _read_line(part, sheet, ledger)
    for part in block.pictures:
        ledger.claim(ledger.span(part.start, part.end), Became.CAPTION, of=key)
    title, listed = block.title, block.listed.title if block.listed else None
    naming = title or listed
    parts = [*block.headings, *block.parts, *block.table, *block.names, *block.pictures]
    if not parts and block.listed:
        parts = [block.listed.part]
    rows = sheet.ordered()
    ranking = RankingRead(
        key=key,
        series=block.series,
        title_listed=listed.printed if listed else "",
        title_printed=title.printed if title else "",
        state=_state(block, rows, naming),
        caption=block.pictures[0].line.text.strip() if block.pictures else "",
        cutoff=naming.cutoff if naming else None,
        expected=naming.expected if naming else None,
        unit=sheet.unit,
        maximum=sheet.maximum
        or next((m for p in block.methods if (m := tables.maximum_of(p.line.text))), None),
        decimals=max((decimals_of(row.score_text) for row in rows if row.score is not None), default=None),
        bands=tuple(sheet.bands),
        rows=rows,
        span=ledger.span(min(part.start for part in parts), max(part.end for part in parts)),
        sure=_sure(block),
    )
    _notice_table(ranking, ledger)
    _notice_pictures(block, ranking, ledger)
    return ranking


def _sure(block: Block) -> Sure:
    if block.is_guess or block.title is None:
        return Sure.DOUBTFUL
    return Sure.LIKELY if block.is_empty or not block.headings else Sure.CERTAIN


def _state(block: Block, rows: tuple[RowRead, ...], naming: Title | None) -> str:
    if not rows and block.table:
        return PARTIAL
    if not rows:
        return NOT_TRANSCRIBED if block.pictures else ANNOUNCED
    missing = naming is not None and naming.expected is not None and len(rows) < naming.expected
    return PARTIAL if missing else COMPLETE


def _read_line(part: Part, sheet: _Sheet, ledger: Ledger) -> None:
    line = part.line
    if part.became is Became.BAND and part.shape and part.shape.band:
        _open_band(part, part.shape.band, sheet, ledger)
        return
    cells = cells_of(line.text, real=line.hint == "row")
    if part.became is Became.TABLE_HEADER:
        _read_header(part, header_of(cells), sheet, ledger)
        return
    raw = rows_of(cells, sheet.columns) or list(_numbered(part))
    if raw:
        ledger.claim(ledger.span(part.start, part.end), Became.TABLE_ROW, of=sheet.key)
    for row in raw:
        _add(row, part, sheet, ledger)


def _read_header(part: Part, columns: Columns | None, sheet: _Sheet, ledger: Ledger) -> None:
    again = columns is not None and columns == sheet.columns
    ledger.claim(
        ledger.span(part.start, part.end), Became.REPEATED if again else Became.TABLE_HEADER, of=sheet.key
    )
    sheet.unit = tables.unit_of(part.line.text) or sheet.unit
    if columns is None or again:
        return
    sheet.columns = columns
    sheet.unit, sheet.maximum = columns.unit or sheet.unit, columns.maximum or sheet.maximum
    if columns.others:
        ledger.notice(
            f"columns:{sheet.key}",
            _("The table has columns that are not read: %(columns)s.")
            % {"columns": ", ".join(columns.others)},
            ledger.span(part.start, part.end),
        )


def _numbered(part: Part) -> Iterator[RawRow]:
    """Yield the row of a line such as 1、北京, which has no border between number and name."""
    shape = part.shape
    if shape and shape.number is not None and shape.rest.strip():
        name = Cell(shape.rest.strip(), shape.at, len(part.line.text))
        yield RawRow(name, shape.number, None, "", "", shape.at, len(part.line.text), 0)


def _add(row: RawRow, part: Part, sheet: _Sheet, ledger: Ledger) -> None:
    span = ledger.span(part.line.start + row.start, part.line.start + row.end)
    if row.band and row.band not in {band.label for band in sheet.bands}:
        sheet.bands.append(_band_in_cell(row.band, span))
    if row.score_text and row.score is None:
        ledger.notice(
            f"score:{sheet.key}:{span.line}",
            _("“%(score)s” of %(name)s is no figure.") % {"score": row.score_text, "name": row.name.text},
            span,
        )
    sheet.rows.append(
        RowRead(row.name.text, row.rank, row.score, row.score_text, row.band or sheet.band, span)
    )
    sheet.groups.append(row.group)


def _open_band(part: Part, band: tables.Band, sheet: _Sheet, ledger: Ledger) -> None:
    line = part.line
    span = ledger.span(line.start, line.start + band.end)
    sheet.band = band.label
    if band.label not in {other.label for other in sheet.bands}:
        limits = (band.first_rank, band.last_rank, band.lowest_score, band.highest_score)
        sheet.bands.append(BandRead(band.label, *limits, span))
    ledger.claim(span, Became.BAND, of=sheet.key)
    if line.text[band.end :].strip():
        rest = Part(Became.TABLE_ROW, line.start + band.end, line.end, line)
        _read_names(rest, sheet, ledger)


def _band_in_cell(label: str, span: Span) -> BandRead:
    band = tables.band_of(label)
    if band is None:
        return BandRead(label, None, None, None, None, span)
    return BandRead(label, band.first_rank, band.last_rank, band.lowest_score, band.highest_score, span)


def _read_names(part: Part, sheet: _Sheet, ledger: Ledger) -> None:
    """Read names that stand in a list, as those of a band do; a rank is only where a number is printed."""
    line = part.line
    names = split_names(line.text[part.start - line.start : part.end - line.start])
    number = part.shape.number if part.shape and len(names) == 1 else None
    whole = line.start if number is not None else part.start
    ledger.claim(ledger.span(whole, part.end), Became.TABLE_ROW, of=sheet.key)
    for name in names:
        span = ledger.span(part.start + name.start, part.start + name.end)
        sheet.rows.append(RowRead(name.text, number, None, "", sheet.band, span))
        sheet.groups.append(0)
        if name.doubt:
            ledger.notice(
                f"name-{name.doubt}:{span.line}:{name.text[:20]}",
                _("“%(name)s” in the table may not be one name.") % {"name": name.text},
                span,
            )


def _notice_table(ranking: RankingRead, ledger: Ledger) -> None:
    title = ranking.title_printed or ranking.title_listed
    count = len(ranking.rows)
    if not title:
        ledger.notice(f"title-missing:{ranking.key}", _("A table has no title above it."), ranking.span)
    if ranking.state == ANNOUNCED:
        ledger.notice(
            f"announced:{ranking.key}",
            _("“%(title)s” is announced, and nothing is printed under it.") % {"title": title},
            ranking.span,
        )
    elif count and ranking.expected is not None and ranking.expected != count:
        ledger.notice(
            f"count:{ranking.key}",
            _("“%(title)s” announces %(expected)s; rows found: %(count)s.")
            % {"title": title, "expected": ranking.expected, "count": count},
            ranking.span,
        )


def _notice_pictures(block: Block, ranking: RankingRead, ledger: Ledger) -> None:
    if len(block.pictures) > 1:
        ledger.notice(
            f"pictures:{ranking.key}",
            _("“%(title)s” has %(count)s pictures; the caption of the first is kept.")
            % {"title": ranking.title_printed, "count": len(block.pictures)},
            ranking.span,
        )
    name = PICTURE_ENDING.sub("", ranking.caption)
    differs = block.title is not None and likeness(ranking.title_printed, name) < _SAME_TABLE
    if NAMED_PICTURE.search(name) and differs:
        part = block.pictures[0]
        ledger.notice(
            f"caption:{ranking.key}",
            _("The picture under “%(title)s” is called “%(caption)s”.")
            % {"title": ranking.title_printed, "caption": ranking.caption},
            ledger.span(part.start, part.end),
        )
