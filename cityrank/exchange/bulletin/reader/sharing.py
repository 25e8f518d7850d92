"""Which awards one citation covers: those before it that have none of their own, where it speaks of them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import CitationRead
from cityrank.exchange.bulletin.reader.blocks import Block
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.titles import canon


def covered_by(
    awards: Sequence[tuple[Block, str]],
    citations: Sequence[CitationRead],
    covering: dict[str, str],
    ledger: Ledger,
) -> dict[str, str]:
    """Return by award what covers it besides its own citation. What names no title is not shared, but asked about."""
    texts = {citation.key: canon(citation.text) for citation in citations}
    shared: dict[str, str] = {}
    following = ""
    series = 0
    for block, key in reversed(awards):
        if block.series != series:
            following, series = "", block.series
        if key in covering:
            following = covering[key]
        elif block.names or block.table:
            if following and block.title and block.title.canon in texts[following]:
                shared[key] = following
            else:
                _notice_missing(block, key, following, ledger)
    return shared


def _notice_missing(block: Block, key: str, following: str, ledger: Ledger) -> None:
    title = block.title.printed if block.title else ""
    message = (
        _("“%(title)s” has no citation of its own. The next one may cover it too, but does not name it.")
        if following
        else _("“%(title)s” has no citation.")
    )
    part = [*block.headings, *block.names, *block.table][0]
    ledger.notice(f"citation-missing:{key}", message % {"title": title}, ledger.span(part.start, part.end))
