"""The first page of the admin and its navigation."""

from operator import attrgetter
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Release
from cityrank.publishing import checks
from cityrank.publishing.admin_filters import all_releases
from cityrank.publishing.admin_steps import steps_for
from cityrank.publishing.waiting import waiting_for

# App, model and icon of each entry, in the order of a bulletin.
EDITIONS = (
    ("awards", "edition", "calendar_month"),
    ("awards", "release", "inventory_2"),
    ("awards", "series", "format_list_numbered"),
    ("awards", "award", "trophy"),
    ("awards", "recipient", "location_city"),
    ("scores", "ranking", "leaderboard"),
    ("scores", "score", "scoreboard"),
    ("scores", "groupaverage", "equalizer"),
    ("awards", "fact", "123"),
    ("awards", "section", "lightbulb"),
    ("awards", "citation", "format_quote"),
    ("awards", "source", "menu_book"),
    ("awards", "attachment", "attach_file"),
    ("scores", "peergroup", "groups"),
    ("awards", "line", "timeline"),
)
REGISTRY = (
    ("registry", "place", "public"),
    ("registry", "city", "apartment"),
    ("registry", "town", "cottage"),
    ("registry", "organisation", "corporate_fare"),
    ("registry", "app", "apps"),
)
ACCOUNTS = (
    ("auth", "user", "person"),
    ("auth", "group", "group"),
    ("accounts", "invitation", "mail"),
    ("axes", "accesslog", "login"),
    ("axes", "accessfailurelog", "no_accounts"),
    ("axes", "accessattempt", "lock_clock"),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups of the side bar with what this person may see."""
    groups = [(_("Editions"), EDITIONS), (_("Registry"), REGISTRY), (_("Accounts"), ACCOUNTS)]
    shown = [
        {"title": title, "separator": True, "items": _items(request, models)} for title, models in groups
    ]
    shown.insert(1, {"title": _("Files"), "separator": True, "items": _files(request)})
    desk = {"title": _("Desk"), "icon": "dashboard", "link": reverse("admin:index")}
    return [{"title": "", "items": [desk]}, *(group for group in shown if group["items"])]


def _items(request: HttpRequest, models: tuple) -> list[dict[str, Any]]:
    items = []
    for app, name, icon in models:
        if request.user.has_perm(f"{app}.view_{name}"):
            title = apps.get_model(app, name)._meta.verbose_name_plural
            items.append(
                {
                    "title": str(title).capitalize(),
                    "icon": icon,
                    "link": reverse(f"admin:{app}_{name}_changelist"),
                }
            )
    return items


def _files(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries of files that are read: bulletins for those who set up drafts, tables for all who see rows."""
    shown = []
    if request.user.has_perm("awards.coordinate_release"):
        address = reverse("admin:exchange_bulletinreading_changelist")
        shown.append({"title": _("Bulletins"), "icon": "upload_file", "link": address})
    if request.user.has_perm("scores.view_score"):
        address = reverse("admin:exchange_import_changelist")
        shown.append({"title": _("Imports"), "icon": "table_view", "link": address})
    return shown


PUBLIC = ("published", "superseded", "withdrawn")
# So many of the last publications stand on the desk; the tables below have all of them.
PUBLICATIONS = 5


def account_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what everybody finds in the menu under their name."""
    return [
        {"title": _("Change password"), "link": reverse("account_change_password")},
        {"title": _("Second factor"), "link": reverse("mfa_index")},
        {"title": _("Sessions"), "link": reverse("usersessions_list")},
    ]


def desk(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the first page shows: what waits for this person, then the editions with their releases."""
    releases = all_releases(request) if request.user.has_perm("awards.view_release") else []
    editions: dict[Any, list] = {}
    for release in releases:
        editions.setdefault(release.edition, []).append(release)
    preparing = [row for row in releases if row.is_in_preparation]
    context["cityrank"] = {
        "editions": [_edition(request, edition, rows) for edition, rows in editions.items()],
        "waiting": waiting_for(cast(User, request.user), preparing),
        "today": timezone.localdate(),
        "preparing": [_preparation(request, row) for row in preparing],
        "published": last_publications(releases),
    }
    return context


def last_publications(releases: list[Release]) -> list[Release]:
    """Return what has become public last, the newest first."""
    public = [row for row in releases if row.published_at and row.public_status in PUBLIC]
    return sorted(public, key=attrgetter("published_at"), reverse=True)[:PUBLICATIONS]


def _preparation(request: HttpRequest, release: Release) -> dict[str, Any]:
    """A release in preparation with what its checks say and which moves this person may make."""
    return {"release": release, "summary": checks.summary(release), "steps": steps_for(request, release)}


def _edition(request: HttpRequest, edition: Any, releases: list) -> dict[str, Any]:
    return {
        "edition": edition,
        "releases": releases,
        "may_start": request.user.has_perm("awards.coordinate_release")
        and not any(row.is_in_preparation for row in releases),
    }
