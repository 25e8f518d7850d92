"""The first page: what this is, the latest edition, who won."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Fact
from cityrank.pages import selectors
from cityrank.publishing.gate import Gate, open_gate

# The figures of the first findings; the edition's page has all of them.
FIGURES_SHOWN = 6


def home(request: HttpRequest) -> HttpResponse:
    gate = open_gate()
    newest_first = ("-edition__period_end", "-edition__period_start")
    release = gate.releases.select_related("edition").order_by(*newest_first).first()
    if release is None:
        return render(request, "pages/home.html", {"release": None})
    latest = Gate(gate.releases.filter(pk=release.pk))
    series = list(selectors.series_of(latest))
    context = {
        "release": release,
        "edition": release.edition,
        "series_list": series,
        "totals": selectors.totals_of(series),
        "averages": selectors.averages_of(latest),
        "facts": latest.rows(Fact).order_by("position")[:FIGURES_SHOWN],
    }
    return render(request, "pages/home.html", context)
