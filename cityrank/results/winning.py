"""Winners read through a gate, for counting."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as Counted
from django.db.models import QuerySet

from awards.models import Award, Edition, Recipient
from cityrank.publishing.gate import Gate, public_places, public_subjects
from cityrank.registry.models import Place, Subject
from cityrank.results.successors import present_of
from cityrank.results.winners import Often, Win, most_awarded

# From a winner to its country, for its name with all that it belongs to.
WITH_PATH = "subject__place__parent__parent__parent__parent__parent"


def provinces() -> list[Place]:
    """Return the province-level regions of China by code, Hong Kong, Macao and Taiwan among them."""
    rows = public_places().filter(level=Place.Level.PROVINCE, parent__slug="cn", valid_to=None)
    return list(rows.order_by("code", "slug"))


def county_level_units(edition: Edition) -> dict[int, int]:
    """Return by the key of a province how many districts and counties the gazetteer has in it at the edition's end."""
    rows = public_subjects(Place.objects.valid_on(dt.date(edition.period_end, 12, 31)))
    counted = (
        rows.filter(level=Place.Level.COUNTY).order_by().values_list("province").annotate(units=Counted("pk"))
    )
    return {province: units for province, units in counted if province}


def recipients_of(gate: Gate) -> QuerySet[Recipient]:
    """Return all winners with their places and awards, in the order of the bulletin."""
    rows = gate.rows(Recipient).select_related(WITH_PATH, "award__series", "award__release__edition")
    return rows.order_by(
        "-award__release__edition__period_end", "award__series__number", "award__position", "position"
    )


def wins_in(recipients: Iterable[Recipient], regions: Iterable[Place]) -> list[Win]:
    """Return the wins of these recipients; what is no place, or lies in none of the regions, is in no province."""
    known = {place.pk for place in regions}
    return [
        Win(row.award_id, row.subject.pk, _province(row.subject, known)) for row in recipients if row.subject
    ]


def _province(subject: Subject, known: set[int]) -> int | None:
    if subject.kind != Subject.Kind.PLACE:
        return None
    place = subject.place
    own = place.pk if place.level == Place.Level.PROVINCE else place.province_id
    return own if own in known else None


@dataclass(frozen=True)
class OftenAwarded:
    """A subject with several awards over all editions, newest first."""

    often: Often
    subject: Subject
    awards: tuple[Award, ...]


def often_awarded(gate: Gate, least: int = 2) -> list[tuple[Often, Subject]]:
    """Return who has at least `least` awards in all editions of a gate, most first and then by name.

    Awards of a former place count for the one that took over from it. What a town won does not count for its city.
    """
    rows = gate.rows(Recipient).order_by("-award__release__edition__period_end", "award__position")
    wins = [Win(award, who) for award, who in rows.values_list("award", "subject") if who]
    often = {row.who: row for row in most_awarded(wins, present_of({win.who for win in wins}), least)}
    path = WITH_PATH.removeprefix("subject__")
    subjects = public_subjects().filter(pk__in=often).select_related(path)
    found = [(often[subject.pk], subject) for subject in subjects.order_by("pinyin", "slug")]
    return sorted(found, key=lambda item: item[0].rank)


def awards_of(gate: Gate, rows: Iterable[tuple[Often, Subject]]) -> list[OftenAwarded]:
    """Fetch the awards of a part of `often_awarded`, newest first."""
    shown = list(rows)
    keys = {award for often, _subject in shown for award in often.awards}
    awards = gate.rows(Award).filter(pk__in=keys).select_related("series", "release__edition")
    by_key = {award.pk: award for award in awards}
    return [
        OftenAwarded(often, subject, tuple(by_key[key] for key in often.awards if key in by_key))
        for often, subject in shown
    ]
