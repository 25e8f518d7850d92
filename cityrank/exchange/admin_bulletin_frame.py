"""The frame of the pages of a bulletin: where they are, their tabs, their counts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange.bulletin.matching import Matched
from cityrank.exchange.bulletin.report import counts
from cityrank.exchange.models import BulletinReading
from scores.models import Ranking


def address(name: str, record: BulletinReading) -> str:
    return reverse(f"admin:exchange_bulletinreading_{name}", args=[record.pk])


def release_address(release: Release) -> str:
    return reverse("admin:awards_release_change", args=[release.pk])


def page(
    request: HttpRequest, record: BulletinReading | None, template: str, context: dict[str, Any]
) -> TemplateResponse:
    title = _("Bulletin: %(file)s") % {"file": record} if record else _("Read a bulletin")
    frame = admin.site.each_context(request) | {
        "title": title,
        "record": record,
        "opts": BulletinReading._meta,
    }
    return TemplateResponse(request, template, frame | context)


def steps(record: BulletinReading, matched: Matched, active: str) -> dict[str, Any]:
    """Return the tabs of the reading and its counts."""
    found = counts(matched)
    number = found["questions_open"]
    named = {"report": _("What was read"), "questions": _("Questions"), "confirm": _("Confirm")}
    places = {"report": "change", "questions": "questions", "confirm": "confirm"}
    shown = list(named) if record.is_open else ["report"]
    return {
        "matched": matched,
        "counts": found,
        "states": [
            (state.label, found[f"rankings_{state.value}"])
            for state in Ranking.State
            if found[f"rankings_{state.value}"]
        ],
        "tabs": [
            {
                "title": f"{named[name]} ({number})" if name == "questions" else named[name],
                "url": address(places[name], record),
                "active": name == active,
            }
            for name in shown
        ],
    }
