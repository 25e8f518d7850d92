"""One place: its story over the years, and what belongs to it."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import selectors
from cityrank.pages.paging import page_of
from cityrank.pages.profiles import send_profile
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.results.place_around import unread_tables, winners_below
from cityrank.results.place_story import story_of
from cityrank.results.records import record_of

CHILDREN_SHOWN = 200


def place(request: HttpRequest, slug: str) -> HttpResponse:
    place = _place_or_404(slug)
    gate = open_gate()
    record = record_of(gate, place)
    tiers = list(selectors.tiers_of(place))
    children = page_of(request, selectors.children_of(place), CHILDREN_SHOWN)
    context = {
        "place": place,
        "subject": place,
        "tiers": tiers,
        "aliases": selectors.aliases_of(place),
        "predecessors": selectors.predecessors_of(place),
        "successors": selectors.successors_of(place),
        "record": record,
        "story": story_of(record),
        "unread": unread_tables(gate, record, [tier.tier for tier in tiers]),
        "winners_below": list(winners_below(gate, place)),
        "children": children,
        "groups": grouped(list(children)),
    }
    return render(request, "pages/place.html", context)


def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """The record of a place on one printed page."""
    place = _place_or_404(slug)
    gate = open_gate()
    below = winners_below(gate, place).count()
    return send_profile(request, record_of(gate, place), place, below)


def _place_or_404(slug: str) -> Place:
    try:
        return selectors.place_at(slug)
    except Place.DoesNotExist:
        raise Http404 from None


def grouped(children: list[Place]) -> list[tuple[bool, str, list[Place]]]:
    """Return (still exists, level in words, places) for each stretch of the sorted list."""
    stretches = groupby(children, key=lambda child: (child.is_current, child.get_level_display()))
    return [(current, level, list(places)) for (current, level), places in stretches]
