"""Awards: their titles as listed and as printed, their period and why they were given."""

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from awards.models import Award, Citation, Recipient, Series
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Linked, Paged, SourceSerializer
from cityrank.api.parameters import Label, Number, Ordering, Pinned, Slug, line_slugs, slugs
from cityrank.api.subjects import public_place
from cityrank.publishing.gate import Gate

DEFAULT = ("-release__edition__period_end", "-release__edition__period_start", "series__number", "position")


class AwardParameters(Pinned):
    edition = Label("release__edition__label")
    series = Number("series__number", known=slugs(Series, "number"), about="Number of the series.")
    award = Slug("slug", known=slugs(Award), about="Identifier of the award.")
    line = Slug("line__slug", known=line_slugs, about="The same award through the years.")
    place = Slug(exists=public_place, method="given_to", about="A place that received the award.")
    ordering = Ordering({"series": "series__number", "slug": "slug"}, DEFAULT)

    def given_to(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        received = self.gate.rows(Recipient).filter(award=OuterRef("pk"), subject__slug=value)
        return queryset.filter(Exists(received))


class CitationBrief(Linked):
    key = serializers.CharField()
    kind = serializers.ChoiceField(Citation.Kind.values)
    heading = serializers.CharField()
    text = Both()

    def address(self, row: Citation) -> str:
        return self.links.api("citation", row.release.edition.label, row.key)


class AwardSerializer(Paged):
    """A title given to one or more subjects of equal standing."""

    edition = serializers.CharField(source="release.edition.label")
    release = serializers.IntegerField(source="release.number")
    series = serializers.IntegerField(source="series.number")
    position = serializers.IntegerField()
    slug = serializers.CharField()
    line = serializers.CharField(source="line.slug", allow_null=True)
    title = Both()
    title_listed = serializers.CharField()
    title_printed = serializers.CharField()
    period_listed = serializers.CharField()
    period_printed = serializers.CharField()
    expected_count = serializers.IntegerField(allow_null=True)
    citation = CitationBrief(allow_null=True)
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]
    recipients_url = serializers.SerializerMethodField(help_text="The list of those who received it.")

    def address(self, row: Award) -> str:
        return self.links.api("award", row.release.edition.label, row.slug)

    def canonical_page(self, row: Award) -> str:
        return self.links.page("award", row.release.edition.label, row.slug)

    @extend_schema_field(OpenApiTypes.URI)
    def get_recipients_url(self, row: Award) -> str:
        return self.links.rows("recipients", edition=row.release.edition.label, award=row.slug)


class Awards(Resource):
    """Awards with both of their printed titles and the reason they were given."""

    plural, singular = "awards", "award"
    keys = {"edition": "release__edition__label", "slug": "slug"}
    serializer_class = AwardSerializer
    filterset_class = AwardParameters

    def rows(self, gate: Gate) -> QuerySet[Award]:
        related = ("release__edition", "series", "line", "citation__release__edition", "source")
        return gate.rows(Award).select_related(*related).order_by(*DEFAULT)
