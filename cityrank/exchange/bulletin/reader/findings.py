"""The findings at the end of a bulletin: numbered sentences, each with paragraphs under it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Became, SectionRead
from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.blocks import Part
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.listing import part_of
from cityrank.exchange.bulletin.reader.shapes import Form, Shape

# A numbered paragraph longer than this has its heading in its first sentence.
_LONGEST_HEADING = 120


@dataclass
class _Draft:
    number: int
    title: str
    heading: Part | None
    rest: Part | None = None
    body: list[Part] = field(default_factory=list)


def read_findings(shapes: Sequence[Shape], ledger: Ledger) -> tuple[list[SectionRead], list[Part]]:
    """Return the findings, and the parts that lead to them; both are claimed by the caller's later `claim_findings`."""
    _notice_start(shapes, ledger)
    numbered = [shape for shape in shapes if _is_numbered(shape)]
    style = numbered[0].style if numbered else None
    lead: list[Part] = []
    drafts: list[_Draft] = []
    for shape in shapes:
        if shape.form is Form.PICTURE:
            _claim_picture(shape, ledger)
        elif style is not None and _is_numbered(shape) and shape.style == style:
            drafts.append(_begin(shape, len(drafts) + 1))
        elif shape.form not in (Form.BLANK, Form.FURNITURE):
            part = part_of(shape, Became.FINDING, 0)
            (drafts[-1].body if drafts else lead).append(part)
    if not drafts and len(lead) > 1:
        drafts.append(_Draft(1, "", None, body=lead[1:]))
        lead = lead[:1]
    return [_section(draft, ledger) for draft in drafts], lead


def _notice_start(shapes: Sequence[Shape], ledger: Ledger) -> None:
    """Say where findings were taken to begin though no sentence announces them."""
    if shapes and not patterns.FINDINGS_START.search(shapes[0].line.text):
        line = shapes[0].line
        ledger.notice(
            f"findings:{line.number}",
            _("Nothing announces findings; they were taken to begin here."),
            ledger.span(line.start, line.end),
        )


def claim_findings(sections: Sequence[SectionRead], lead: Sequence[Part], ledger: Ledger) -> None:
    """Claim what the averages and organisers in the findings have left."""
    for part in lead:
        ledger.claim(ledger.span(part.start, part.end), Became.LEAD)
    for section in sections:
        ledger.claim(section.span, Became.FINDING, of=f"finding-{section.number}")


def _is_numbered(shape: Shape) -> bool:
    return shape.number is not None and shape.form in (Form.NUMBERED, Form.TITLE) and bool(shape.rest.strip())


def _begin(shape: Shape, place: int) -> _Draft:
    text = shape.rest
    cut = text.find("。") + 1
    if len(text) <= _LONGEST_HEADING or not 0 < cut < len(text.rstrip()):
        return _Draft(shape.number or place, text.strip(), part_of(shape, Became.FINDING_HEADING, 0))
    heading = part_of(shape, Became.FINDING_HEADING, 0, shape.at + cut)
    return _Draft(
        shape.number or place, text[:cut].strip(), heading, part_of(shape, Became.FINDING, shape.at + cut)
    )


def _section(draft: _Draft, ledger: Ledger) -> SectionRead:
    if draft.heading:
        span = ledger.span(draft.heading.start, draft.heading.end)
        ledger.claim(span, Became.FINDING_HEADING, of=f"finding-{draft.number}")
    body = [*([draft.rest] if draft.rest else []), *draft.body]
    parts = [*([draft.heading] if draft.heading else []), *body]
    text = "\n".join(part.line.text[part.start - part.line.start :].strip() for part in body)
    return SectionRead(
        "finding", draft.number, draft.title, text, None, ledger.span(parts[0].start, parts[-1].end)
    )


def _claim_picture(shape: Shape, ledger: Ledger) -> None:
    span = ledger.span(shape.line.start, shape.line.end)
    ledger.claim(span, Became.CAPTION)
    ledger.notice(
        f"picture-in-findings:{shape.line.number}",
        _("A picture stands among the findings; it is not read."),
        span,
    )
