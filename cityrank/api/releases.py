"""Releases: the numbered versions of an edition that stay citable."""

from django.db.models import Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from awards.models import Release
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Paged
from cityrank.api.parameters import Choice, Label, Ordering, Parameters
from cityrank.publishing.gate import Gate, citable_gate, frozen_gate

CITABLE = (Release.Status.PUBLISHED, Release.Status.SUPERSEDED)
DEFAULT = ("-edition__period_end", "-edition__period_start", "-number")


class PublicStatus(Choice):
    """The status at the instant of the request, which a schedule may have changed since it was stored."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        current = Release.objects.current().values("pk")
        chosen = Q(pk__in=current)
        return queryset.filter(chosen if value == Release.Status.PUBLISHED else ~chosen)


class ReleaseParameters(Parameters):
    edition = Label(
        "edition__label", known=lambda gate: citable_gate().editions().values_list("label", flat=True)
    )
    status = PublicStatus(choices=CITABLE, about="`published` is the current release of its edition.")
    ordering = Ordering({"number": "number", "published_at": "published_at"}, DEFAULT)


class ReleaseSerializer(Paged):
    """A complete, numbered version of an edition."""

    edition = serializers.CharField(source="edition.label")
    release = serializers.IntegerField(source="number")
    status = serializers.ChoiceField(CITABLE, source="public_status")
    title = Both()
    summary = Both()
    announced_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField()
    reason = serializers.CharField(help_text="Why it replaced the release before it.")
    errata_url = serializers.SerializerMethodField(help_text="The differences from the release before it.")

    def address(self, row: Release) -> str:
        return self.links.lasting("release", row.edition.label, row.number)

    def canonical_page(self, row: Release) -> str:
        return self.links.page("release", row.edition.label, row.number)

    @extend_schema_field(OpenApiTypes.URI)
    def get_errata_url(self, row: Release) -> str:
        return self.links.rows("errata", edition=row.edition.label, release=row.number)


class Releases(Resource):
    """Releases that are current or were replaced; a withdrawn one answers 410."""

    plural, singular = "releases", "release"
    keys = {"edition": "edition__label", "number": "number"}
    serializer_class = ReleaseSerializer
    filterset_class = ReleaseParameters

    def rows(self, gate: Gate) -> QuerySet[Release]:
        return citable_gate().releases.select_related("edition").order_by(*DEFAULT)

    def get_object(self) -> Release:
        """Return the release asked for. Raises NotFound and Withdrawn."""
        try:
            gate = frozen_gate(self.kwargs["edition"], self.kwargs["number"])
        except Release.DoesNotExist:
            raise self.nothing() from None
        return gate.releases.select_related("edition").get()
