"""Where the winners come from: by province, and the places that won most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from awards.models import Award, Recipient
from cityrank.pages.paging import page_of
from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place, Subject
from cityrank.results import winners, winning

ROWS_SHOWN = 50


@dataclass(frozen=True)
class Region:
    """A region with its winners; `place` is None for winners that lie in none."""

    place: Place | None
    tally: winners.Tally
    rows: list[tuple[Recipient, list[Award]]]
    units: int | None = None


@reads_release
def by_province(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Count the winners of an edition, or with `?award=` of one award, by province-level region."""
    regions = winning.provinces()
    awards = list(scope.gate.rows(Award).select_related("series").order_by("series__number", "position"))
    chosen = _chosen(awards, request.GET.get("award", ""))
    rows = [row for row in winning.recipients_of(scope.gate) if chosen is None or row.award_id == chosen.pk]
    count = winners.by_province(
        winning.wins_in(rows, regions), {place.pk: at for at, place in enumerate(regions)}
    )
    units = winning.county_level_units(scope.edition)
    places = {place.pk: place for place in regions}
    by_key = {award.pk: award for award in awards}
    named = {row.subject.pk: row for row in reversed(rows) if row.subject}

    def region(tally: winners.Tally) -> Region:
        listed = [(named[who], [by_key[key] for key in keys]) for who, keys in tally.by_winner.items()]
        key = tally.province or 0
        return Region(places.get(key), tally, listed, units.get(key))

    found = [region(tally) for tally in count.tallies]
    context = {
        "scope": scope,
        "awards": awards,
        "award": chosen,
        "count": count,
        "regions": found,
        "most": max((len(one.rows) for one in found), default=0),
        "nowhere": region(count.nowhere),
        "without": [place for place in regions if place not in [one.place for one in found]],
        "has_one_address": True,
    }
    return render(request, "pages/winners_by_province.html", context)


def _chosen(awards: list[Award], slug: str) -> Award | None:
    if not slug:
        return None
    for award in awards:
        if award.slug == slug:
            return award
    raise Http404


# What the list of those with most awards can be narrowed to: each kind of winner, by the level it has today.
KINDS: Mapping[str, Any] = {
    Place.Level.PROVINCE: _("province level"),
    Place.Level.PREFECTURE: _("prefecture level"),
    Place.Level.COUNTY: _("county level"),
    Place.Level.TOWNSHIP: _("township level"),
    Place.Level.ZONE: _("zones and characteristic towns"),
    Subject.Kind.ORGANISATION: _("organisations"),
    Subject.Kind.APP: _("apps"),
}


def most_awarded(request: HttpRequest) -> HttpResponse:
    """List who has several awards over all editions, or with `?kind=` those of one level or kind."""
    gate = open_gate()
    found = winning.often_awarded(gate)
    kinds = dict.fromkeys(_kind(subject) for _often, subject in found)
    kind = request.GET.get("kind", "")
    shown = [row for row in found if _kind(row[1]) == kind] if kind in KINDS else found
    page = page_of(request, shown, ROWS_SHOWN)
    context = {
        "page": page,
        "rows": winning.awards_of(gate, page),
        "kinds": [(key, name) for key, name in KINDS.items() if key in kinds],
        "kind": kind if kind in KINDS else "",
        "editions": gate.releases.count(),
    }
    return render(request, "pages/most_awarded.html", context)


def _kind(subject: Subject) -> str:
    return subject.place.level if subject.kind == Subject.Kind.PLACE else subject.kind
