"""One series: its awards with winners, its rankings, and what the bulletin says about how they were made."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Section
from cityrank.pages import selectors
from cityrank.pages.scope import Scope, reads_release


@reads_release
def series(request: HttpRequest, scope: Scope, series: int) -> HttpResponse:
    all_series = list(selectors.series_of(scope.gate))
    numbers = [one.number for one in all_series]
    if series not in numbers:
        raise Http404
    at = numbers.index(series)
    methods = selectors.sections_of(scope.gate, Section.Kind.METHOD).filter(series=all_series[at])
    context = {
        "scope": scope,
        "series": all_series[at],
        "previous": all_series[at - 1] if at else None,
        "following": all_series[at + 1] if at + 1 < len(all_series) else None,
        "methods": methods,
        "averages": selectors.averages_of(scope.gate).filter(ranking__series=all_series[at]),
    }
    return render(request, "pages/series.html", context)
