"""The pages of the accounts stand in the frame of the admin, under its policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from cityrank.publishing.admin_site import ADMIN_POLICY

View = Callable[..., Any]


def framed(view: View) -> View:
    """Give a page the frame: not cached, not indexed, and its address told to no other site."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.in_admin_frame = True  # type: ignore[attr-defined]
        response: HttpResponse = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    secured: View = never_cache(csp_replace(ADMIN_POLICY)(answer))
    return secured


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: what the frame of the admin needs, on the pages that stand in it."""
    return admin.site.each_context(request) if getattr(request, "in_admin_frame", False) else {}
