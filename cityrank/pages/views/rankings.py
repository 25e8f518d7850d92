"""One table of ranks and scores, or the plain statement that its values are not known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cityrank.pages import selectors
from cityrank.pages.corrections import corrections_of_part
from cityrank.pages.paging import page_of
from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import open_gate
from scores.models import Ranking

ROWS_SHOWN = 100


@reads_release
def ranking(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    rankings = scope.gate.rows(Ranking).select_related(
        "series", "line", "peer_group", "source", "release__edition"
    )
    ranking = get_object_or_404(rankings, slug=slug)
    rows = page_of(request, selectors.scores_of(scope.gate, ranking), ROWS_SHOWN)
    for row in rows:
        row.ranking = ranking  # it knows the decimals, and is here already
    context = {
        "scope": scope,
        "corrected": corrections_of_part(scope, "ranking", ranking.slug),
        "ranking": ranking,
        "rows": rows,
        "bands": ranking.bands.order_by("position"),
        "averages": selectors.averages_of(scope.gate).filter(ranking=ranking),
        "other_years": selectors.other_years(open_gate(), ranking),
        "siblings": scope.gate.rows(Ranking).filter(series=ranking.series_id).order_by("position"),
    }
    return render(request, "pages/ranking.html", context)
