"""URL names and arguments of the public pages, for `{% page %}` and for views that lead from one page to another.

The number of a release gives the frozen address; without it, the one that shows the current release.
"""

from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

from cityrank.registry.models import Subject

Named = tuple[str, tuple]


def release_page(name: str, label: str, number: int | None, *args: object, space: str = "pages") -> Named:
    """Return the URL name and arguments of a page of an edition, open or frozen; with `space` "preview" of a draft."""
    if number is None:
        return f"{space}:{name}", (label, *args)
    return f"{space}:{'release' if name == 'edition' else f'release-{name}'}", (label, number, *args)


def subject_page(subject: Subject) -> Named:
    """Return the URL name and arguments of the page of a place, organisation or app."""
    return f"pages:{subject.kind}", (subject.slug,)


def subject_folder(kind: str) -> str:
    """Return what the paths of all pages of a kind of subject begin with, in the present language.

    A table has 3,000 links to such pages, and resolving each of them would take longer than the rest of its row.
    """
    return _folder(kind, get_language() or "")


@cache
def _folder(kind: str, language: str) -> str:
    return reverse(f"pages:{kind}", args=["0"]).removesuffix("0/")
