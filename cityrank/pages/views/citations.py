"""How to cite an edition, an award, a ranking, the averages, a chart or the page of a place."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from cityrank.exchange.writing import disposition
from cityrank.pages.scope import Scope, reads_release
from cityrank.pages.taking import citing, works
from cityrank.pages.taking.citing import Work
from cityrank.pages.taking.things import Thing, thing_of

FILES = {"bib": citing.bibtex, "ris": citing.ris}


@reads_release
def cite(request: HttpRequest, scope: Scope, name: str, suffix: str = "", **parts: str) -> HttpResponse:
    """Show the citations, or send one of the two files; the address in them is always the permanent one."""
    thing = thing_of(scope, name, *parts.values())
    title = works.title_of(scope, name, *parts.values())
    work = works.work_of(request, scope, thing, title, _read_on(request, suffix))
    return _answer(request, work, thing, suffix, scope)


def cite_place(request: HttpRequest, name: str, slug: str, kind: str = "", suffix: str = "") -> HttpResponse:
    place = works.place_at(slug)
    thing = Thing(name, (slug, kind) if kind else (slug,))
    title = works.chart_of_place(place, kind).title if kind else ""
    work = works.place_work(request, place, thing, title, _read_on(request, suffix))
    return _answer(request, work, thing, suffix, None)


def _read_on(request: HttpRequest, suffix: str) -> dt.date | None:
    """Return the day on which the reader read it: today on the page, in a file the one that was asked for.

    So a file depends on its address and the release alone, and may be kept by whoever stands between.
    """
    if not suffix:
        return localdate()
    try:
        return dt.date.fromisoformat(request.GET.get("accessed", ""))
    except ValueError:
        return None


def _answer(request: HttpRequest, work: Work, thing: Thing, suffix: str, scope: Scope | None) -> HttpResponse:
    if suffix:
        response = HttpResponse(FILES[suffix](work), f"{citing.MEDIA_TYPES[suffix]}; charset=utf-8")
        response["Content-Disposition"] = disposition(f"{work.key}.{suffix}", f"{work.key}.{suffix}")
        response["X-Robots-Tag"] = "noindex"
        return response
    context = {
        "scope": scope,
        "work": work,
        "thing": thing,
        "styles": citing.styles(work),
        "page_path": thing.path(),
        "files": [(thing.path(kind), kind) for kind in FILES],
    }
    return render(request, "pages/cite.html", context)
