"""Subjects as they stand inside other objects: who received an award, who stands in a row of a table."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cityrank.api.fields import Linked, Paged, Text
from cityrank.api.parameters import Choice, Parameters, Slug
from cityrank.publishing.gate import Gate, public_places, public_subjects
from cityrank.registry.models import Place, Subject

# What SubjectBrief reads of a row that has a subject.
SUBJECT = ("subject__place__parent", "subject__place__province")
RESOURCE = {Subject.Kind.PLACE: "place", Subject.Kind.ORGANISATION: "organisation", Subject.Kind.APP: "app"}


@extend_schema_field(Text)
class Names(serializers.Field):
    """The Chinese name, and the English one: the established name where there is one, else in Latin letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"source": "*", "read_only": True, **kwargs})

    def to_representation(self, value: Subject) -> dict[str, str]:
        # Only a place knows its level, which decides whether the romanised name keeps its suffix. A Place or an
        # Organisation has the attribute `place` too, but not loaded: asking it would cost a query for each row.
        subject = getattr(value, "place", value) if type(value) is Subject else value
        return {"zh": value.name_zh, "en": subject.english_name}


class Code(serializers.CharField):
    """A GB/T 2260 code; null for what has none: zones, countries, organisations and apps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"allow_null": True, "help_text": "GB/T 2260 code; null where there is none.", **kwargs}
        )

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]
        return value or None


class PlaceBrief(Linked):
    """A place as another object refers to it."""

    slug = serializers.CharField()
    code = Code()
    level = serializers.ChoiceField(Place.Level.values)
    name = Names()

    def address(self, row: Place) -> str:
        return self.links.lasting("place", row.slug)


class SubjectBrief(Paged):
    """A place, an organisation or an app. What only places have is null for the others."""

    slug = serializers.CharField()
    kind = serializers.ChoiceField(Subject.Kind.values)
    name = Names()
    pinyin = serializers.CharField()
    level = serializers.ChoiceField(Place.Level.values, source="place.level", allow_null=True)
    code = Code(source="place.code")
    parent = PlaceBrief(source="place.parent", allow_null=True)
    province = PlaceBrief(source="place.province", allow_null=True)

    def address(self, row: Subject) -> str:
        return self.links.lasting(RESOURCE[Subject.Kind(row.kind)], row.slug)

    def canonical_page(self, row: Subject) -> str:
        return self.links.page(RESOURCE[Subject.Kind(row.kind)], row.slug)


def public_place(slug: str) -> bool:
    return public_places().filter(slug=slug).exists()


def public_subject(slug: str) -> bool:
    return public_subjects().filter(slug=slug).exists()


def province_slugs(gate: Gate) -> QuerySet:
    return public_places().filter(level=Place.Level.PROVINCE).order_by("slug").values_list("slug", flat=True)


class OfSubject(Parameters):
    """Parameters of rows that have a subject."""

    place = Slug(
        "subject__slug", exists=public_place, about="Identifier of a place: its GB/T 2260 code, or its slug."
    )
    subject = Slug(
        "subject__slug", exists=public_subject, about="Identifier of a place, an organisation or an app."
    )
    province = Slug(
        known=province_slugs, method="within", about="Code of a province: it and all places in it."
    )
    level = Choice("subject__place__level", choices=Place.Level.values, about="Level of the place.")

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(subject__slug=value) | Q(subject__place__province__slug=value))
