"""One box for places, organisations, apps, awards, rankings and editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import finding
from cityrank.pages.paging import page_of
from cityrank.publishing.gate import open_gate

RESULTS_SHOWN = 25


def search(request: HttpRequest) -> HttpResponse:
    query = finding.cleaned(request.GET.get("q", ""))
    context = {"query": query, "too_short": bool(query) and finding.is_too_short(query)}
    if query and not context["too_short"]:
        page = page_of(request, finding.subjects(query), RESULTS_SHOWN)
        context |= {
            "page": page,
            "subjects": finding.in_order(list(page)),
            "titles": finding.titles(open_gate(), query) if page.number == 1 else None,
        }
    return render(request, "pages/search.html", context)
