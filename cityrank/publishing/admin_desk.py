"""The first page of the admin and its navigation."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Recipient
from cityrank.publishing.admin_filters import all_releases
from scores.models import Ranking, Score

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
    ("axes", "accesslog", "login"),
    ("axes", "accessattempt", "lock_clock"),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups of the side bar with what this person may see."""
    groups = [(_("Editions"), EDITIONS), (_("Registry"), REGISTRY), (_("Accounts"), ACCOUNTS)]
    shown = [
        {"title": title, "separator": True, "items": _items(request, models)} for title, models in groups
    ]
    desk = {"title": _("Desk"), "icon": "dashboard", "link": reverse("admin:index")}
    return [{"title": "", "items": [desk]}, *(group for group in shown if group["items"])]


def _items(request: HttpRequest, models: tuple) -> list[dict[str, Any]]:
    items = []
    for app, name, icon in models:
        if request.user.is_superuser if app == "axes" else request.user.has_perm(f"{app}.view_{name}"):
            title = apps.get_model(app, name)._meta.verbose_name_plural
            items.append(
                {
                    "title": str(title).capitalize(),
                    "icon": icon,
                    "link": reverse(f"admin:{app}_{name}_changelist"),
                }
            )
    return items


def desk(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the first page shows: the editions with their releases, and what is left to do in the drafts."""
    releases = all_releases(request) if request.user.has_perm("awards.view_release") else []
    editions: dict[Any, list] = {}
    for release in releases:
        editions.setdefault(release.edition, []).append(release)
    context["cityrank"] = {
        "editions": [_edition(request, edition, rows) for edition, rows in editions.items()],
        "drafts": [_draft(release) for release in releases if release.is_editable],
    }
    return context


def _edition(request: HttpRequest, edition: Any, releases: list) -> dict[str, Any]:
    return {
        "edition": edition,
        "releases": releases,
        "may_start": request.user.has_perm("awards.start_draft")
        and not any(row.status in ("draft", "in_review", "approved") for row in releases),
    }


def _draft(release: Any) -> dict[str, Any]:
    unread = Ranking.objects.of_release(release).exclude(state=Ranking.State.COMPLETE)
    return {
        "release": release,
        "unresolved": Recipient.objects.of_release(release).filter(subject=None).count()
        + Score.objects.of_release(release).filter(subject=None).count(),
        "unread": unread.count(),
    }
