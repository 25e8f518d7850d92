"""Paths of the public pages in the default language, for whoever needs to name a page outside a request for it.

`number` is the number of a release: with it, the frozen address; without it, the one that shows the current release.
Templates use `{% page %}` instead, which keeps the reader's language and release.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cityrank.registry.models import Subject


def edition_path(label: str, number: int | None = None) -> str:
    return _default(release_page("edition", label, number))


def series_path(label: str, series: int, number: int | None = None) -> str:
    return _default(release_page("series", label, number, series))


def award_path(label: str, slug: str, number: int | None = None) -> str:
    return _default(release_page("award", label, number, slug))


def ranking_path(label: str, slug: str, number: int | None = None) -> str:
    return _default(release_page("ranking", label, number, slug))


def averages_path(label: str, number: int | None = None) -> str:
    return _default(release_page("averages", label, number))


def place_path(slug: str) -> str:
    return _default(("pages:place", (slug,)))


def subject_path(subject: Subject) -> str:
    return _default(subject_page(subject))


Named = tuple[str, tuple]


def release_page(name: str, label: str, number: int | None, *args: object) -> Named:
    """Return the URL name and arguments of a page of an edition, open or frozen."""
    if number is None:
        return f"pages:{name}", (label, *args)
    return ("pages:release" if name == "edition" else f"pages:release-{name}"), (label, number, *args)


def subject_page(subject: Subject) -> Named:
    """Return the URL name and arguments of the page of a place, organisation or app."""
    return f"pages:{subject.kind}", (subject.slug,)


def _default(page: Named) -> str:
    name, args = page
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, args=args)
