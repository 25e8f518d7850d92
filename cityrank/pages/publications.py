"""What was published, corrected and withdrawn, as an Atom feed of all editions."""

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.pages.addresses import release_page
from cityrank.pages.feeds import LATEST, NEVER, Atom
from cityrank.pages.templatetags.demo import demo_mark
from cityrank.pages.templatetags.pages import absolute, path_to
from cityrank.publishing.gate import public_releases

PUBLISHED, CORRECTED, WITHDRAWN = "published", "corrected", "withdrawn"


@dataclass(frozen=True)
class Event:
    """Something that became of a release, and when readers could see it."""

    release: Release
    what: str
    at: dt.datetime


def events(releases: list[Release]) -> list[Event]:
    """Return what became of releases that are or were public, the latest first.

    The first of an edition was published, each later one corrects. A release that was withdrawn was read until then;
    both are told. `at` is the hour of the embargo where there was one, whenever somebody settled it.
    """
    found: list[Event] = []
    first: dict[int, Release] = {}
    for release in sorted(releases, key=attrgetter("edition_id", "number")):
        assert release.published_at is not None
        what = PUBLISHED if first.setdefault(release.edition_id, release) is release else CORRECTED
        found.append(Event(release, what, release.published_at))
        if release.status == Release.Status.WITHDRAWN:
            found.append(Event(release, WITHDRAWN, _withdrawn_at(release)))
    found.sort(key=lambda one: (one.at, one.release.pk, one.what), reverse=True)
    return found


class Publications(Feed):
    """The last publications, newest first. Of a withdrawn release nothing is told but that it is one."""

    feed_type = Atom

    def get_object(self, request: HttpRequest) -> list[Event]:
        self.request = request
        return events(list(public_releases()))

    def title(self) -> str:
        return demo_mark() + _("CityRank: publications")

    def subtitle(self) -> str:
        return _("Editions that were published, corrected or withdrawn.")

    def link(self) -> str:
        return absolute(self.request, reverse("pages:editions"))

    def feed_url(self) -> str:
        return absolute(self.request, self.request.path)

    def feed_extra_kwargs(self, found: list[Event]) -> dict[str, dt.datetime]:
        return {"since": NEVER}

    def items(self, found: list[Event]) -> list[Event]:
        return found[:LATEST]

    def item_title(self, item: Any) -> str:
        values = {"label": item.release.edition.label, "number": item.release.number}
        if item.what == WITHDRAWN:
            return _("%(label)s: release %(number)s was withdrawn") % values
        if item.what == CORRECTED:
            return _("%(label)s: corrected by release %(number)s") % values
        if item.release.status == Release.Status.WITHDRAWN:
            return _("%(label)s: published as release %(number)s") % values
        return _("%(label)s: published, %(title)s") % (values | {"title": item.release.title})

    def item_description(self, item: Any) -> str:
        if item.what == WITHDRAWN:
            return str(item.release.withdrawal)
        if item.release.status == Release.Status.WITHDRAWN:
            return str(item.release.reason)
        return str(item.release.reason or item.release.summary or item.release.title)

    def item_link(self, item: Any) -> str:
        label, number = item.release.edition.label, item.release.number
        # The page of a withdrawn release says so, with its reason.
        return absolute(self.request, path_to(release_page("edition", label, number)))

    def item_guid(self, item: Any) -> str:
        """Return an address that is the same in either language and whatever becomes of the release."""
        release = item.release
        path = f"/editions/{release.edition.label}/releases/{release.number}/#{item.what}"
        return absolute(self.request, path)

    def item_pubdate(self, item: Any) -> Any:
        return item.at

    item_updateddate = item_pubdate


def feed(request: HttpRequest) -> HttpResponse:
    """Write the feed. It holds the request while it does, so that each request needs a feed of its own."""
    response: HttpResponse = Publications()(request)
    return response


def _withdrawn_at(release: Release) -> dt.datetime:
    """Return when a release was withdrawn, from the log: one that had been replaced ended before that."""
    moves = [move.at for move in release.moves.all() if move.action == "withdraw"]
    return moves[-1] if moves else release.replaced_at or release.published_at or NEVER
