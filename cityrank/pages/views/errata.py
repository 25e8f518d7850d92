"""What was corrected in an edition after it was published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Edition, Release
from cityrank.pages import corrections
from cityrank.pages.paging import page_of
from cityrank.pages.scope import Scope, open_scope, reads_release
from cityrank.publishing.errata import correction_by, corrections_of


def errata(request: HttpRequest, label: str) -> HttpResponse:
    """Every correction of an edition, newest first.

    Where the last release was withdrawn it says so with status 410, and still tells what was corrected when and why.
    """
    edition = Edition.objects.filter(label=label).first()
    known = edition and edition.releases.public_once().order_by("-number")
    if edition is None or not known:
        raise Http404
    found = corrections_of(edition)
    page = page_of(request, found, corrections.CORRECTIONS_SHOWN)
    scope = _scope(label)
    context = {
        "edition": edition,
        "scope": scope,
        "title": known[0].title if known[0].status != Release.Status.WITHDRAWN else "",
        "withdrawn": [release for release in known if release.status == Release.Status.WITHDRAWN],
        "page": page,
        "entries": corrections.entries(page),
    }
    return render(request, "pages/errata.html", context, status=200 if scope else 410)


def _scope(label: str) -> Scope | None:
    try:
        return open_scope(label)
    except Release.DoesNotExist:
        return None


@reads_release
def release_errata(request: HttpRequest, scope: Scope) -> HttpResponse:
    """What one release corrected, all of it; the address never shows anything else."""
    correction = correction_by(scope.release)
    page = page_of(request, corrections.rows_of(correction) if correction else [], corrections.ROWS_SHOWN)
    context = {
        "scope": scope,
        "edition": scope.edition,
        "page": page,
        "entry": corrections.entry(correction, page) if correction else None,
        "has_one_address": True,
    }
    return render(request, "pages/release_errata.html", context)
