"""From a thing to the work that is cited: titles, organisers as authors, release, day, permanent address."""

import datetime as dt

from django.http import Http404, HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from awards.models import Award, Organiser
from cityrank.charts import Chart, building
from cityrank.pages import selectors
from cityrank.pages.scope import Scope
from cityrank.pages.taking.citing import Work
from cityrank.pages.taking.things import Thing
from cityrank.pages.templatetags.demo import demo_mark
from cityrank.pages.templatetags.pages import absolute, en_dash
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.registry.texts import is_english
from cityrank.results.records import record_of
from scores.models import Ranking


def title_of(scope: Scope, name: str, *args: str) -> str:
    """Return the title of a part of a release, empty for the whole. Raises `Http404` where there is no such part."""
    if name == "edition":
        return ""
    if name == "averages":
        return _("Average score rates of the groups")
    if name == "chart":
        return chart_of(scope, *args).title
    rows = scope.gate.rows(Award if name == "award" else Ranking)
    found = rows.filter(slug=args[0]).first()
    if found is None:
        raise Http404
    return str(found.title)


def chart_of(scope: Scope, kind: str, key: str) -> Chart:
    """Return a chart of a release. Raises `Http404` where there is nothing to show."""
    found = building.chart_at(scope.gate, scope.release, kind, key)
    if found is None:
        raise Http404
    return found


def chart_of_place(place: Place, kind: str) -> Chart:
    """Return a chart of a place over the current releases. Raises `Http404` where there is nothing to show."""
    is_one = kind in building.OF_PLACES
    found = building.chart_of_place(record_of(open_gate(), place), kind) if is_one else None
    if found is None:
        raise Http404
    return found


def work_of(request: HttpRequest, scope: Scope, thing: Thing, part: str, read: dt.date | None) -> Work:
    """Return the work behind a page of a release, at its permanent address. One query, for the organisers."""
    release = scope.release
    slugs = [str(arg) for arg in thing.args] or ([thing.name] if thing.name != "edition" else [])
    return Work(
        key="-".join(["cityrank", scope.edition.label, f"r{release.number}", *slugs]),
        language=_language(),
        title=demo_mark() + _edition_title(scope),
        part=part,
        address=absolute(request, thing.frozen(release.number).path()),
        authors=_authors(scope),
        release=_("Release %(number)s") % {"number": release.number},
        published=localtime(release.published_at).date() if release.published_at else release.announced_on,
        read=read,
    )


def place_work(request: HttpRequest, place: Place, thing: Thing, part: str, read: dt.date | None) -> Work:
    """Return the work behind the page of a place or a chart of it.

    It is what the current releases say, whichever they are on the day: the citation names them.
    """
    releases = open_gate().releases.select_related("edition").order_by("-edition__period_end", "-number")
    told = [
        _("%(edition)s, release %(number)s")
        % {"edition": en_dash(release.edition.label), "number": release.number}
        for release in releases
    ]
    return Work(
        key="-".join(["cityrank-place", *map(str, thing.args)]),
        language=_language(),
        title=demo_mark() + _("%(place)s: awards, ranks and scores") % {"place": place.name},
        part=part,
        address=absolute(request, thing.path()),
        release="; ".join(told),
        read=read,
        changes=True,
    )


def place_at(slug: str) -> Place:
    """Return a place. Raises `Http404` for what the public may not know of."""
    try:
        return selectors.place_at(slug)
    except Place.DoesNotExist:
        raise Http404 from None


def _edition_title(scope: Scope) -> str:
    """The title of the release, with the years where it does not say them itself."""
    title, label = scope.release.title, scope.edition.label
    return title if label in title or en_dash(label) in title else f"{title} {en_dash(label)}"


def _authors(scope: Scope) -> tuple[str, ...]:
    """Return the publishers in the order of the bulletin; where none is named as such, whoever is named."""
    rows = list(selectors.organisers_of(scope.gate))
    publishers = [row for row in rows if row.role == Organiser.Role.PUBLISHER]
    names = [
        row.organisation.english_name if is_english() else row.organisation.name_zh
        for row in publishers or rows
    ]
    return tuple(names)


def _language() -> str:
    return "en" if is_english() else "zh"
