"""URL names and arguments of the public pages, for `{% page %}` and for views that lead from one page to another.

The number of a release gives the frozen address; without it, the one that shows the current release.
"""

from cityrank.registry.models import Subject

Named = tuple[str, tuple]


def release_page(name: str, label: str, number: int | None, *args: object) -> Named:
    """Return the URL name and arguments of a page of an edition, open or frozen."""
    if number is None:
        return f"pages:{name}", (label, *args)
    return ("pages:release" if name == "edition" else f"pages:release-{name}"), (label, number, *args)


def subject_page(subject: Subject) -> Named:
    """Return the URL name and arguments of the page of a place, organisation or app."""
    return f"pages:{subject.kind}", (subject.slug,)
