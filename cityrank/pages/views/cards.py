"""Share cards as PNG. Each is drawn once and kept by what it says, so that a correction leads to another one."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from awards.models import Award
from cityrank.charts.store import NotDrawn, Recipe, kept
from cityrank.pages.scope import Scope, reads_release
from cityrank.pages.taking import cards, picturing, works
from cityrank.pages.taking.cards import Card
from cityrank.pages.templatetags.demo import demo_mark
from scores.models import Ranking

# What a release says does not change, but a release may be withdrawn.
RETRY_SECONDS = 60


@reads_release
def card(request: HttpRequest, scope: Scope, name: str, slug: str = "") -> HttpResponse:
    """The card of an edition, an award or a ranking."""
    return _picture(request, _of_release(scope, name, slug))


def place_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a place; of those without a result, 46,000 pictures of a name alone, there is the one of the site."""
    card = picturing.place_card(works.place_at(slug))
    return _picture(request, card) if card.rows else HttpResponseRedirect(reverse("pages:site-card"))


def site_card(request: HttpRequest) -> HttpResponse:
    return _picture(request, picturing.site_card())


def _of_release(scope: Scope, name: str, slug: str) -> Card:
    if name == "edition":
        return picturing.edition_card(scope)
    if name == "award":
        awards = scope.gate.rows(Award).select_related("series")
        return picturing.award_card(scope, get_object_or_404(awards, slug=slug))
    rankings = scope.gate.rows(Ranking).select_related("series", "peer_group")
    return picturing.ranking_card(scope, get_object_or_404(rankings, slug=slug))


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    card = replace(card, eyebrow=f"{demo_mark()}{card.eyebrow}")
    recipe = Recipe(cards.drawn(card), 1.0)
    tag = f'"{recipe.digest[:32]}"'
    if unchanged := get_conditional_response(request, etag=tag):
        return unchanged
    try:
        response = HttpResponse(kept([recipe])[0], content_type="image/png")
    except NotDrawn:
        text = _("The picture could not be drawn just now. Please try again in a minute.")
        response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    response["ETag"] = tag
    # Asked for again each time, which costs next to nothing: a frozen release may be withdrawn.
    patch_cache_control(response, no_cache=True)
    return response
