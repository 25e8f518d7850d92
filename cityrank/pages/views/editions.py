"""All editions, and one of them: what was evaluated, by whom, and what came out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Fact, Section, Source
from cityrank.pages import selectors
from cityrank.pages.podiums import podiums_of
from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import open_gate


def editions(request: HttpRequest) -> HttpResponse:
    gate = open_gate()
    releases = list(
        gate.releases.select_related("edition").order_by("-edition__period_end", "-edition__period_start")
    )
    totals, podiums = selectors.totals_by_release(gate), podiums_of(gate)
    rows = [(release, totals.get(release.pk), podiums.get(release.pk, [])) for release in releases]
    return render(request, "pages/editions.html", {"rows": rows})


@reads_release
def edition(request: HttpRequest, scope: Scope) -> HttpResponse:
    series = list(selectors.series_of(scope.gate))
    context = {
        "scope": scope,
        "series_list": series,
        "totals": selectors.totals_of(series),
        "organisers": selectors.organisers_of(scope.gate),
        "sources": scope.gate.rows(Source).order_by("pk"),
        "findings": selectors.sections_of(scope.gate, Section.Kind.FINDING),
        "facts": scope.gate.rows(Fact).select_related("section").order_by("position"),
        "averages": selectors.averages_of(scope.gate),
        "releases": selectors.releases_of(scope.release),
    }
    return render(request, "pages/edition.html", context)
