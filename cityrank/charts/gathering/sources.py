"""Where the figures of a chart come from, in one line."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

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


def source_of_editions(labels: list[str], *, invented: bool) -> str:
    text = gettext("CityRank, results of %(editions)s") % {"editions": " · ".join(labels)}
    return marked(text, invented=invented)


def marked(text: str, *, invented: bool) -> str:
    return f"{text} · {gettext('Invented data')}" if invented else text
