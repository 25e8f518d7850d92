"""Editions: what was evaluated when, by whom, and what it says in words. Shown is the current release of each."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from awards.models import Fact, Organiser, Release, Section
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Linked, Paged, Printed, SourceSerializer
from cityrank.api.parameters import Label, Number, Ordering, Parameters
from cityrank.api.subjects import Names
from cityrank.publishing.gate import Gate

NEWEST_FIRST = ("-edition__period_end", "-edition__period_start")


class EditionParameters(Parameters):
    edition = Label("edition__label")
    year = Number(method="covering", largest=9999, about="A year that the edition speaks of.")
    ordering = Ordering(
        {"period_start": "edition__period_start", "period_end": "edition__period_end"}, NEWEST_FIRST
    )

    def covering(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        return queryset.filter(edition__period_start__lte=value, edition__period_end__gte=value)


class OrganiserSerializer(Linked):
    """An organisation behind the edition."""

    role = serializers.ChoiceField(Organiser.Role.values)
    slug = serializers.CharField(source="organisation.slug")
    name = Names(source="organisation")

    def address(self, row: Organiser) -> str:
        return self.links.lasting("organisation", row.organisation.slug)


class SectionSerializer(serializers.Serializer):
    """A finding or a note on method."""

    slug = serializers.CharField()
    kind = serializers.ChoiceField(Section.Kind.values)
    number = serializers.IntegerField()
    series = serializers.IntegerField(source="series.number", allow_null=True)
    is_summary = serializers.BooleanField(help_text="In the words of this site, not in the original ones.")
    title = Both()
    body = Both()


class FactSerializer(serializers.Serializer):
    """A national figure that the edition states."""

    slug = serializers.CharField()
    label = Both()  # type: ignore[assignment]
    value = Printed()
    decimals = serializers.IntegerField()
    unit = serializers.ChoiceField(Fact.Unit.values)
    qualifier = serializers.ChoiceField(Fact.Qualifier.values)
    printed = serializers.CharField()
    section = serializers.CharField(source="section.slug", allow_null=True)


class EditionSerializer(Paged):
    """An edition, as its current release describes it."""

    edition = serializers.CharField(source="edition.label")
    release = serializers.IntegerField(source="number")
    period_start = serializers.IntegerField(source="edition.period_start")
    period_end = serializers.IntegerField(source="edition.period_end")
    invented = serializers.BooleanField(
        source="edition.invented",
        help_text="Made up to try the site out: true for every edition of a site or for none.",
    )
    title = Both()
    summary = Both()
    announced_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField()
    organisers = OrganiserSerializer(many=True)
    sections = SectionSerializer(many=True)
    facts = FactSerializer(many=True)
    sources = SourceSerializer(many=True)
    errata_url = serializers.SerializerMethodField(help_text="What corrections of the edition changed.")

    def address(self, row: Release) -> str:
        return self.links.lasting("edition", row.edition.label)

    def canonical_page(self, row: Release) -> str:
        return self.links.page("edition", row.edition.label)

    @extend_schema_field(OpenApiTypes.URI)
    def get_errata_url(self, row: Release) -> str:
        return self.links.rows("errata", edition=row.edition.label)


class Editions(Resource):
    """Editions with their organisers, findings, notes on method and national figures."""

    plural, singular = "editions", "edition"
    keys = {"edition": "edition__label"}
    serializer_class = EditionSerializer
    filterset_class = EditionParameters

    def rows(self, gate: Gate) -> QuerySet[Release]:
        rows = gate.releases.select_related("edition").order_by(*NEWEST_FIRST)
        return rows.prefetch_related(
            Prefetch("organisers", gate.rows(Organiser).select_related("organisation")),
            Prefetch("sections", gate.rows(Section).select_related("series")),
            Prefetch("facts", gate.rows(Fact).select_related("section")),
            "sources",
        )
