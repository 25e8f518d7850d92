"""Tables for the pages of others, the code that puts them there, and the script that fits their height."""

from functools import cache
from pathlib import Path
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from awards.models import Award
from cityrank.pages import selectors
from cityrank.pages.scope import Scope, reads_release, site_of
from cityrank.pages.taking import works
from cityrank.pages.taking.embedding import THEMES, Embed
from cityrank.pages.taking.frames import in_frame, render_frame, shows_release
from cityrank.pages.taking.things import Thing, thing_of
from cityrank.pages.templatetags.charts import page_of, shown
from cityrank.publishing.gate import open_gate
from scores.models import Ranking

# Rows of a table in a frame; the page it leads to has all of them.
ROWS_SHOWN = 20
SCRIPT = Path(settings.BASE_DIR) / "static" / "embed" / "embed.js"


@shows_release
def ranking(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    rows = scope.gate.rows(Ranking).select_related("peer_group", "source")
    ranking = get_object_or_404(rows, slug=slug)
    found = selectors.scores_of(scope.gate, ranking)
    scores = list(found[: ROWS_SHOWN + 1])
    for row in scores:
        row.ranking = ranking  # it knows the decimals, and is here already
    context = {
        "ranking": ranking,
        "rows": scores[:ROWS_SHOWN],
        "has_more": len(scores) > ROWS_SHOWN,
        "source": ranking.source,
    }
    return _framed(request, "ranking", scope, ranking.title, context, slug)


@shows_release
def award(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    rows = scope.gate.rows(Award).select_related("citation__source", "source")
    award = get_object_or_404(rows, slug=slug)
    context = {
        "award": award,
        "recipients": list(selectors.recipients_of(scope.gate, award)),
        "source": award.source or (award.citation and award.citation.source),
    }
    return _framed(request, "award", scope, award.title, context, slug)


@shows_release
def averages(request: HttpRequest, scope: Scope) -> HttpResponse:
    rows = list(selectors.averages_of(scope.gate))
    context = {"averages": rows, "source": rows[0].source if rows else None}
    return _framed(request, "averages", scope, works.title_of(scope, "averages"), context)


@shows_release
def chart(request: HttpRequest, scope: Scope, kind: str, key: str) -> HttpResponse:
    found = works.chart_of(scope, kind, key)
    return _framed(request, "chart", scope, found.title, shown(found, page_of(found, scope)), kind, key)


@in_frame
def place_chart(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    place = works.place_at(slug)
    found = works.chart_of_place(place, kind)
    context = shown(found, page_of(found, None)) | {
        "title": found.title,
        "place": place,
        "page_address": site_of(request) + Thing("place-chart", (slug, kind)).path(),
    }
    return render_frame(request, "chart", context)


@in_frame
def place(request: HttpRequest, slug: str) -> HttpResponse:
    place, gate = works.place_at(slug), open_gate()
    context = {
        "title": place.name,
        "place": place,
        "awards": list(selectors.awards_won(gate, place)),
        "scores": list(selectors.scores_won(gate, place)),
        "page_address": site_of(request) + Thing("place", (slug,)).path(),
    }
    return render_frame(request, "place", context)


def _framed(
    request: HttpRequest, name: str, scope: Scope, title: str, context: dict[str, Any], *args: str
) -> HttpResponse:
    site = site_of(request)
    thing = thing_of(scope, name, *args)
    known = {
        "scope": scope,
        "title": title,
        "page_address": site + thing.path(),
        "current_address": site + thing.opened().path(),
        "following": scope.following,
    }
    return render_frame(request, name, known | context)


# --- The code to copy ----------------------------------------------------------------------------------------------


@reads_release
def embedding(request: HttpRequest, scope: Scope, name: str, **parts: str) -> HttpResponse:
    """The code of a table, live or frozen, in a theme, with what it will look like."""
    thing = thing_of(scope, name, *parts.values())
    title = works.title_of(scope, name, *parts.values())
    is_frozen = scope.is_frozen or request.GET.get("release") == "frozen"
    shown = thing.frozen(scope.release.number) if is_frozen else thing.opened()
    return _code(request, thing, shown, title, {"scope": scope, "is_frozen": is_frozen})


def place_embedding(request: HttpRequest, name: str, slug: str, kind: str = "") -> HttpResponse:
    place = works.place_at(slug)
    thing = Thing(name, (slug, kind) if kind else (slug,))
    title = works.chart_of_place(place, kind).title if kind else place.name
    return _code(request, thing, thing, title, {"scope": None})


def _code(
    request: HttpRequest, thing: Thing, shown: Thing, title: str, context: dict[str, Any]
) -> HttpResponse:
    theme = request.GET.get("theme", "auto")
    embed = Embed(site_of(request), shown.path("embed"), title, theme if theme in THEMES else "auto")
    known = {
        "title": title,
        "thing": thing,
        "page_path": thing.path(),
        "embed": embed,
        "preview": embed.address.removeprefix(embed.site),
        "is_open_to_others": bool(settings.EMBED_ORIGINS),
    }
    response = render(request, "pages/embedding.html", known | context)
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
    return response


def script(request: HttpRequest) -> HttpResponse:
    """The script that the pages of others name; its address never changes, so that it has no hash."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")
