"""The heading of a release and what it rests on: organisers, sources, series, lines."""

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Line, Organiser, Release, Series, Source
from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.deriving import column
from cityrank.exchange.sheets.results import POSITION, SOURCE

EDITION = Column(
    "edition",
    _("edition"),
    _("Label of the edition, such as 2017-2018."),
    path="edition__label",
    required=True,
    example="2017-2018",
)
RELEASE = Column(
    "release",
    _("release"),
    _("Number of the release. A corrected edition is another release with a number of its own."),
    Kind.WHOLE,
    path="number",
    required=True,
    example="1",
)
TITLES = ("title_zh", "title_en")

HEADING = Sheet(
    "edition",
    _("edition"),
    Release,
    (
        EDITION,
        RELEASE,
        column(Edition, "period_start", path="edition__period_start"),
        column(Edition, "period_end", path="edition__period_end"),
        column(Edition, "invented", path="edition__invented"),
        *(column(Release, name) for name in (*TITLES, "announced_on", "summary_zh", "summary_en", "reason")),
        column(Release, "due_on", office=True),
    ),
    key=("edition", "release"),
    order=("edition__label", "number"),
)

LINES = Sheet(
    "lines",
    _("lines"),
    Line,
    (
        column(Line, "slug", _("What an award or a ranking is called by through the years.")),
        *(column(Line, name) for name in ("kind", *TITLES)),
        # A merger may be planned in a draft.
        column(Line, "merged_into", office=True),
    ),
    key=("slug",),
    order=("slug",),
)

SOURCES = Sheet(
    "sources",
    _("sources"),
    Source,
    (
        column(Source, "key"),
        *(column(Source, name) for name in (*TITLES, "publisher_zh", "publisher_en", "author", "url")),
        *(column(Source, name) for name in ("published_on", "page")),
        *(column(Source, name, office=True) for name in ("transcriber", "checker")),
        *(column(Source, name) for name in ("note_zh", "note_en")),
    ),
    key=("key",),
    order=("key",),
)

ORGANISERS = Sheet(
    "organisers",
    _("organisers"),
    Organiser,
    (
        POSITION,
        column(Organiser, "role"),
        column(Organiser, "organisation", _("Identifier of the organisation.")),
    ),
    key=("role", "organisation"),
    order=("position", "role", "organisation__slug"),
)

SERIES = Sheet(
    "series",
    _("series"),
    Series,
    (
        column(Series, "number"),
        *(column(Series, name) for name in (*TITLES, "intro_zh", "intro_en")),
    ),
    key=("number",),
    order=("number",),
)

__all__ = ["EDITION", "HEADING", "LINES", "ORGANISERS", "RELEASE", "SERIES", "SOURCE", "SOURCES"]
