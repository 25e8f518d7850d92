"""Read a bulletin: from lines to the elements of an edition, with every character accounted for.

The order of the steps is the order of trust. What is surely an award or a table claims its text first, then the figures
and names inside of prose, then the prose around them; what nobody claims is reported as not understood.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Became, Document, Reading, SeriesRead
from cityrank.exchange.bulletin.reader.assembly import Assembled, assemble
from cityrank.exchange.bulletin.reader.averages import read_averages
from cityrank.exchange.bulletin.reader.blocks import Outline
from cityrank.exchange.bulletin.reader.findings import claim_findings, read_findings
from cityrank.exchange.bulletin.reader.head import read_head, read_imprint
from cityrank.exchange.bulletin.reader.lead import read_leaders
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.levels import outermost_level
from cityrank.exchange.bulletin.reader.listing import announced_series, attach_listed, read_listing
from cityrank.exchange.bulletin.reader.organisers import read_organisers
from cityrank.exchange.bulletin.reader.remains import claim_furniture, claim_prose, report_rest
from cityrank.exchange.bulletin.reader.shapes import Form, Shape, shape_of
from cityrank.exchange.bulletin.reader.titles import period_of
from cityrank.exchange.bulletin.reader.walk import Walk
from cityrank.exchange.bulletin.reader.zones import Zones, zones_of


def read_bulletin(document: Document) -> Reading:
    """Return what a bulletin says. What is not sure is a notice, and so is what was not understood."""
    ledger = Ledger(document)
    shapes = [shape_of(line) for line in document.lines]
    zones = zones_of(shapes)
    lead = shapes[: zones.listing]
    page_title = shapes[zones.page_title] if zones.page_title >= 0 else None

    claim_furniture(shapes, ledger)
    imprint = read_imprint([*lead, *shapes[zones.tail :]], ledger)
    outline = _outline(shapes, zones, ledger)
    results = assemble(outline, document.text, ledger)
    rankings = read_leaders(lead, results.rankings, ledger)
    findings, to_findings = read_findings(shapes[zones.findings : zones.tail], ledger)
    prose = _prose(shapes, zones, ledger)
    averages = read_averages(prose, rankings, ledger)
    organisers = read_organisers([shape for shape in lead if shape is not page_title], prose, ledger)
    titles = [each.title_printed or each.title_listed for each in results.awards]
    titles += [each.title_printed or each.title_listed for each in rankings]
    head = read_head(lead, page_title, map(period_of, titles), imprint, ledger)
    series = _series(outline, results, ledger)

    claim_findings(findings, to_findings, ledger)
    claim_prose(shapes, zones, outline, averages, ledger)
    report_rest(ledger)
    return Reading(
        document=document,
        pieces=ledger.pieces(),
        head=head,
        organisers=tuple(organisers),
        series=tuple(series),
        awards=tuple(results.awards),
        rankings=tuple(rankings),
        citations=tuple(results.citations),
        averages=tuple(averages),
        sections=(*findings, *results.methods),
        notices=ledger.notices(),
    )


def _outline(shapes: Sequence[Shape], zones: Zones, ledger: Ledger) -> Outline:
    listed, loose = read_listing(shapes[zones.listing : zones.body])
    outline = Outline(listed, loose, announced_series(shapes[: zones.body]))
    body = shapes[zones.body : zones.findings]
    Walk(outline, ledger, outermost_level(body)).over(body)
    attach_listed(outline)
    return outline


def _prose(shapes: Sequence[Shape], zones: Zones, ledger: Ledger) -> list[Shape]:
    """Return the sentences in which averages and organisers may stand: what is not claimed, and method."""
    after = shapes[zones.body :]
    return [
        shape for shape in after if shape.form in (Form.SENTENCE, Form.NUMBERED) and _may_hold(shape, ledger)
    ]


def _may_hold(shape: Shape, ledger: Ledger) -> bool:
    return (
        ledger.is_free(ledger.span(shape.line.start, shape.line.end))
        or ledger.became(shape.line) is Became.METHOD
    )


def _series(outline: Outline, results: Assembled, ledger: Ledger) -> list[SeriesRead]:
    """Return the series that hold something, and say where the text announces another number of them."""
    held = [(award.series, award.span) for award in results.awards]
    held += [(ranking.series, ranking.span) for ranking in results.rankings]
    first = dict(reversed(held))
    series = []
    for number in sorted({*first, *outline.series}):
        draft = outline.series.get(number)
        span = ledger.span(draft.line.start, draft.line.end) if draft else first[number]
        series.append(SeriesRead(number, draft.title if draft else "", span))
    announced = outline.announced_series
    if announced is not None and series and announced != len(series):
        ledger.notice(
            "count:series",
            _("The text announces %(announced)s series, and %(count)s were found.")
            % {"announced": announced, "count": len(series)},
        )
    return series
