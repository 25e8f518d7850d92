"""Who is not a place: the companies and apps of the sixth series, and the organisers."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import selectors
from cityrank.pages.profiles import send_profile
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Subject
from cityrank.results.place_around import unread_tables
from cityrank.results.place_story import story_of
from cityrank.results.records import record_of

Found = TypeVar("Found", bound=Subject)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    subject = _subject_or_404(selectors.organisation_at, slug)
    context = _results(subject) | {
        "apps": selectors.apps_of(subject),
        "organised": selectors.editions_organised(open_gate(), subject),
    }
    return render(request, "pages/subject.html", context)


def app(request: HttpRequest, slug: str) -> HttpResponse:
    subject = _subject_or_404(selectors.app_at, slug)
    context = _results(subject) | {"operator": selectors.operator_of(subject)}
    return render(request, "pages/subject.html", context)


def profile(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The record of an organisation or app on one printed page."""
    find: Callable[[str], Subject] = selectors.organisation_at if kind == "organisation" else selectors.app_at
    subject = _subject_or_404(find, slug)
    return send_profile(request, record_of(open_gate(), subject), subject)


def _subject_or_404(find: Callable[[str], Found], slug: str) -> Found:
    try:
        return find(slug)
    except ObjectDoesNotExist:
        raise Http404 from None


def _results(subject: Subject) -> dict[str, Any]:
    gate = open_gate()
    record = record_of(gate, subject)
    return {
        "subject": subject,
        "aliases": selectors.aliases_of(subject),
        "record": record,
        "story": story_of(record),
        # An organiser is no competitor: only of those who appear is it said what could not be read.
        "unread": unread_tables(gate, record) if record else [],
    }
