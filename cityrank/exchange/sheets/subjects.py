"""Whom a release names, table by table: what all subjects have, and what only places, organisations or apps have."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.deriving import column
from cityrank.exchange.sheets.registry import NAME_EN, NAME_ZH, PINYIN, PLACES, SLUG
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject

SUBJECTS = Sheet(
    "subjects",
    _("subjects"),
    Subject,
    (SLUG, column(Subject, "kind"), NAME_ZH, NAME_EN, PINYIN),
    key=("slug",),
    order=("slug",),
)


def _subject(about: Promise) -> Column:
    return Column(
        "subject",
        _("subject"),
        about,
        Kind.SUBJECT,
        path="subject__slug",
        sets="subject",
        required=True,
        to=Subject,
    )


PLACES_IN_FULL = Sheet(
    "places",
    _("places"),
    Place,
    (
        SLUG,
        *(PLACES.by_name[name] for name in ("level", "code")),
        column(Place, "parent", _("The place above it; only a country has none."), required=False),
        *(PLACES.by_name[name] for name in ("valid_from", "valid_to")),
        column(
            Place, "from_gazetteer", _("Whether it is in the public gazetteer; people entered the others.")
        ),
        PLACES.by_name["note"],
    ),
    key=("slug",),
    order=("slug",),
)

ORGANISATIONS_IN_FULL = Sheet(
    "organisations",
    _("organisations"),
    Organisation,
    (SLUG, column(Organisation, "website")),
    key=("slug",),
    order=("slug",),
)

APPS = Sheet(
    "apps",
    _("apps"),
    App,
    (SLUG, column(App, "operator", _("Identifier of the organisation that runs it."))),
    key=("slug",),
    order=("slug",),
)

ALIASES = Sheet(
    "aliases",
    _("other names"),
    Alias,
    (
        _subject(_("Whose name it is.")),
        column(Alias, "text"),
        column(Alias, "kind"),
        column(Alias, "note", office=True),
    ),
    key=("subject", "text"),
    order=("subject__slug", "text"),
)

TIERS = Sheet(
    "tiers",
    _("tiers"),
    PlaceTier,
    (
        column(PlaceTier, "place", _("Identifier of the place.")),
        *(column(PlaceTier, name) for name in ("tier", "from_year", "to_year")),
        column(PlaceTier, "note", office=True),
    ),
    key=("place", "tier", "from_year"),
    order=("place__slug", "tier", "from_year", "pk"),
)
