"""A chart alone on its page, and as files: SVG, PNG, CSV and the specification it was drawn from."""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext

from cityrank.charts import drawing
from cityrank.charts.building import OF_PLACES, chart_at, chart_of_place
from cityrank.charts.chart import Chart
from cityrank.charts.colours import THEMES
from cityrank.charts.csv_file import csv_of
from cityrank.exchange.writing import MEDIA_TYPES, disposition
from cityrank.pages import selectors
from cityrank.pages.addresses import Named
from cityrank.pages.scope import Scope, reads_release
from cityrank.pages.templatetags.charts import page_of, shown
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.results.records import record_of

TYPES = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "csv": MEDIA_TYPES["csv"],
    "vl.json": "application/json",
}


@reads_release
def chart(request: HttpRequest, scope: Scope, kind: str, key: str) -> HttpResponse:
    found = _of_release(scope, kind, key)
    context = {"scope": scope, "origin": _origin(scope, found)}
    return _page(request, context | shown(found, page_of(found, scope)))


@reads_release
def chart_file(request: HttpRequest, scope: Scope, kind: str, key: str, suffix: str) -> HttpResponseBase:
    found = _of_release(scope, kind, key)
    name = f"{scope.edition.label}-release-{scope.release.number}-{found.about}"
    return _file(request, found, suffix, name)


def place_chart(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    place, found = _of_place(slug, kind)
    return _page(request, {"place": place} | shown(found, page_of(found, None)))


def place_chart_file(request: HttpRequest, slug: str, kind: str, suffix: str) -> HttpResponseBase:
    _place, found = _of_place(slug, kind)
    return _file(request, found, suffix, found.about)


def _of_release(scope: Scope, kind: str, key: str) -> Chart:
    found = chart_at(scope.gate, scope.release, kind, key)
    if found is None:
        raise Http404
    return found


def _of_place(slug: str, kind: str) -> tuple[Place, Chart]:
    try:
        place = selectors.place_at(slug)
    except Place.DoesNotExist:
        raise Http404 from None
    found = chart_of_place(record_of(open_gate(), place), kind) if kind in OF_PLACES else None
    if found is None:
        raise Http404
    return place, found


def _origin(scope: Scope, found: Chart) -> Named:
    """The page of the figures that a chart is made of."""
    if found.kind == "averages":
        return scope.page("averages")
    if found.kind == "winners-map":
        return scope.page("winners-by-province")
    return scope.page("ranking", found.key.partition("~")[0])


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "charts/chart.html", context)


def _file(request: HttpRequest, found: Chart, suffix: str, name: str) -> HttpResponseBase:
    try:
        body = _body(request, found, suffix)
    except drawing.NotDrawn:
        text = gettext("The drawing could not be made just now. Please try again in a minute.")
        return HttpResponse(
            text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
        )
    response = HttpResponse(body, content_type=TYPES[suffix])
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # Drawings open in the browser; the links of the menu save them.
    if suffix in ("csv", "vl.json"):
        response["Content-Disposition"] = disposition(f"{found.title}.{suffix}", f"{name}.{suffix}")
    # Asked for again each time: a frozen release may be withdrawn.
    patch_cache_control(response, no_cache=True)
    return get_conditional_response(request, response["ETag"], response=response) or response


def _body(request: HttpRequest, found: Chart, suffix: str) -> bytes:
    """Raises `NotDrawn`, and `Http404` for a drawing of what is not drawn."""
    if suffix == "csv":
        return csv_of(found)
    if not found.is_drawn:
        raise Http404
    theme = request.GET.get("theme", "")
    theme = theme if theme in THEMES else "light"
    if suffix == "svg":
        return drawing.svg_file(found, theme).encode()
    if suffix == "png":
        return drawing.png_file(found, theme)
    return json.dumps(found.whole_spec, ensure_ascii=False, indent=1).encode()
