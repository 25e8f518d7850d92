"""What a release consists of, field by field and without database keys, told apart from how it is exported."""

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, Model

from awards.models import Attachment, Line, Release, ReleaseContent
from cityrank.publishing.clone import CLONED
from cityrank.publishing.models import Acknowledgement
from cityrank.registry.models import Alias, App, Organisation, Place, PlaceTier, Subject
from scores.models import Band

# What no package has, and why: the README of a package says so.
NOT_EXPORTED = {
    "verified_by", "verified_at", "provenance",  # who entered and verified what: whoever takes it over verifies it anew
    "attachment", "scan",  # files
}  # fmt: skip
NOT_EXPORTED_TABLES = {Attachment, Acknowledgement}
# What stays in the office, by table and field.
OFFICE = {
    ("release", "due_on"), ("source", "transcriber"), ("source", "checker"), ("ranking", "double_entry"),
    ("ranking", "scan_page"), ("app", "operator"), ("line", "merged_into"), ("place", "note"), ("alias", "note"),
    ("placetier", "note"),
}  # fmt: skip
HEADING = ("title_zh", "title_en", "announced_on", "summary_zh", "summary_en", "reason", "due_on")
NAMES = ("slug", "key", "label", "number")

Content = dict[str, list[dict[str, Any]]]


def content(release: Release, *, office: bool) -> Content:
    """Return every row of every content table, and of the registry what these rows name."""
    tables = [model for model, _key in CLONED if model not in NOT_EXPORTED_TABLES]
    found = {name(model): rows(model.objects.of_release(release), office) for model in tables}
    found["edition"] = [{"label": release.edition.label, "from": release.edition.period_start}]
    heading = {one: getattr(release, one) for one in HEADING if office or one != "due_on"}
    return found | {"release": [heading]} | registry(found, office)


def registry(found: Content, office: bool) -> Content:
    named = {
        row[field]
        for table in found.values()
        for row in table
        for field in ("subject", "organisation")
        if field in row
    }
    places = Place.objects.filter(slug__in=named)
    while above := set(places.values_list("parent__slug", flat=True)) - named - {None}:
        named |= above
        places = Place.objects.filter(slug__in=named)
    lines = {row["line"] for table in found.values() for row in table if "line" in row}
    return {
        "subject": rows(Subject.objects.filter(slug__in=named), office),
        "place": rows(places, office),
        "organisation": rows(Organisation.objects.filter(slug__in=named), office),
        "app": rows(App.objects.filter(slug__in=named), office),
        "alias": rows(Alias.objects.filter(subject__slug__in=named), office),
        "placetier": rows(PlaceTier.objects.filter(place__slug__in=named), office),
        "line": rows(Line.objects.filter(slug__in=lines), office),
    }


def rows(found: Iterable[Model], office: bool) -> list[dict[str, Any]]:
    return sorted((row(one, office) for one in found), key=repr)


def row(one: Model, office: bool) -> dict[str, Any]:
    values = {}
    for field in one._meta.concrete_fields:
        hidden = field.name in NOT_EXPORTED or (not office and (name(type(one)), field.name) in OFFICE)
        if field.primary_key or field.related_model is Release or hidden:
            continue
        value = getattr(one, field.name)
        values[field.name] = called(value) if isinstance(field, ForeignKey) and value is not None else value
    if not isinstance(one, ReleaseContent | Line | Alias | PlaceTier):
        values.pop("subject_ptr", None)
    return values


def called(one: Any) -> Any:
    """Return what names a row among others, without its key."""
    if isinstance(one, Band):
        return (one.ranking.slug, one.position)
    return next(getattr(one, name) for name in NAMES if hasattr(one, name))


def name(model: type[Model]) -> str:
    return model._meta.model_name or ""
