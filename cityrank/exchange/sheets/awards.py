"""Awards and why they were given; what an edition says in words and in single figures."""

from django.utils.translation import gettext_lazy as _

from awards.models import Award, Citation, Fact, Section
from cityrank.exchange.columns import Sheet
from cityrank.exchange.deriving import column
from cityrank.exchange.sheets.release import TITLES
from cityrank.exchange.sheets.results import POSITION, SOURCE

CITATIONS = Sheet(
    "citations",
    _("citations"),
    Citation,
    (
        *(column(Citation, name) for name in ("key", "kind", "heading", "text_zh", "text_en")),
        SOURCE,
    ),
    key=("key",),
    order=("key",),
)

AWARDS = Sheet(
    "awards",
    _("awards"),
    Award,
    (
        column(Award, "slug"),
        column(Award, "series", _("Number of the series.")),
        column(Award, "position"),
        column(Award, "line", _("The same award through the years.")),
        *(column(Award, name) for name in ("title_listed", "title_printed", "title_en")),
        *(column(Award, name) for name in ("period_listed", "period_printed", "expected_count")),
        column(Award, "citation", _("Why it was given; several awards may share one.")),
        SOURCE,
    ),
    key=("slug",),
    order=("series__number", "position"),
)

SECTIONS = Sheet(
    "sections",
    _("sections"),
    Section,
    (
        *(column(Section, name) for name in ("slug", "kind", "number")),
        column(Section, "series", _("Number of the series that it is about.")),
        *(column(Section, name) for name in ("is_summary", *TITLES, "body_zh", "body_en")),
        SOURCE,
    ),
    key=("slug",),
    order=("kind", "number"),
)

FACTS = Sheet(
    "facts",
    _("national figures"),
    Fact,
    (
        column(Fact, "slug"),
        POSITION,
        column(Fact, "value", decimals=("decimals",)),
        column(Fact, "decimals"),
        *(column(Fact, name) for name in ("unit", "qualifier", "printed", "label_zh", "label_en")),
        column(Fact, "section", _("Where the edition states it.")),
        SOURCE,
    ),
    key=("slug",),
    order=("position",),
)
