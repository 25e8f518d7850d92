"""Further pages of a release in the admin: its checks, who works on what, its log, its errata.

Each stands in a module of its own that has a `PAGE`; the list below says in which order their tabs are shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Release

PAGES: tuple[str, ...] = (
    "cityrank.publishing.admin_work",
    "cityrank.publishing.admin_checks",
    "cityrank.publishing.admin_difference",
    "cityrank.publishing.admin_log",
    "cityrank.publishing.admin_structure",
    "cityrank.exchange.admin_import_release",
    "cityrank.exchange.admin_download",
)

ReleaseView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class ReleasePage:
    """`view(request, release)` answers at <release>/<name>/; `more` are further views below it, by route and name.

    `permission` is needed to see the page at all; what a form on it does, the business function checks.
    """

    name: str
    title: Promise
    view: ReleaseView
    permission: str = "awards.view_release"
    more: tuple[tuple[str, str, ReleaseView], ...] = ()


# The moves of a release have no tab: they are buttons in its bar.
STEP = ReleasePage("step", gettext_lazy("step"), lambda request, release: HttpResponse(status=404))


def pages() -> Iterator[ReleasePage]:
    for module in PAGES:
        yield import_module(module).PAGE


def page_address(release: Release, name: str) -> str:
    return reverse(f"admin:awards_release_{name}", args=[release.pk])


def urls() -> list[URLPattern]:
    """Return the addresses of all pages, to stand before those of the release's own form."""
    found = []
    for page in pages():
        found.append(_pattern(page, f"{page.name}/", page.name, page.view))
        found += [_pattern(page, f"{page.name}/{route}", name, view) for route, name, view in page.more]
    found.append(_pattern(STEP, "step/<str:action>/", "step", _step))
    return found


def _step(request: HttpRequest, release: Release, action: str) -> HttpResponse:
    from cityrank.publishing.admin_steps import step_view  # which renders in the frame of this module

    return step_view(request, release, action)


def _pattern(page: ReleasePage, route: str, name: str, view: ReleaseView) -> URLPattern:
    def answer(request: HttpRequest, object_id: int, **rest: Any) -> HttpResponse:
        if not request.user.has_perm(page.permission):
            raise PermissionDenied
        release = get_object_or_404(Release.objects.select_related("edition"), pk=object_id)
        return view(request, release, **rest)

    return path(f"<int:object_id>/{route}", admin.site.admin_view(answer), name=f"awards_release_{name}")


def tabs(request: HttpRequest, release: Release, active: str = "") -> list[dict[str, Any]]:
    """Return the tabs above the pages of a release: its content first, then the pages this person may see."""
    shown = [page for page in pages() if request.user.has_perm(page.permission)]
    first = reverse("admin:awards_release_change", args=[release.pk])
    return [
        {"title": _("Content"), "url": first, "active": not active},
        *(
            {"title": page.title, "url": page_address(release, page.name), "active": page.name == active}
            for page in shown
        ),
    ]


def render_release_page(
    request: HttpRequest, release: Release, name: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Answer with a page in the frame of the release: its bar, its tabs, and a template's own content."""
    from cityrank.publishing.admin_release import notice
    from cityrank.publishing.admin_steps import steps_for

    frame = admin.site.each_context(request) | {
        "title": str(release),
        "opts": Release._meta,
        "original": release,
        "cityrank": notice(request, release) | {"trail": [], "steps": steps_for(request, release)},
        "tabs": tabs(request, release, name),
    }
    return TemplateResponse(request, template, frame | context)
