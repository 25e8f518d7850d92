"""What is left of a text when its elements are read: the page around it, prose, and what nobody understood."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import AverageRead, Became, Sure
from cityrank.exchange.bulletin.reader.blocks import Outline
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.names import looks_like_list
from cityrank.exchange.bulletin.reader.shapes import Form, Shape
from cityrank.exchange.bulletin.reader.zones import Zones


def claim_furniture(shapes: Sequence[Shape], ledger: Ledger) -> None:
    """Claim what belongs to the page around the bulletin; a list of names in it is a notice."""
    for shape in shapes:
        if shape.form is not Form.FURNITURE:
            continue
        span = ledger.span(shape.line.start, shape.line.end)
        ledger.claim(span, Became.FURNITURE, Sure.LIKELY if shape.line.hint else Sure.CERTAIN)
        if "、" in shape.line.text and looks_like_list(shape.line.text):
            ledger.notice(
                f"list-in-furniture:{shape.line.number}",
                _(
                    "This was taken for a part of the page around the bulletin, but looks like a list of names."
                ),
                span,
            )


def claim_prose(
    shapes: Sequence[Shape], zones: Zones, outline: Outline, averages: Sequence[AverageRead], ledger: Ledger
) -> None:
    """Claim the title of the page, the lead, the sentences around averages, and the closing words."""
    if zones.page_title >= 0:
        _claim_line(shapes[zones.page_title], Became.TITLE, Sure.CERTAIN, ledger)
    for part in outline.loose:
        ledger.claim(ledger.span(part.start, part.end), part.became, part.sure, note=part.note)
    for average in averages:
        _claim_line(shapes[average.span.line - 1], Became.LEAD, Sure.LIKELY, ledger)
    for shape in shapes[: zones.listing]:
        if shape.form is Form.PICTURE:
            _claim_line(shape, Became.FURNITURE, Sure.LIKELY, ledger)
        elif shape.form in (Form.SENTENCE, Form.NUMBERED):
            _claim_line(shape, Became.LEAD, Sure.LIKELY, ledger)
    if zones.tail < len(shapes):
        _claim_line(shapes[zones.tail], Became.LEAD, Sure.LIKELY, ledger)


def report_rest(ledger: Ledger) -> None:
    """Say of everything that nobody has claimed that it was not understood."""
    for span in list(ledger.unheld()):
        quoted = {"text": ledger.quote(span)}
        ledger.notice(f"not-understood:{span.line}", _("Not understood: “%(text)s”") % quoted, span)
        ledger.claim(span, Became.NOT_UNDERSTOOD, Sure.DOUBTFUL)


def _claim_line(shape: Shape, became: Became, sure: Sure, ledger: Ledger) -> None:
    ledger.claim(ledger.span(shape.line.start, shape.line.end), became, sure)
