"""Corrections as an Atom feed: of one edition, or of all."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Edition, Release
from cityrank.pages.addresses import release_page
from cityrank.pages.templatetags.demo import demo_mark
from cityrank.pages.templatetags.pages import absolute, path_to
from cityrank.publishing.errata import Correction, corrections_of, latest_corrections
from cityrank.publishing.gate import withdrawn_edition

LATEST = 50


NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Atom(Atom1Feed):
    """Atom in which a feed without entries was last updated when its edition was published, and not just now."""

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else self.feed["since"]


class Errata(Feed):
    """The last corrections, newest first, each with its reason; the differences stand on its page."""

    feed_type = Atom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 410 like the pages do where the edition was withdrawn, and still tell what was corrected before."""
        response: HttpResponse = super().__call__(request, *args, **kwargs)
        if "label" in kwargs and withdrawn_edition(kwargs["label"]):
            response.status_code = 410
        return response

    def get_object(self, request: HttpRequest, label: str = "") -> Edition | None:
        self.request = request
        if not label:
            return None
        edition = Edition.objects.filter(label=label).first()
        if edition is None or not edition.releases.public_once().exists():
            raise Http404
        return edition

    def title(self, edition: Edition | None) -> str:
        if edition is None:
            return demo_mark() + _("CityRank: errata")
        return demo_mark() + _("CityRank: errata of the edition %(label)s") % {"label": edition.label}

    def subtitle(self, edition: Edition | None) -> str:
        gone = withdrawn_edition(edition.label) if edition else None
        if gone is None:
            return _("What was corrected after it was published, when and why.")
        values = {"number": gone.number, "reason": gone.withdrawal}
        return _("Release %(number)s was withdrawn: %(reason)s") % values

    def link(self, edition: Edition | None) -> str:
        page = reverse("pages:errata", args=[edition.label]) if edition else reverse("pages:editions")
        return absolute(self.request, page)

    def feed_url(self, edition: Edition | None) -> str:
        return absolute(self.request, self.request.path)

    def feed_extra_kwargs(self, edition: Edition | None) -> dict[str, dt.datetime]:
        known = edition.releases.public_once() if edition else Release.objects.public_once()
        return {"since": known.aggregate(last=Max("published_at"))["last"] or NEVER}

    def items(self, edition: Edition | None) -> list[Correction]:
        return corrections_of(edition)[:LATEST] if edition else latest_corrections(LATEST)

    def item_title(self, item: Any) -> str:
        numbers = {
            "label": item.release.edition.label,
            "number": item.release.number,
            "former": item.former.number,
        }
        if item.withdrawn:
            return _("%(label)s: release %(number)s replaced release %(former)s") % numbers
        return _("%(label)s: release %(number)s corrects release %(former)s") % numbers

    def item_description(self, item: Any) -> str:
        if item.withdrawn:
            told = [
                _("Release %(number)s was withdrawn: %(reason)s")
                % {"number": one.number, "reason": one.withdrawal}
                for one in item.withdrawn
            ]
            return " ".join([item.release.reason, *told]).strip()
        counted = ngettext("%(n)s difference.", "%(n)s differences.", item.count) % {"n": item.count}
        return f"{item.release.reason} {counted}".strip()

    def item_link(self, item: Any) -> str:
        label, number = item.release.edition.label, item.release.number
        # The page of a withdrawn release is gone; the page of the edition tells why.
        if item.withdrawn:
            return absolute(self.request, f"{reverse('pages:errata', args=[label])}#release-{number}")
        return absolute(self.request, path_to(release_page("errata", label, number)))

    def item_guid(self, item: Any) -> str:
        """Return an address that stays the same in either language and whatever becomes of the release."""
        path = f"/editions/{item.release.edition.label}/errata/#release-{item.release.number}"
        return absolute(self.request, path)

    def item_pubdate(self, item: Any) -> Any:
        return item.release.published_at

    item_updateddate = item_pubdate


def errata_feed(request: HttpRequest, **address: str) -> HttpResponse:
    """Write the feed. It holds the request while it does, so that each request needs a feed of its own."""
    return Errata()(request, **address)
