"""From blocks to awards and tables: what each block is, which titles belong together, which citation is whose."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import (
    AwardRead,
    Became,
    CitationRead,
    RankingRead,
    SectionRead,
    Span,
)
from cityrank.exchange.bulletin.reader.awards import read_award
from cityrank.exchange.bulletin.reader.blocks import Block, CitationDraft, Outline, Part
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.rankings import read_ranking
from cityrank.exchange.bulletin.reader.sharing import covered_by
from cityrank.exchange.bulletin.reader.tables import are_scored
from cityrank.exchange.bulletin.reader.titles import Title, looks_like_title


@dataclass
class Assembled:
    awards: list[AwardRead] = field(default_factory=list)
    rankings: list[RankingRead] = field(default_factory=list)
    citations: list[CitationRead] = field(default_factory=list)
    methods: list[SectionRead] = field(default_factory=list)


def assemble(outline: Outline, text: str, ledger: Ledger) -> Assembled:
    """Read the awards and tables out of an outline, and claim their text."""
    _add_listed_only(outline)
    _find_groups(outline)
    _marry_untitled(outline, ledger)
    blocks = sorted((block for block in outline.blocks if not block.is_group), key=lambda block: block.series)
    result = Assembled()
    drafts: list[tuple[Block, str]] = []
    for block in blocks:
        if _is_only_a_heading(block):
            continue
        if is_award(block):
            key = f"award-{len(drafts) + 1}"
            drafts.append((block, key))
        else:
            key = f"ranking-{len(result.rankings) + 1}"
            result.rankings.append(read_ranking(block, key, text, ledger))
        _claim_headings(block, key, ledger)
        result.methods.extend(_methods(block, len(result.methods), ledger))
    result.citations, covering = _citations(blocks, drafts, ledger)
    result.awards = [read_award(block, key, covering.get(key, ""), text, ledger) for block, key in drafts]
    for block in outline.blocks:
        if block.is_group:
            _claim_group(block, outline, ledger)
    return result


def is_award(block: Block) -> bool:
    """Whether a block gives names that were chosen, not a table: by what stands in it, then by its title."""
    naming = _naming(block)
    if block.table:
        banded = any(part.became is Became.BAND for part in block.table)
        scored = banded or are_scored(part.line for part in block.table)
        ranked = naming is not None and naming.is_of_ranking and not naming.is_of_award
        return not scored and not ranked and (bool(block.citations) or bool(naming and naming.is_of_award))
    if block.names:
        in_order = all(part.shape and part.shape.number is not None for part in block.names)
        return bool(block.citations) or not (
            naming and naming.is_of_ranking and not naming.is_of_award and in_order
        )
    if block.pictures:
        return False
    return bool(block.citations) or bool(naming and naming.is_of_award)


def _naming(block: Block) -> Title | None:
    return block.title or (block.listed.title if block.listed else None)


def _add_listed_only(outline: Outline) -> None:
    """Give what is only listed a block of its own: it was announced, and nothing of it is printed."""
    groups = {block.canon for block in outline.blocks if block.is_group}
    for listed in outline.listed:
        known = listed.found or listed.title.canon in groups
        if not known and looks_like_title(listed.title.printed):
            outline.blocks.append(Block(listed.series or 1, None, listed=listed))
            listed.found = True


def _find_groups(outline: Outline) -> None:
    """See which headings are titles of a series: nothing stands under them, and the headings of other series have none.

    Where the heading of any series carries the title of its first award, one without content is announced instead.
    """
    in_headings = [block for block in outline.blocks if block.in_series_heading]
    carries_award = any(not block.is_empty for block in in_headings)
    in_series = Counter(block.series for block in outline.blocks)
    for block in in_headings:
        others = in_series[block.series] > 1
        weak = not looks_like_title(_printed(block))
        if block.is_empty and (weak or (others and not carries_award)):
            block.is_group = True


def _printed(block: Block) -> str:
    return block.title.printed if block.title else ""


def _is_only_a_heading(block: Block) -> bool:
    """Whether a heading has neither content nor the form of a title; it stays unclaimed and so is shown."""
    return block.is_empty and block.listed is None and not looks_like_title(_printed(block))


def _marry_untitled(outline: Outline, ledger: Ledger) -> None:
    """Give the only list without a title the only title without a list, where a series has one of each."""
    by_series: dict[int, list[Block]] = defaultdict(list)
    for block in outline.blocks:
        if not block.is_group:
            by_series[block.series].append(block)
    for blocks in by_series.values():
        lists = [block for block in blocks if _naming(block) is None and not block.is_empty]
        titles = [
            block for block in blocks if _naming(block) and not (block.names or block.table or block.pictures)
        ]
        if len(lists) == 1 and len(titles) == 1:
            _marry(lists[0], titles[0], ledger)
            outline.blocks.remove(lists[0])


def _marry(untitled: Block, titled: Block, ledger: Ledger) -> None:
    naming = _naming(titled)
    titled.is_guess = True
    for name in ("parts", "names", "table", "pictures", "methods"):
        getattr(titled, name).extend(getattr(untitled, name))
    titled.citations.extend(untitled.citations)
    titled.known |= untitled.known
    part = next(iter([*untitled.names, *untitled.table, *untitled.pictures, *_first_parts(untitled)]))
    ledger.notice(
        f"title-guessed:{part.line.number}",
        _(
            "No title stands above this; it was taken for “%(title)s”, the only title of the series without content."
        )
        % {"title": naming.printed if naming else ""},
        ledger.span(part.start, part.end),
    )


def _first_parts(block: Block) -> Iterator[Part]:
    for draft in block.citations:
        yield from (*draft.parts, *draft.paragraphs)


def _claim_headings(block: Block, key: str, ledger: Ledger) -> None:
    became = Became.AWARD_HEADING if key.startswith("award") else Became.RANKING_HEADING
    for place, part in enumerate(block.headings):
        last = place == len(block.headings) - 1
        first_in_series = place == 0 and block.in_series_heading and not last
        what = became if last else Became.SERIES_HEADING if first_in_series else Became.REPEATED
        ledger.claim(ledger.span(part.start, part.end), what, of=key)
    if block.listed:
        part = block.listed.part
        ledger.claim(ledger.span(part.start, part.end), part.became, of=key)
    for part in block.parts:
        ledger.claim(ledger.span(part.start, part.end), part.became, part.sure, key, part.note)
    _notice_titles(block, key, ledger)


def _notice_titles(block: Block, key: str, ledger: Ledger) -> None:
    """Say where a title is printed in two ways in the results themselves."""
    for part in block.headings[1:]:
        printed = part.shape.rest.strip().rstrip(":：").strip() if part.shape else ""
        if printed != _printed(block) and part.shape and not part.shape.label:
            ledger.notice(
                f"title-differs:{key}",
                _("The title “%(title)s” stands here as “%(other)s”.")
                % {"title": _printed(block), "other": printed},
                ledger.span(part.start, part.end),
            )


def _claim_group(block: Block, outline: Outline, ledger: Ledger) -> None:
    """Claim the heading over several titles; the first of a series is the title of the series."""
    draft = outline.series.get(block.series)
    if draft and not draft.title:
        draft.title = _printed(block)
    for place, part in enumerate(block.headings):
        became = Became.REPEATED if place else Became.SERIES_HEADING
        ledger.claim(ledger.span(part.start, part.end), became, note=_("heading over several titles"))
    if block.listed:
        part = block.listed.part
        ledger.claim(ledger.span(part.start, part.end), Became.SERIES_LISTED)
    for part in (*block.parts, *block.methods):
        ledger.claim(ledger.span(part.start, part.end), part.became, part.sure)


def _methods(block: Block, before: int, ledger: Ledger) -> list[SectionRead]:
    if not block.methods:
        return []
    for part in block.methods:
        ledger.claim(ledger.span(part.start, part.end), Became.METHOD, part.sure, f"method-{before + 1}")
    body = "\n".join(part.line.text.strip() for part in block.methods)
    span = ledger.span(block.methods[0].start, block.methods[-1].end)
    return [SectionRead("method", before + 1, "", body, block.series, span)]


def _citations(
    blocks: Sequence[Block], awards: Sequence[tuple[Block, str]], ledger: Ledger
) -> tuple[list[CitationRead], dict[str, str]]:
    """Read all citations, and say for each award which of them covers it."""
    read: list[CitationRead] = []
    covering: dict[str, str] = {}
    keys = {id(block): key for block, key in awards}
    for block in blocks:
        for place, draft in enumerate(block.citations):
            citation = _citation(draft, f"citation-{len(read) + 1}", ledger)
            if citation is None:
                continue
            read.append(citation)
            if place == 0 and id(block) in keys:
                covering[keys[id(block)]] = citation.key
            else:
                _notice_lost(citation, ledger)
    covering |= covered_by(awards, read, covering, ledger)
    return read, covering


def _citation(draft: CitationDraft, key: str, ledger: Ledger) -> CitationRead | None:
    for part in (*draft.parts, *draft.paragraphs):
        ledger.claim(ledger.span(part.start, part.end), part.became, part.sure, key)
    parts = [*draft.paragraphs] or draft.parts
    span = Span(parts[0].start, parts[-1].end, parts[0].line.number)
    if not draft.paragraphs:
        ledger.notice(f"citation-empty:{key}", _("A heading of a citation has no text under it."), span)
        return None
    return CitationRead(key, draft.heading, draft.text, ledger.span(span.start, span.end))


def _notice_lost(citation: CitationRead, ledger: Ledger) -> None:
    ledger.notice(
        f"citation-lost:{citation.key}",
        _("It is not clear which award this citation belongs to."),
        citation.span,
    )
