"""Answers that other sites may show in a frame, and under which policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Release
from cityrank.pages.scope import frozen_scope, open_scope
from cityrank.pages.taking.embedding import THEMES
from cityrank.publishing.gate import Withdrawn, open_gate, withdrawn_edition

View = Callable[..., HttpResponse]

# The sheet of each theme; "auto" follows the reader's own choice.
SHEETS = {
    "auto": "css/cityrank.css",
    "light": "css/cityrank-light.css",
    "dark": "css/cityrank-dark.css",
}


def frameable(response: HttpResponse) -> HttpResponse:
    """Let the origins of EMBED_ORIGINS, and this site itself, show the answer in a frame."""
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": ancestors(), "form-action": [NONE]}  # type: ignore[attr-defined]
    response["X-Robots-Tag"] = "noindex"
    return response


def ancestors() -> list[str]:
    """Return the sources of the directive `frame-ancestors`."""
    return ["*"] if settings.EMBED_ORIGINS == ["*"] else [SELF, *settings.EMBED_ORIGINS]


def in_frame(view: View) -> View:
    """Answer with a page for a frame; what does not exist is said in the frame too."""

    @wraps(view)
    def wrapped(request: HttpRequest, **parts: Any) -> HttpResponse:
        try:
            return frameable(view(request, **parts))
        except Http404:
            return frameable(render_frame(request, "absent", status=404))

    return wrapped


def shows_release(view: View) -> View:
    """Call `view(request, scope, ...)` as `reads_release` does, for a page in a frame."""

    @wraps(view)
    def wrapped(request: HttpRequest, label: str, number: int | None = None, **rest: Any) -> HttpResponse:
        try:
            scope = open_scope(label) if number is None else frozen_scope(label, number)
        except Release.DoesNotExist:
            gone = withdrawn_edition(label) if number is None else None
            if gone is None:
                raise Http404 from None
            return _withdrawn(request, gone)
        except Withdrawn as withdrawn:
            return _withdrawn(request, withdrawn.release)
        return view(request, scope, **rest)

    return in_frame(wrapped)


def render_frame(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    theme = request.GET.get("theme", "auto")
    theme = theme if theme in THEMES else "auto"
    known = {"theme": theme, "sheet": SHEETS[theme]}
    return render(request, f"embed/{template}.html", known | (context or {}), status=status)


def _withdrawn(request: HttpRequest, release: Release) -> HttpResponse:
    current = open_gate().releases.filter(edition=release.edition).first()
    return render_frame(request, "withdrawn", {"release": release, "current": current}, status=410)
