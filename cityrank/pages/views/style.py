"""The style page: every token and component of the public pages in use, for those who build them."""

import re
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from scores.models import Ranking

TOKENS = settings.BASE_DIR / "styles/10-tokens.css"


def style(request: HttpRequest) -> HttpResponse:
    """Only developers and people of the office see it; for others there is no such page."""
    if not (settings.DEBUG or (request.user.is_active and request.user.is_staff)):
        raise Http404
    return render(request, "pages/style.html", _tokens() | _samples())


def _tokens() -> dict[str, Any]:
    light, _, dark = TOKENS.read_text(encoding="utf-8").partition("prefers-color-scheme: dark")
    in_the_dark = dict(re.findall(r"--([\w-]+): ([^;]+);", dark))
    everything = re.findall(r"--([\w-]+): ([^;]+);", light)
    return {
        "colours": [
            {"name": name, "light": value, "dark": in_the_dark[name]}
            for name, value in everything
            if name in in_the_dark
        ],
        "sizes": [name.removeprefix("size-") for name, _ in everything if name.startswith("size-")],
        "spaces": [(name, value) for name, value in everything if name.startswith("space-")],
        "series": range(1, 9),
    }


def _samples() -> dict[str, Any]:
    return {
        "trail": [("Editions", "#navigation"), ("2017\u20132018", "#navigation"), ("Series 1", "")],
        "tabs": [
            {"text": text, "url": "#navigation", "current": text == "Table"}
            for text in ("Table", "Chart", "Method")
        ],
        "columns": [
            {"text": "Rank", "is_number": True, "url": "#tables", "sorted": "ascending"},
            {"text": "Place", "url": "#tables"},
            {"text": "Score", "is_number": True, "url": "#tables"},
        ],
        "page": Paginator(range(150), 50).page(2),
        "states": [SimpleNamespace(state=state, get_state_display=state.label) for state in Ranking.State],
    }
