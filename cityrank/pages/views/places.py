"""One place: its names, where it belongs, and everything it received over the years."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import selectors
from cityrank.pages.paging import page_of
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place

CHILDREN_SHOWN = 200


def place(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        place = selectors.place_at(slug)
    except Place.DoesNotExist:
        raise Http404 from None
    gate = open_gate()
    children = page_of(request, selectors.children_of(place), CHILDREN_SHOWN)
    context = {
        "place": place,
        "tiers": selectors.tiers_of(place),
        "aliases": selectors.aliases_of(place),
        "predecessors": selectors.predecessors_of(place),
        "successors": selectors.successors_of(place),
        "awards": selectors.awards_won(gate, place),
        "scores": selectors.scores_won(gate, place),
        "winners_below": list(selectors.winners_below(gate, place)),
        "children": children,
        "groups": grouped(list(children)),
    }
    return render(request, "pages/place.html", context)


def grouped(children: list[Place]) -> list[tuple[bool, str, list[Place]]]:
    """Return (still exists, level in words, places) for each stretch of the sorted list."""
    stretches = groupby(children, key=lambda child: (child.is_current, child.get_level_display()))
    return [(current, level, list(places)) for (current, level), places in stretches]
