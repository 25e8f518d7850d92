"""What one request may read: the current release of an edition, one frozen release, or for staff one in preparation.

Views of an edition's content are decorated with `reads_release`; they get a `Scope` instead of label and number and
cannot see anything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from awards.models import Edition, Release
from cityrank.pages.addresses import Named, release_page
from cityrank.publishing.gate import (
    Gate,
    Withdrawn,
    frozen_gate,
    open_gate,
    preview_gate,
    withdrawn_edition,
)


@dataclass(frozen=True)
class Scope:
    gate: Gate
    release: Release
    is_frozen: bool
    # Number of the edition's current release; None where the edition has none any more.
    current: int | None
    # A release in preparation, shown to staff as readers will see it.
    is_preview: bool = False

    @property
    def edition(self) -> Edition:
        return self.release.edition

    @property
    def is_superseded(self) -> bool:
        return not self.is_preview and not self.release.is_current

    @property
    def is_for_search_engines(self) -> bool:
        """Replaced figures stay readable for those who cite them, and out of search engines."""
        return not self.is_preview and not self.is_superseded

    @property
    def following(self) -> Release | None:
        """The release that took the place of this one."""
        later = self.edition.releases.public_once().filter(number__gt=self.release.number)
        return later.order_by("number").first() if self.is_superseded else None

    def page(self, name: str, *args: object) -> Named:
        """Return URL name and arguments of another page, open, frozen or a preview like this one."""
        number = self.release.number if self.is_frozen or self.is_preview else None
        space = "preview" if self.is_preview else "pages"
        return release_page(name, self.edition.label, number, *args, space=space)

    def open_page(self, name: str, *args: object) -> Named:
        return release_page(name, self.edition.label, None, *args)

    def frozen_page(self, name: str, *args: object) -> Named:
        return release_page(name, self.edition.label, self.release.number, *args)


def open_scope(label: str) -> Scope:
    """Raises `Release.DoesNotExist` where the edition has no current release."""
    gate = open_gate()
    release = gate.releases.select_related("edition").get(edition__label=label)
    return Scope(Gate(gate.releases.filter(pk=release.pk)), release, is_frozen=False, current=release.number)


def frozen_scope(label: str, number: int) -> Scope:
    """Raises `Release.DoesNotExist` for what was never public, `Withdrawn` for what is not public any more."""
    gate = frozen_gate(label, number)
    release = gate.releases.select_related("edition").get()
    current = open_gate().releases.filter(edition=release.edition).values_list("number", flat=True).first()
    return Scope(gate, release, is_frozen=True, current=current)


def preview_scope(label: str, number: int) -> Scope:
    """Raises `Release.DoesNotExist` for what is not in preparation."""
    gate = preview_gate(label, number)
    release = gate.releases.select_related("edition").get()
    return Scope(gate, release, is_frozen=False, current=None, is_preview=True)


def site_of(request: HttpRequest) -> str:
    """Return what addresses begin with that leave the site: SITE_URL, or the host of the request."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


View = Callable[..., HttpResponseBase]


def _withdrawn(request: HttpRequest, release: Release) -> HttpResponse:
    current = open_gate().releases.filter(edition=release.edition).first()
    return render(request, "pages/withdrawn.html", {"release": release, "current": current}, status=410)


def _preview(
    request: HttpRequest, label: str, number: int, view: Callable[[Scope], HttpResponseBase]
) -> HttpResponseBase:
    """Show a page of a draft to people of the office; for anybody else there is nothing but the sign-in."""
    if not (request.user.is_active and request.user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if not request.user.has_perm("awards.view_release"):
        raise PermissionDenied
    try:
        response = view(preview_scope(label, number))
    except Release.DoesNotExist:
        # It may have become public since the link was copied.
        return HttpResponseRedirect(reverse("pages:release", args=[label, number]))
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def reads_release(view: View) -> View:
    """Call `view(request, scope, ...)` for an address with a label and perhaps the number of a release.

    `preview` stands in the addresses of `cityrank.pages.previews`.
    """

    @wraps(view)
    def wrapped(
        request: HttpRequest, label: str, number: int | None = None, *, preview: bool = False, **rest: Any
    ) -> HttpResponseBase:
        if preview and number is not None:
            return _preview(request, label, number, lambda scope: view(request, scope, **rest))
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

    return wrapped
