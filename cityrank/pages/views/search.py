"""One box for places, organisations, apps, awards, rankings and editions; and what it suggests while somebody types."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cityrank.pages import finding
from cityrank.pages.paging import page_of
from cityrank.pages.titles import titles
from cityrank.publishing.gate import open_gate, public_places
from cityrank.registry.models import Place

RESULTS_SHOWN = 25
PROVIDERS_SHOWN = 10
# What the list of suggestions holds at most; titles fill it up to the end.
SUGGESTED, TITLES_SUGGESTED = 7, 2
KINDS = {
    **{level.value: level.label for level in Place.Level},
    "former": _("former unit"),
    "provider": _("organisation or app"),
}


def search(request: HttpRequest) -> HttpResponse:
    query = finding.cleaned(request.GET.get("q", ""))
    context: dict[str, Any] = {"query": query, "too_short": bool(query) and finding.is_too_short(query)}
    if query and not context["too_short"]:
        context |= _results(request, query)
    return render(request, "pages/search.html", context)


def _results(request: HttpRequest, query: str) -> dict[str, Any]:
    gate = open_gate()
    found = finding.find(gate, query)
    kind, province = request.GET.get("kind", ""), finding.cleaned(request.GET.get("province", ""))
    hits = _of_kind(found.hits, kind) if kind in KINDS else found.places()
    places = len(hits)
    if province:
        inside = finding.in_province(query, province)
        hits = [hit for hit in hits if hit.subject in inside]
    page = page_of(request, hits, RESULTS_SHOWN)
    whole = page.number == 1 and not province and kind not in KINDS
    providers = found.providers() if whole else []
    rows = finding.rows_of(query, [*page, *providers[:PROVIDERS_SHOWN]], found.near if whole else ())
    wish = {name: value for name, value in (("kind", kind), ("province", province)) if value}
    return {
        "found": found,
        "page": page,
        "rows": rows[: len(page)],
        "providers": [row for row in rows[len(page) :] if not row.is_near],
        "provider_count": len(providers),
        "near": [row for row in rows if row.is_near],
        "titles": titles(gate, query) if whole else None,
        "kinds": _kinds(found, query, kind),
        "kind": kind if kind in KINDS else "",
        "kind_name": KINDS.get(kind),
        "province": province,
        "provinces": _provinces(places, province),
        "keep": f"{urlencode({'q': query, **wish})}&",
        "query_part": urlencode({"q": query}),
    }


def _of_kind(hits: Iterable[finding.Hit], kind: str) -> list[finding.Hit]:
    return [hit for hit in hits if hit.kind == kind]


def _kinds(found: finding.Found, query: str, chosen: str) -> list[dict[str, Any]]:
    """Return the kinds among many hits, to choose from; nothing where one list holds them all."""
    counts = Counter(hit.kind for hit in found.hits)
    if len(found.hits) <= RESULTS_SHOWN or len(counts) < 2:
        return []
    return [
        {
            "text": name,
            "count": counts[kind],
            "query": urlencode({"q": query, "kind": kind}),
            "is_chosen": kind == chosen,
        }
        for kind, name in KINDS.items()
        if counts[kind]
    ]


def _provinces(places: int, chosen: str) -> list[Place]:
    """Return the provinces to choose from where there are many places."""
    if places <= RESULTS_SHOWN and not chosen:
        return []
    return list(public_places().filter(level=Place.Level.PROVINCE, valid_to=None).order_by("slug"))


def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer the options of a list box: a piece of HTML, so that it is in the language and script of the page."""
    query = finding.cleaned(request.GET.get("q", ""))
    context: dict[str, Any] = {"query": query, "query_part": urlencode({"q": query})}
    if query and not finding.is_too_short(query):
        gate = open_gate()
        found = finding.find(gate, query)
        rows = finding.rows_of(
            query, found.hits[:SUGGESTED], found.near[: SUGGESTED - len(found.hits[:SUGGESTED])]
        )
        context |= {"rows": rows, "titles": titles(gate, query, TITLES_SUGGESTED), "total": len(found.hits)}
        context["count"] = len(rows) + len(context["titles"])
    response = render(request, "pages/_suggestions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
