"""The rows of a preview in words: what would be written, column by column, and where something is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import DateTimeField, Field, ForeignKey, Model
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cityrank.exchange.models import Import, ImportRow
from cityrank.registry.models import Place, Subject

# What stands where a cell is empty.
NOTHING = "–"
# Columns that follow from others, and say nothing that somebody decides about.
_SILENT = frozenset({"provenance", "release_id", "verified_by_id"})
# A new row shows what is in the file; these follow from it.
_SILENT_IN_NEW = _SILENT | {"decimals"}


@dataclass(frozen=True)
class Cell:
    """One column of a row: what it is called, what is there now ("" for a new row), and what would be."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Shown:
    """One row: the row itself, its cells that count, and sentences about what is wrong with it."""

    row: ImportRow
    cells: list[Cell] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def shown(import_: Import, rows: Iterable[ImportRow]) -> list[Shown]:
    """Return rows of an import in words; the number of queries does not depend on how many there are."""
    rows = list(rows)
    columns = _columns(import_)
    if import_.into is not None:
        # All rows go there.
        columns.pop(f"{import_.declared.into}_id")
    names = _names(columns, rows)
    return [Shown(row, list(_cells(row, columns, names)), said_of(row)) for row in rows]


def said_of(row: ImportRow) -> list[str]:
    """Return what is wrong with a row, each sentence with the column of the file that it is about."""
    return [
        _("Column %(column)s: %(text)s") % problem if problem["column"] else problem["text"]
        for problem in row.problems
    ]


@dataclass(frozen=True)
class _Column:
    """How a column of the model is called, and how its values are read."""

    name: str
    label: str
    field: Any

    @property
    def of(self) -> type[Model] | None:
        """The model that its values are keys of."""
        return self.field.related_model if isinstance(self.field, ForeignKey) else None


def _columns(import_: Import) -> dict[str, _Column]:
    """Return the columns of the model in the order in which a file has them, and then the others."""
    model = import_.declared.model
    labels = {column.sets: str(column.label) for column in import_.declared.columns if column.sets}
    found: dict[str, _Column] = {}
    order = {name: number for number, name in enumerate(labels)}
    for one in sorted(model._meta.concrete_fields, key=lambda field: order.get(field.name, len(order))):
        label = capfirst(labels.get(one.name, str(one.verbose_name)))
        found[one.attname] = _Column(one.attname, label, one)
        # A place above is named by its identifier, as the same file may bring it along.
        found[f"{one.name}__slug"] = _Column(f"{one.name}__slug", label, one)
    return found


def _values(row: ImportRow) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, old and new value of each column that says something."""
    if row.kind == ImportRow.Kind.NEW:
        for name, value in row.values.items():
            if name not in _SILENT_IN_NEW and value not in ("", None, []):
                yield name, "", value
    silent = _SILENT | ({"decimals"} if "printed_score" in row.changes else set())
    for name, (old, new) in row.changes.items():
        if name not in silent:
            yield name, old, new


Names = dict[tuple[type[Model], Any], str]


def _names(columns: dict[str, _Column], rows: list[ImportRow]) -> Names:
    """Return what the rows are called that are pointed at, by model and key (or identifier)."""
    wanted: dict[tuple[type[Model], str], set[Any]] = defaultdict(set)
    for row in rows:
        for name, old, new in _values(row):
            column = columns.get(name)
            if column is not None and column.of is not None:
                look_up = "slug" if name.endswith("__slug") else "pk"
                wanted[column.of, look_up] |= {value for value in (old, new) if value not in ("", None)}
    names: Names = {}
    for (model, look_up), keys in wanted.items():
        for one in model._default_manager.filter(**{f"{look_up}__in": keys}):
            names[model, getattr(one, look_up)] = _name(one)
    return names


def _name(one: Model) -> str:
    if isinstance(one, Place | Subject):
        return f"{one.name} ({one.slug})"
    return str(one)


def _cells(row: ImportRow, columns: dict[str, _Column], names: Names) -> Iterator[Cell]:
    values = {name: (old, new) for name, old, new in _values(row)}
    is_new = row.kind == ImportRow.Kind.NEW
    for name, column in columns.items():
        # What a new row is called stands beside it already.
        if name in values and not (is_new and values[name][1] == row.label):
            text = partial(_text, column, names)
            old, new = values[name]
            yield Cell(column.label, "" if is_new else text(old), text(new))


def _text(column: _Column, names: Names, value: Any) -> str:
    if value in ("", None, []):
        return NOTHING
    if column.of is not None:
        return names.get((column.of, value), str(value))
    field: Field = column.field
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(localtime(moment), "Y-m-d H:i")
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)
