"""Errata in words: the same for what is stored and for what a draft would change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import BooleanField, Field
from django.utils.translation import gettext as _

from cityrank.publishing.errata.differing import Change
from cityrank.publishing.errata.tables import model_of
from cityrank.publishing.models import Erratum
from cityrank.registry.texts import is_english

Told = Change | Erratum
_Told = TypeVar("_Told", bound=Told)


@dataclass
class Group:
    """The changes of one award, one ranking, or of one kind of row that belongs to neither."""

    title: str
    of: str
    part: str
    rows: list["Line"] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    change: Told
    row: str
    what: str
    kind: str
    old: str
    new: str


def grouped(changes: Iterable[Told]) -> list[Group]:
    """Return changes by the award or ranking they belong to, in words of the present language."""
    found = []
    for (part, of), rows in groupby(in_groups(changes), key=_group):
        lines = list(rows)
        title = chosen(lines[0].part_zh, lines[0].part_en) if part else kind_of(of)
        found.append(Group(title, of, part, [line(row) for row in lines]))
    return found


def in_groups(changes: Iterable[_Told]) -> list[_Told]:
    """Return changes in the order they are shown in: by award and ranking, and then what belongs to neither."""
    return sorted(changes, key=lambda change: (_group(change)[0] == "", _group(change)))


def _group(change: Told) -> tuple[str, str]:
    of = {"recipient": "award", "score": "ranking", "band": "ranking"}.get(change.of, change.of)
    return change.part, of


def line(change: Told) -> Line:
    return Line(
        change=change,
        row=chosen(change.row_zh, change.row_en),
        what=field_label(change.of, change.field) if change.field else kind_of(change.of),
        kind=str(Erratum.Kind(change.kind).label),
        old=value_label(change.of, change.field, change.old),
        new=value_label(change.of, change.field, change.new),
    )


def chosen(zh: str, en: str) -> str:
    return (en or zh) if is_english() else (zh or en)


def kind_of(of: str) -> str:
    return str(model_of(of)._meta.verbose_name)


def field_label(of: str, name: str) -> str:
    """Return what a column is called in the present language."""
    return str(model_of(of)._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def value_label(of: str, name: str, value: str) -> str:
    """Return a value with the word for a code: complete for "complete"."""
    found: Any = model_of(of)._meta.get_field(name) if name else None
    if isinstance(found, BooleanField) and value:
        return _("yes") if value == "True" else _("no")
    if isinstance(found, Field) and found.choices:
        return str(dict(found.flatchoices).get(value, value))
    return value or ("" if not name else _("(empty)"))
