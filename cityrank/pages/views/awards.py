"""One award: who received it and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from awards.models import Award
from cityrank.pages import selectors
from cityrank.pages.corrections import corrections_of_part
from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import open_gate


@reads_release
def award(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    awards = scope.gate.rows(Award).select_related(
        "series", "line", "citation__source", "source", "release__edition"
    )
    award = get_object_or_404(awards, slug=slug)
    context = {
        "scope": scope,
        "corrected": corrections_of_part(scope, "award", award.slug),
        "award": award,
        "source": award.source or (award.citation and award.citation.source),
        "recipients": list(selectors.recipients_of(scope.gate, award)),
        "sharing": awards.filter(citation=award.citation_id).exclude(pk=award.pk).exclude(citation=None),
        "other_years": selectors.other_years(open_gate(), award),
        "siblings": scope.gate.rows(Award).filter(series=award.series_id).order_by("position"),
    }
    return render(request, "pages/award.html", context)
