"""Series: the numbered parts of an edition, with the awards and rankings in them."""

from django.db.models import QuerySet
from rest_framework import serializers

from awards.models import Award, Series
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Linked, Paged
from cityrank.api.parameters import Label, Number, Ordering, Pinned
from cityrank.publishing.gate import Gate
from scores.models import Ranking

DEFAULT = ("-release__edition__period_end", "-release__edition__period_start", "number")


class SeriesParameters(Pinned):
    edition = Label("release__edition__label")
    number = Number("number", about="Number of the series.")
    ordering = Ordering({"number": "number"}, DEFAULT)


class PartSerializer(Linked):
    """An award or a ranking of the series."""

    slug = serializers.CharField()
    title = Both()

    def address(self, row: Award | Ranking) -> str:
        label = row.series.release.edition.label
        return self.links.api("award" if isinstance(row, Award) else "ranking", label, row.slug)


class SeriesSerializer(Paged):
    """A numbered part of an edition."""

    edition = serializers.CharField(source="release.edition.label")
    release = serializers.IntegerField(source="release.number")
    number = serializers.IntegerField()
    title = Both()
    intro = Both()
    awards = PartSerializer(many=True)
    rankings = PartSerializer(many=True)

    def address(self, row: Series) -> str:
        return self.links.api("series", row.release.edition.label, row.number)

    def canonical_page(self, row: Series) -> str:
        return self.links.page("series", row.release.edition.label, row.number)


class SeriesOfEditions(Resource):
    """Series with the awards and rankings in them, in printed order."""

    plural, singular = "series-list", "series"
    keys = {"edition": "release__edition__label", "number": "number"}
    serializer_class = SeriesSerializer
    filterset_class = SeriesParameters

    def rows(self, gate: Gate) -> QuerySet[Series]:
        rows = gate.rows(Series).select_related("release__edition").order_by(*DEFAULT)
        return rows.prefetch_related("awards", "rankings")
