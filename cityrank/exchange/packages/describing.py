"""datapackage.json: what a package holds, as the Data Package standard of the Frictionless project wants it said."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from awards.models import Organiser, Release, Source
from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.deriving import NATURAL, natural
from cityrank.exchange.packages.contents import SHEETS
from cityrank.registry.models import Subject

# Raised when a package of today could not be read by the program of yesterday.
FORMAT = 1
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
ZH, EN = "zh-hans", "en"
TYPES = {
    Kind.WHOLE: "integer",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.YES_NO: "boolean",
}
ROLES = {Organiser.Role.PUBLISHER: "publisher", Organiser.Role.ASSESSOR: "author"}
PUBLIC = (Release.Status.PUBLISHED, Release.Status.SUPERSEDED)

Data = dict[str, Any]


def is_public(release: Release) -> bool:
    return release.public_status in PUBLIC


def address_of(release: Release) -> str:
    """Return the permanent address of a public release, or nothing where the site has no address of its own."""
    if not settings.SITE_URL or not is_public(release):
        return ""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("pages:release", args=[release.edition.label, release.number])


def description(release: Release, resources: list[Data], office: bool) -> Data:
    """Return the content of datapackage.json."""
    draft = not is_public(release)
    marks = ("【草稿，未发布】", "[Draft, not published] ") if draft else ("", "")
    if release.edition.invented:
        marks = (f"【虚构数据】{marks[0]}", f"[Invented data] {marks[1]}")
    found = {
        "profile": "tabular-data-package",
        "name": f"cityrank-{release.edition.label}-release-{release.number}",
        "title": marks[0] + release.title_zh,
        "title_en": marks[1] + (release.title_en or release.title_zh),
        "description": release.summary_zh,
        "description_en": release.summary_en,
        "version": f"{release.number}{'-draft' if draft else ''}",
        "homepage": address_of(release),
        "created": release.published_at.isoformat() if release.published_at and not draft else "",
        "licenses": [LICENCE],
        "sources": [_source(row) for row in Source.objects.of_release(release).order_by("key")],
        "contributors": [_contributor(row) for row in organisers_of(release)],
        "cityrank": {
            "format": FORMAT,
            "edition": release.edition.label,
            "release": release.number,
            "draft": draft,
            "invented": release.edition.invented,
            "office": office,
        },
        "resources": resources,
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def organisers_of(release: Release) -> list[Organiser]:
    rows = Organiser.objects.of_release(release).select_related("organisation")
    return list(rows.order_by("position", "role", "organisation__slug"))


def _source(row: Source) -> Data:
    found = {"title": row.title_zh, "title_en": row.title_en, "path": row.url}
    return {name: value for name, value in found.items() if value}


def _contributor(row: Organiser) -> Data:
    organisation = row.organisation
    found = {"title": organisation.name_zh, "title_en": organisation.name_en, "path": organisation.website}
    return {name: value for name, value in found.items() if value} | {"role": ROLES[Organiser.Role(row.role)]}


def resource(sheet: Sheet, path: str, size: int, digest: str) -> Data:
    """Return the entry of one table: `size` in bytes, `digest` the SHA-256 of its file."""
    title_zh, title_en = both(sheet.title)
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "title": title_zh,
        "title_en": title_en,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": _schema(sheet),
    }


def both(text: Any) -> tuple[str, str]:
    """Return a text of the interface in Chinese and in English."""
    with override(ZH):
        chinese = str(text)
    with override(EN):
        return chinese, str(text)


def _schema(sheet: Sheet) -> Data:
    keys = [key for column in sheet.columns if (key := _foreign_key(sheet, column))]
    return {
        "fields": [_field(sheet, column) for column in sheet.columns],
        "missingValues": [""],
        "primaryKey": list(sheet.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(sheet: Sheet, column: Column) -> Data:
    title_zh, title_en = both(column.label)
    about_zh, about_en = both(column.about)
    constraints: Data = {}
    if column.required or (column.name in sheet.key and column.kind is not Kind.WHOLE):
        constraints["required"] = True
    if (column.name,) == sheet.key:
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices.values)
    return {
        "name": column.name,
        "type": type_of(column),
        "title": title_zh,
        "title_en": title_en,
        "description": about_zh,
        "description_en": about_en,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def type_of(column: Column) -> str:
    if column.kind is Kind.REFERENCE and column.to in NATURAL:
        target: Any = column.to._meta.get_field(natural(column.to))
        return "integer" if target.get_internal_type().endswith("IntegerField") else "string"
    return TYPES.get(column.kind, "string")


def _foreign_key(sheet: Sheet, column: Column) -> Data | None:
    """Return the reference of a column to another table. Of two bands with one label, none can be referred to so."""
    if (
        column.to is None
        and column.name == "slug"
        and issubclass(sheet.model, Subject)
        and sheet.model is not Subject
    ):
        to: Any = Subject
    elif column.to is not None and natural(column.to) != "pk":
        to = column.to
    elif column.kind is Kind.SUBJECT:
        to = Subject
    else:
        return None
    target = next(one.name for one in SHEETS.values() if one.model is to)
    reference = {"resource": "" if target == sheet.name else target, "fields": natural(to)}
    return {"fields": column.name, "reference": reference}
