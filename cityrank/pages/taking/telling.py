"""From what a page shows to what it tells programs about itself. Nothing is read from the database for it.

Which page it is, its address says; what it shows stands in its context already. Pages that it does not know say where
they stand, and no more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cityrank.pages.addresses import subject_page
from cityrank.pages.scope import Scope, site_of
from cityrank.pages.taking import linked_data
from cityrank.pages.taking.linked_data import Data, Facts, File, Step
from cityrank.pages.taking.things import Thing
from cityrank.pages.templatetags.pages import concrete, en_dash, numeral, path_to, shown_as
from cityrank.registry.models import Organisation, Place, Subject
from cityrank.results.tables import Table

MEDIA_TYPES = {
    "CSV": "text/csv",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ZIP": "application/zip",
    "PDF": "application/pdf",
}
# The things that a page of an edition may be about.
PARTS = ("award", "ranking", "averages")
ITEMS_TOLD = 50


@dataclass(frozen=True)
class Page:
    """A page that is being rendered: its request, context, title and description as plain text."""

    request: HttpRequest
    context: Mapping[str, Any]
    title: str
    description: str
    language: str

    @property
    def scope(self) -> Scope | None:
        return self.context.get("scope")

    @property
    def name(self) -> str:
        """The name of its address without what a frozen one begins with; empty for an address that leads nowhere."""
        match = self.request.resolver_match
        is_page = match and match.namespace == "pages" and not self.context.get("is_error")
        name = (match.url_name or "") if match and is_page else ""
        return "edition" if name == "release" else name.removeprefix("release-")

    @property
    def thing(self) -> Thing | None:
        """What the page is about, at its permanent address: for it there may be a card."""
        match = self.request.resolver_match
        values = match.kwargs if match else {}
        if self.name == "place":
            return Thing("place", (values["slug"],))
        if self.scope is None:
            return None
        name = self.name if self.name in ("award", "ranking") else "edition"
        args = (values["slug"],) if name != "edition" else ()
        return Thing(name, args, self.scope.edition.label, self.scope.release.number)

    def absolute(self, path: str) -> str:
        return site_of(self.request) + path


def parts_of(page: Page) -> list[Data]:
    """Return what the page tells; nothing for a preview, an error or what was withdrawn."""
    if not page.name:
        return []
    if page.name == "home":
        home = page.absolute(reverse("pages:home"))
        return linked_data.site(home, page.absolute(reverse("pages:search")), page.description)
    if page.name == "place" and "place" in page.context:
        return _place(page, page.context["place"])
    if page.name == "organisation" and "subject" in page.context:
        one: Organisation = page.context["subject"]
        address = page.absolute(path_to(subject_page(one)))
        return [linked_data.organisation(_names(one), address, one.website)]
    if page.scope is None:
        return []
    found = [linked_data.breadcrumbs(_way(page, page.scope))]
    if page.name == "edition" or page.name in PARTS:
        found.append(linked_data.dataset(_facts(page, page.scope), page.language))
    if page.name == "award" and "recipients" in page.context:
        rows = page.context["recipients"]
        items = [
            Step(*_named(page, row.subject, row.printed_name)) for row in rows[:ITEMS_TOLD] if row.subject
        ]
        found.append(linked_data.item_list(page.title, items, len(rows), is_ranked=False))
    if page.name == "ranking" and isinstance(page.context.get("table"), Table):
        found.append(_ranked(page, page.context["table"]))
    return found


def _ranked(page: Page, table: Table) -> Data:
    """The first rows, best first; nothing where the reader has sorted or narrowed the table, or rows have no rank."""
    rows = [row for row in table.rows[:ITEMS_TOLD] if row.slug]
    if table.wish.query() or not any(row.rank for row in rows):
        return {}
    items = [Step(row.name, page.absolute(reverse(f"pages:{row.kind}", args=[row.slug]))) for row in rows]
    return linked_data.item_list(page.title, items, table.total, is_ranked=True)


def _way(page: Page, scope: Scope) -> Iterable[Step]:
    yield Step(_("Editions"), page.absolute(reverse("pages:editions")))
    yield _edition(page, scope)
    if page.name == "edition":
        return
    row = page.context.get("award") or page.context.get("ranking")
    if row is not None and page.name in PARTS:
        number = row.series.number
        series = path_to(scope.page("series", number))
        yield Step(_("Series %(number)s") % {"number": numeral(number)}, page.absolute(series))
    yield Step(page.title, page.absolute(page.request.path))


def _edition(page: Page, scope: Scope) -> Step:
    return Step(en_dash(scope.edition.label), page.absolute(path_to(scope.page("edition"))))


def _facts(page: Page, scope: Scope) -> Facts:
    release, thing = scope.release, page.thing
    args = thing.args if thing and page.name != "averages" else ()
    here = Thing(page.name, args, scope.edition.label, scope.release.number if scope.is_frozen else None)
    files = tuple(
        File(kind, MEDIA_TYPES[kind], page.absolute(path))
        for path, kind in here.files()
        if kind in MEDIA_TYPES
    )
    ranking = page.context.get("ranking")
    is_empty = page.name == "ranking" and ranking is not None and not ranking.is_transcribed
    is_whole = page.name == "edition"
    creators = page.context.get("organisers", ()) if is_whole else ()
    return Facts(
        name=page.title,
        description=page.description,
        address=page.absolute(here.path()),
        permanent=page.absolute(here.frozen(release.number).path()),
        version=str(release.number),
        published=release.published_at.isoformat() if release.published_at else "",
        period=(scope.edition.period_start, scope.edition.period_end),
        creators=tuple(
            (row.organisation.name, page.absolute(path_to(subject_page(row.organisation))))
            for row in creators
        ),
        files=() if is_empty else files,
        whole=None if is_whole else Step(release.title, page.absolute(path_to(scope.page("edition")))),
    )


def _named(page: Page, subject: Any, printed: str) -> tuple[str, str]:
    shown = concrete(subject)
    return shown_as(shown, printed), page.absolute(path_to(subject_page(shown)))


def _place(page: Page, place: Place) -> list[Data]:
    def step(one: Place) -> Step:
        return Step(one.name, page.absolute(path_to(subject_page(one))))

    above = [step(one) for one in place.ancestors()]
    here = step(place)
    return [
        linked_data.breadcrumbs([*above, here]),
        linked_data.place(_names(place), here.address, place.code, above[::-1]),
    ]


def _names(subject: Subject) -> list[str]:
    """The name in the language of the page, then the others, each once."""
    return [name for name in dict.fromkeys([subject.name, subject.name_zh, subject.english_name]) if name]
