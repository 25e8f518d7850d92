"""How a subject is named where several have the same name: 鼓楼区 · 江苏省南京市 · 320106."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cityrank.registry.models import Place, Subject
from cityrank.registry.texts import is_english

SEPARATOR = " · "


def paths(places: Iterable[Place]) -> dict[int, str]:
    """Return by key what lies above each place ("江苏省南京市"), without the country.

    One query for each level, whatever the number of places.
    """
    places = list(places)
    above = _ancestors({place.parent_id for place in places})
    return {place.pk: _joined(_chain(place.parent_id, above)) for place in places}


def _ancestors(wanted: set[int | None]) -> dict[int, Place]:
    known: dict[int, Place] = {}
    while missing := {key for key in wanted if key is not None and key not in known}:
        rows = Place.objects.filter(pk__in=missing).only("name_zh", "name_en", "pinyin", "level", "parent_id")
        found = {row.pk: row for row in rows}
        known |= found
        wanted = {row.parent_id for row in found.values()}
    return known


def _chain(parent: int | None, above: dict[int, Place]) -> list[Place]:
    """Return the places from `parent` upwards, the nearest first."""
    chain = []
    while parent is not None and above[parent].level != Place.Level.COUNTRY:
        chain.append(above[parent])
        parent = above[parent].parent_id
    return chain


def _joined(chain: list[Place]) -> str:
    if is_english():
        return ", ".join(place.name for place in chain)
    return "".join(place.name_zh for place in reversed(chain))


def labels(subjects: Iterable[Subject]) -> dict[int, str]:
    """Return by key a label that tells each subject from its namesakes."""
    subjects = list(subjects)
    places = {subject.pk: _place(subject) for subject in subjects if subject.kind == Subject.Kind.PLACE}
    above = paths(places.values())
    return {
        subject.pk: place_label(places[subject.pk], above[subject.pk])
        if subject.pk in places
        else other_label(subject)
        for subject in subjects
    }


def _place(subject: Subject) -> Place:
    return subject if isinstance(subject, Place) else subject.place


def place_label(place: Place, path: str) -> str:
    parts = [named(place), path, place.code or place.get_level_display(), lifetime(place)]
    return SEPARATOR.join(part for part in parts if part)


def other_label(subject: Subject) -> str:
    return SEPARATOR.join([named(subject), subject.get_kind_display()])


def named(subject: Subject) -> str:
    """Return the name; for readers of English the Chinese one with it, because that is what sources print."""
    return f"{subject.name} {subject.name_zh}" if is_english() else subject.name_zh


def lifetime(place: Place) -> str:
    """Return from when to when a former place existed; nothing for one that still does."""
    if place.valid_to is None:
        return ""
    end = date_format(place.valid_to, "Y-m-d")
    if place.valid_from is None:
        return _("until %(end)s") % {"end": end}
    return _("%(begin)s to %(end)s") % {"begin": date_format(place.valid_from, "Y-m-d"), "end": end}
