"""Columns that follow from a model's own fields, where nothing has to be said that the model does not say."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
)

from awards.models import Award, Citation, Edition, Line, Section, Series, Source
from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.registry.models import Place, Subject
from scores.models import PeerGroup, Ranking

# What names a row in a file, instead of a key that means nothing outside of the database.
NATURAL: dict[type[Model], str] = {
    Edition: "label",
    Line: "slug",
    Source: "key",
    Citation: "key",
    Series: "number",
    Section: "slug",
    Award: "slug",
    PeerGroup: "slug",
    Ranking: "slug",
    Subject: "slug",
}


def column(model: type[Model], name: str, about: Any = "", **more: Any) -> Column:
    """Return the column of a field: label, kind, choices and whether it is required are the field's own.

    A foreign key is written as what names the row it points at. `more` are attributes of `Column`.
    """
    field = cast(Field, model._meta.get_field(name))
    values: dict[str, Any] = {"kind": _kind(field), "sets": name, "required": _required(field)}
    if field.choices:
        values["choices"] = _choices(field)
    if isinstance(field, ForeignKey):
        values |= {"to": field.related_model, "path": f"{name}__{natural(field.related_model)}"}
    label: Any = field.verbose_name
    said: Any = about or field.help_text or label
    return Column(name, label, said, **(values | more))


def natural(model: Any) -> str:
    """Return the look-up that names a row of a model to people; "pk" where there is none."""
    for known, name in NATURAL.items():
        if issubclass(model, known):
            return name
    return cast(str, model.USERNAME_FIELD) if issubclass(model, AbstractBaseUser) else "pk"


def derived(model: type[Model], names: Iterable[str]) -> Sheet:
    """Return a sheet to write out for a model that has none declared."""
    columns = tuple(column(model, name, sets="") for name in names)
    title = model._meta.verbose_name_plural or ""
    return Sheet(model._meta.model_name or "", title, model, columns, key=(), order=("pk",))  # type: ignore[arg-type]


def _required(field: Field) -> bool:
    return not field.blank and not field.has_default()


def _choices(field: Field) -> Any:
    """Return the enumeration that a field's choices come from."""
    values = [value for value, _label in field.flatchoices]
    declared = [*vars(field.model).values(), *vars(Subject).values(), *vars(Place).values()]
    return next((one for one in declared if getattr(one, "values", None) == values), None)


def _kind(field: Field) -> Kind:
    kinds: list[tuple[Any, Kind]] = [
        (ForeignKey, Kind.REFERENCE),
        (BooleanField, Kind.YES_NO),
        (DecimalField, Kind.DECIMAL),
        (DateTimeField, Kind.TEXT),
        (DateField, Kind.DATE),
        (IntegerField, Kind.WHOLE),
        (JSONField, Kind.LIST),
    ]
    if isinstance(field, ForeignKey) and issubclass(field.related_model, Subject):
        return Kind.SUBJECT
    if field.choices:
        return Kind.CHOICE
    return next((kind for known, kind in kinds if isinstance(field, known)), Kind.TEXT)
