"""An award out of its block: the winners in order, exactly as printed, and what is odd about their list."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import AwardRead, Became, Sure, WinnerRead
from cityrank.exchange.bulletin.reader import names as listing
from cityrank.exchange.bulletin.reader.blocks import Block, Part
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.names import split_names
from cityrank.exchange.bulletin.reader.tables import cells_of, header_of, rows_of


def read_award(block: Block, key: str, citation: str, text: str, ledger: Ledger) -> AwardRead:
    """Return the award and claim its winners; every doubt about a name is a notice."""
    winners = [*_from_lists(block, key, text, ledger), *_from_rows(block, key, ledger)]
    for part in block.pictures:
        ledger.claim(ledger.span(part.start, part.end), Became.CAPTION, Sure.LIKELY, key)
    listed = block.listed.title if block.listed else None
    title = block.title
    naming = title or listed
    expected = naming.expected if naming else None
    parts = [*block.headings, *block.parts, *block.names, *block.table] or [
        part for draft in block.citations for part in (*draft.parts, *draft.paragraphs)
    ]
    if not parts and block.listed:
        parts = [block.listed.part]
    span = ledger.span(min(part.start for part in parts), max(part.end for part in parts))
    award = AwardRead(
        key=key,
        series=block.series,
        title_listed=listed.printed if listed else "",
        title_printed=title.printed if title else "",
        period_listed=listed.period if listed else "",
        period_printed=title.period if title else "",
        expected=expected,
        winners=tuple(winners),
        citation=citation,
        span=span,
        sure=Sure.DOUBTFUL if block.is_guess or not winners or naming is None else Sure.CERTAIN,
    )
    _notice_list(award, ledger)
    return award


def _from_lists(block: Block, key: str, text: str, ledger: Ledger) -> Iterator[WinnerRead]:
    for run in _runs(block.names, text):
        start = run[0].start
        found = split_names(text[start : run[-1].end])
        doubtful = any(name.doubt for name in found)
        for part in run:
            sure = Sure.DOUBTFUL if doubtful else Sure.LIKELY if block.is_guess else Sure.CERTAIN
            ledger.claim(
                ledger.span(
                    part.line.start if not part.shape or part.shape.style < 9 else part.start, part.end
                ),
                Became.WINNERS,
                sure,
                key,
            )
        for name in found:
            winner = WinnerRead(name.text, ledger.span(start + name.start, start + name.end))
            if name.doubt:
                _notice_name(winner, name.doubt, ledger)
            yield winner


def _runs(parts: list[Part], text: str) -> Iterator[list[Part]]:
    """Yield the lines of a list that follow each other, so that a name cut by a line break can be put together."""
    run: list[Part] = []
    for part in parts:
        if run and (text[run[-1].end : part.start].strip() or part.start < run[-1].end):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _from_rows(block: Block, key: str, ledger: Ledger) -> Iterator[WinnerRead]:
    """Yield the names of a table without figures, such as one of number and city."""
    columns = None
    for part in block.table:
        cells = cells_of(part.line.text, real=part.line.hint == "row")
        if header := header_of(cells):
            columns = header
            ledger.claim(ledger.span(part.start, part.end), Became.TABLE_HEADER, of=key)
            continue
        rows = rows_of(cells, columns)
        if rows or part.became is Became.TABLE_HEADER:
            ledger.claim(
                ledger.span(part.start, part.end), Became.WINNERS if rows else Became.TABLE_HEADER, of=key
            )
        for row in rows:
            start = part.line.start
            yield WinnerRead(row.name.text, ledger.span(start + row.name.start, start + row.name.end))


def _notice_name(winner: WinnerRead, doubt: str, ledger: Ledger) -> None:
    messages = {
        listing.BROKEN: _("“%(name)s” was put together over a line break."),
        listing.OTHERS: _("The list ends with “and others” after “%(name)s”: it may not be complete."),
        listing.TWO: _("“%(name)s” is one of two names that stand with an “and” between them."),
        listing.UNLIKELY: _("“%(name)s” stands in a list of winners and does not look like a name."),
    }
    ledger.notice(
        f"name-{doubt}:{winner.span.line}:{winner.printed[:20]}",
        messages[doubt] % {"name": winner.printed},
        winner.span,
    )


def _notice_list(award: AwardRead, ledger: Ledger) -> None:
    title = award.title_printed or award.title_listed
    count = len(award.winners)
    if not title:
        ledger.notice(f"title-missing:{award.key}", _("A list of winners has no title above it."), award.span)
    elif not count:
        ledger.notice(
            f"winners-missing:{award.key}",
            _("“%(title)s” has no winners under it.") % {"title": title},
            award.span,
        )
    elif award.expected is not None and award.expected != count:
        ledger.notice(
            f"count:{award.key}",
            _("“%(title)s” announces %(expected)s; winners found: %(count)s.")
            % {"title": title, "expected": award.expected, "count": count},
            award.span,
        )
    for name, times in Counter(winner.printed for winner in award.winners).items():
        if times > 1:
            twice = [winner for winner in award.winners if winner.printed == name][1]
            ledger.notice(
                f"name-twice:{award.key}:{name}",
                _("“%(name)s” stands %(times)s times in “%(title)s”.")
                % {"name": name, "times": times, "title": title},
                twice.span,
            )
