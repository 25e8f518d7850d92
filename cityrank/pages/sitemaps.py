"""sitemap.xml in parts, and robots.txt: what search engines should know of.

Pages of an edition are listed at the address that shows the current release; frozen releases are for those who cite
them. Of 46,000 places those are listed that a current release names. Every page stands there in both languages, each
with a link to the other.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from awards.models import Award, Organiser, Recipient, Release, Series
from cityrank.pages.addresses import Named, release_page
from cityrank.pages.scope import site_of
from cityrank.pages.templatetags.pages import path_to
from cityrank.publishing.gate import Gate, open_gate, public_subjects
from cityrank.registry.models import Subject
from scores.models import Ranking, Score

# Always there, whatever was published.
FIXED = ("home", "editions", "most-awarded", "about", "certificates")
# An edition has these besides its awards and rankings.
OF_EDITIONS = ("edition", "averages", "method", "winners-by-province")


@dataclass(frozen=True)
class Entry:
    """A page and when it last became another one, if that is known."""

    page: Named
    changed: dt.datetime | None = None


class Part(Sitemap):
    """One part: what it lists says `entries`."""

    i18n = True
    alternates = True
    x_default = True
    limit = 10_000

    def __init__(self, site: str) -> None:
        address = urlsplit(site)
        self.protocol, self.host = address.scheme, address.netloc
        # Counted, dated and cut into pages: read once all the same.
        self._items_read: list[Entry] | None = None

    def get_domain(self, site: Any = None) -> str:
        return self.host

    def entries(self, gate: Gate) -> Iterable[Entry]:
        raise NotImplementedError

    def items(self) -> list[Entry]:
        if self._items_read is None:
            self._items_read = list(self.entries(open_gate()))
        return self._items_read

    def location(self, item: Any) -> str:
        return path_to(item.page)

    def lastmod(self, item: Any) -> dt.datetime | None:
        changed: dt.datetime | None = item.changed
        return changed


class Pages(Part):
    def entries(self, gate: Gate) -> Iterable[Entry]:
        last = max((release.published_at for release in gate.releases if release.published_at), default=None)
        for name in FIXED:
            yield Entry((f"pages:{name}", ()), last if name in ("home", "editions") else None)


class Editions(Part):
    def entries(self, gate: Gate) -> Iterable[Entry]:
        for release in _releases(gate):
            for name in OF_EDITIONS:
                yield Entry(release_page(name, release.edition.label, None), release.published_at)
        for series in gate.rows(Series).select_related("release__edition").order_by("release", "number"):
            yield _entry("series", series.release, series.number)


class Awards(Part):
    def entries(self, gate: Gate) -> Iterable[Entry]:
        for award in gate.rows(Award).select_related("release__edition").order_by("pk"):
            yield _entry("award", award.release, award.slug)


class Rankings(Part):
    def entries(self, gate: Gate) -> Iterable[Entry]:
        for ranking in gate.rows(Ranking).select_related("release__edition").order_by("pk"):
            yield _entry("ranking", ranking.release, ranking.slug)


class Subjects(Part):
    """Whoever a current release names: places, organisations and apps."""

    def entries(self, gate: Gate) -> Iterable[Entry]:
        named = gate.rows(Recipient).exclude(subject=None).order_by().values_list("subject")
        named = named.union(gate.rows(Score).exclude(subject=None).order_by().values_list("subject"))
        named = named.union(gate.rows(Organiser).order_by().values_list("organisation"))
        keys = [key for (key,) in named]
        rows = public_subjects(Subject.objects.filter(pk__in=keys)).order_by("kind", "slug")
        for kind, slug in rows.values_list("kind", "slug"):
            yield Entry((f"pages:{kind}", (slug,)))


PARTS: dict[str, type[Part]] = {
    "pages": Pages,
    "editions": Editions,
    "awards": Awards,
    "rankings": Rankings,
    "places": Subjects,
}


def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """The list of the parts, each with the day on which something in it last changed."""
    site, found = site_of(request), []
    for name, part in _parts(request).items():
        address = site + reverse("sitemap-part", args=[name])
        pages = range(1, part.paginator.num_pages + 1)
        changed = part.get_latest_lastmod()
        found += [
            views.SitemapIndexItem(f"{address}?p={page}" if page > 1 else address, changed) for page in pages
        ]
    # Django's own view names the host of the request, whatever the site is called.
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


def sitemap_part(request: HttpRequest, section: str) -> TemplateResponse:
    response: TemplateResponse = views.sitemap(request, sitemaps=_parts(request), section=section)
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read but what is a form of something else: the office, the API, files without end."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _closed()), ""]
    lines += [f"Sitemap: {site_of(request)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _closed() -> list[str]:
    return ["/admin/", "/en/admin/", "/i18n/", "/api/"]


def _parts(request: HttpRequest) -> dict[str, Any]:
    site = site_of(request)
    return {name: part(site) for name, part in PARTS.items()}


def _releases(gate: Gate) -> Iterable[Release]:
    return gate.releases.select_related("edition").order_by("-edition__period_end", "-number")


def _entry(name: str, release: Release, *args: object) -> Entry:
    return Entry(release_page(name, release.edition.label, None, *args), release.published_at)
