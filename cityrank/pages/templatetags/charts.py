"""`{% chart %}`: a chart where it belongs on a page, with its data table and what can be taken away of it."""

import logging
from typing import Any

from django import template
from django.urls import reverse

from awards.models import Award
from cityrank.charts import building, drawing
from cityrank.charts.chart import Chart
from cityrank.pages.addresses import Named, release_page
from cityrank.pages.scope import Scope
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.results.records import Record, record_of
from scores.models import Ranking

register = template.Library()
# What stands beside a chart, by the end of the URL name.
FILES = ("svg", "png", "csv", "spec")
log = logging.getLogger(__name__)


@register.inclusion_tag("charts/_chart.html", takes_context=True)
def chart(
    context: template.Context,
    kind: str,
    *,
    ranking: Ranking | None = None,
    award: Award | None = None,
    place: Place | None = None,
    record: Record | None = None,
    table: bool = True,
) -> dict[str, Any]:
    """Show a chart of a ranking, an award, a place or a whole edition; nothing where there is nothing to show.

    `record` is that of the place; one that the page has under this name is found by itself. `table=False` leaves the
    data table to the page, where it stands already.
    """
    scope: Scope | None = context.get("scope")
    gate = scope.gate if scope else open_gate()
    found = None
    if ranking is not None:
        found = building.chart_of_ranking(gate, ranking, kind, place)
    elif kind in building.OF_EDITIONS and scope:
        found = building.chart_of_edition(gate, scope.release, kind, award)
    elif record is not None or place is not None:
        record = record or _known(context, place) or record_of(gate, place)  # type: ignore[arg-type]
        found = building.chart_of_place(record, kind)
    if found is None:
        return {"chart": None}
    return shown(found, page_of(found, scope, ranking)) | {"has_table": table}


def _known(context: template.Context, place: Place | None) -> Record | None:
    """The page of a place has its record already."""
    record = context.get("record")
    return record if isinstance(record, Record) and place and record.subject.pk == place.pk else None


@register.inclusion_tag("charts/_chart.html")
def chart_of(found: Chart | None) -> dict[str, Any]:
    """Show a chart that a page has made itself; it has no address of its own, and so no menu."""
    return {"chart": None} if found is None else shown(found, None)


def page_of(found: Chart, scope: Scope | None, ranking: Ranking | None = None) -> Named:
    """Return URL name and arguments of the page that shows a chart alone."""
    if found.kind in building.OF_PLACES:
        return "pages:place-chart", (found.key, found.kind)
    if scope:
        return scope.page("chart", found.kind, found.key)
    assert ranking, "a chart of an edition is shown on a page of it, or of one of its rankings"
    return release_page("chart", ranking.release.edition.label, None, found.kind, found.key)


def shown(found: Chart, page: Named | None) -> dict[str, Any]:
    """Return what templates/charts/_chart.html needs."""
    name = f"chart-{found.about}"
    drawn, failed = None, False
    try:
        drawn = drawing.on_page(found, title_id=f"{name}-title", text_id=f"{name}-text")
    except drawing.NotDrawn:
        log.exception("The chart %s could not be drawn", found.about)
        failed = True
    files, address = {}, ""
    if page:
        name_of, args = page
        # A draft is nothing to be passed on: its preview has files and no more.
        parts = FILES if name_of.startswith("preview:") else (*FILES, "embedding", "cite")
        files = {part: reverse(f"{name_of}-{part}", args=args) for part in parts}
        address = reverse(name_of, args=args)
    return {
        "chart": found,
        "id": name,
        "drawn": drawn,
        "failed": failed,
        "has_table": True,
        "page": address,
        "files": files,
    }
