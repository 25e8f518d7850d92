"""Two to five places beside each other."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cityrank.pages.choosing import Unclear, choose
from cityrank.pages.comparing_charts import trend_of
from cityrank.pages.finding import cleaned
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.results.comparing import LEAST, MOST, comparison_of


def compare(request: HttpRequest) -> HttpResponse:
    """Compare the places that `?place=` names, each by its identifier or a name; `?line=` keeps to one ranking.

    What was typed is answered by the address with identifiers, so that the address can be kept and passed on.
    """
    texts = request.GET.getlist("place")
    choice = choose(texts)
    slugs = [place.slug for place in choice.places]
    line = cleaned(request.GET.get("line", ""))
    if slugs != texts and slugs and not choice.unclear and not choice.remarks:
        return HttpResponseRedirect(_address(slugs, line))
    context: dict[str, Any] = {
        "choice": choice,
        "places": [
            (place, _address([slug for slug in slugs if slug != place.slug], line)) for place in choice.places
        ],
        "fields": range(0 if len(slugs) >= MOST else max(1, LEAST - len(slugs))),
        "unclear": [(one, _meant(one, slugs, choice.unclear, line)) for one in choice.unclear],
        "line": line,
        "most": MOST,
    }
    if len(slugs) >= LEAST:
        found = comparison_of(open_gate(), choice.places, line)
        context |= {"found": found, "all_lines": _address(slugs, "")}
        # One picture: that of the table in which most of them stand.
        context["trend"] = trend_of(found.shared[0], found.places) if found.shared else None
    return render(request, "pages/compare.html", context)


def _meant(
    one: Unclear, slugs: list[str], unclear: tuple[Unclear, ...], line: str
) -> list[tuple[Place, str]]:
    """Return the places that a text may mean, each with the address that means it and keeps all the rest."""
    others = [other.text for other in unclear if other is not one]
    return [(place, _address([*slugs, place.slug, *others], line)) for place in one.places]


def _address(slugs: list[str], line: str) -> str:
    pairs = [("place", slug) for slug in slugs] + ([("line", line)] if line else [])
    return reverse("pages:compare") + (f"?{urlencode(pairs)}" if pairs else "")
