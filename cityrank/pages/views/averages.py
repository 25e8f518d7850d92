"""The average score rates that an edition states for its groups, and what its tables say of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import selectors
from cityrank.pages.corrections import corrections_of_part
from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import open_gate
from cityrank.results.averages import stories
from cityrank.results.comparability import gate_before


@reads_release
def averages(request: HttpRequest, scope: Scope) -> HttpResponse:
    found = selectors.averages_of(scope.gate).select_related("ranking__line", "ranking__release__edition")
    rows = list(found)
    others = gate_before(scope.release) if scope.is_frozen else open_gate()
    context = {
        "scope": scope,
        "corrected": corrections_of_part(scope, "groupaverage"),
        "averages": rows,
        "contradictions": [row for row in rows if row.contradicts_itself],
        "stories": stories(scope.gate, others, rows),
    }
    return render(request, "pages/averages.html", context)
