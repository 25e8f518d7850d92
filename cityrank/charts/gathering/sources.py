"""Where the figures of a chart come from, in one line."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from awards.models import Release


def source_of(release: Release) -> str:
    """Name the edition and the release, and say where figures are invented."""
    values = {"edition": release.edition.label, "number": release.number}
    if release.published_at:
        date = date_format(localtime(release.published_at), "DATE_FORMAT")
        text = gettext("CityRank, results of %(edition)s, release %(number)s of %(date)s") % {
            **values,
            "date": date,
        }
    else:
        text = gettext("CityRank, results of %(edition)s, release %(number)s, not published") % values
    return marked(text, invented=bool(getattr(release.edition, "invented", False)))


def source_of_editions(releases: Iterable[Release]) -> str:
    """Name several editions, each with its release."""
    rows = list({release.pk: release for release in releases}.values())
    text = gettext("%(edition)s (release %(number)s)")
    named = [text % {"edition": row.edition.label, "number": row.number} for row in rows]
    whole = gettext("CityRank, results of %(editions)s") % {"editions": pgettext("list", ", ").join(named)}
    return marked(whole, invented=any(getattr(row.edition, "invented", False) for row in rows))


def marked(text: str, *, invented: bool) -> str:
    return f"{text} · {gettext('Invented data')}" if invented else text
