"""Citations: why awards were given."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from rest_framework import serializers

from awards.models import Award, Citation
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Linked, Paged, SourceSerializer
from cityrank.api.parameters import Choice, Label, Ordering, Pinned, Slug, slugs
from cityrank.publishing.gate import Gate

DEFAULT = ("-release__edition__period_end", "-release__edition__period_start", "key")


class CitationParameters(Pinned):
    edition = Label("release__edition__label")
    kind = Choice("kind", choices=Citation.Kind.values, about="A summary of ours or the original wording.")
    award = Slug(known=slugs(Award), method="of_award", about="Identifier of an award that it covers.")
    ordering = Ordering({"key": "key"}, DEFAULT)

    def of_award(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(self.gate.rows(Award).filter(citation=OuterRef("pk"), slug=value)))


class CitedAward(Linked):
    slug = serializers.CharField()
    title = Both()

    def address(self, row: Award) -> str:
        return self.links.api("award", row.release.edition.label, row.slug)


class CitationSerializer(Paged):
    """Why an award was given. One citation may cover several awards; its page is that of the first of them."""

    edition = serializers.CharField(source="release.edition.label")
    release = serializers.IntegerField(source="release.number")
    key = serializers.CharField()
    kind = serializers.ChoiceField(Citation.Kind.values)
    heading = serializers.CharField(help_text="The printed heading.")
    text = Both()
    awards = CitedAward(many=True)
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]

    def address(self, row: Citation) -> str:
        return self.links.api("citation", row.release.edition.label, row.key)

    def canonical_page(self, row: Citation) -> str:
        label = row.release.edition.label
        covered = list(row.awards.all())
        return (
            self.links.page("award", label, covered[0].slug) if covered else self.links.page("edition", label)
        )


class Citations(Resource):
    """Citations with the awards that they cover."""

    plural, singular = "citations", "citation"
    keys = {"edition": "release__edition__label", "key": "key"}
    serializer_class = CitationSerializer
    filterset_class = CitationParameters

    def rows(self, gate: Gate) -> QuerySet[Citation]:
        awards = gate.rows(Award).select_related("release__edition").order_by("series__number", "position")
        rows = gate.rows(Citation).select_related("release__edition", "source").order_by(*DEFAULT)
        return rows.prefetch_related(Prefetch("awards", awards))
