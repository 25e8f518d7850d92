"""The average score rates that an edition states for its groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import selectors
from cityrank.pages.corrections import corrections_of_part
from cityrank.pages.scope import Scope, reads_release


@reads_release
def averages(request: HttpRequest, scope: Scope) -> HttpResponse:
    rows = list(selectors.averages_of(scope.gate))
    context = {
        "scope": scope,
        "corrected": corrections_of_part(scope, "groupaverage"),
        "averages": rows,
        "contradictions": [row for row in rows if row.contradicts_itself],
    }
    return render(request, "pages/averages.html", context)
