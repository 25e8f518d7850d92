"""Group averages: what the edition states of a group, and whether its own figures agree."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Round
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cityrank.api.fields import Both, Paged, Printed, SourceSerializer
from cityrank.api.parameters import Flag, Label, Ordering, Pinned, Slug, slugs
from cityrank.api.tables import InTables, TabularResource
from cityrank.exchange.sheets import AVERAGES
from cityrank.publishing.gate import Gate
from scores.models import GroupAverage, Ranking

DEFAULT = ("-release__edition__period_end", "-release__edition__period_start", "position")
KEYS = {
    "position": "position",
    "printed_value": "printed_value",
    "printed_change": "printed_change",
    "top_n": "top_n",
}


class GroupAverageParameters(InTables, Pinned):
    edition = Label("release__edition__label")
    ranking = Slug("ranking__slug", known=slugs(Ranking), about="The ranking that the average is about.")
    contradictory = Flag(
        method="disagreeing", about="Whether the printed change is another than the computed one."
    )
    ordering = Ordering(KEYS, DEFAULT)

    def disagreeing(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        # A row without one of the figures cannot contradict itself; `~Q` alone would lose it.
        comparable = Q(printed_change__isnull=False, printed_previous__isnull=False)
        # SQLite subtracts in binary fractions, where 73.54 - 63.48 is not quite 10.06.
        computed = Round(F("printed_value") - F("printed_previous"), precision=4)
        if value:
            return queryset.filter(comparable).exclude(printed_change=computed)
        return queryset.filter(~comparable | Q(printed_change=computed))


class GroupAverageSerializer(Paged):
    """The average score rate of a group, in percent, as printed; what follows from the figures stands beside it."""

    edition = serializers.CharField(source="release.edition.label")
    release = serializers.IntegerField(source="release.number")
    position = serializers.IntegerField()
    label = Both()  # type: ignore[assignment]
    printed_label = serializers.CharField()
    ranking = serializers.CharField(source="ranking.slug", allow_null=True)
    ranking_url = serializers.SerializerMethodField()
    top_n = serializers.IntegerField(
        allow_null=True, help_text="Taken over the first N; null where no N is printed."
    )
    cutoff = serializers.IntegerField(
        source="ranking.cutoff", allow_null=True, help_text="What the table shows."
    )
    n_differs_from_cutoff = serializers.BooleanField()
    unit = serializers.SerializerMethodField()
    decimals = serializers.IntegerField()
    printed_value = Printed()
    printed_previous = Printed()
    printed_change = Printed()
    computed_change = Printed(help_text="printed_value minus printed_previous, in percentage points.")
    discrepancy = Printed(
        help_text="printed_change minus computed_change; null where one of them is missing."
    )
    contradictory = serializers.BooleanField(source="contradicts_itself")
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]

    def address(self, row: GroupAverage) -> str:
        return self.links.api("group-average", row.release.edition.label, row.position)

    def canonical_page(self, row: GroupAverage) -> str:
        return self.links.page("averages", row.release.edition.label)

    @extend_schema_field({"type": "string", "enum": ["percent"]})
    def get_unit(self, row: GroupAverage) -> str:
        return "percent"

    @extend_schema_field(OpenApiTypes.URI)
    def get_ranking_url(self, row: GroupAverage) -> str | None:
        return self.links.api("ranking", row.release.edition.label, row.ranking.slug) if row.ranking else None


class GroupAverages(TabularResource):
    """Group averages: printed value, previous value and change, the computed change and the discrepancy."""

    plural, singular = "group-averages", "group-average"
    keys = {"edition": "release__edition__label", "position": "position"}
    serializer_class = GroupAverageSerializer
    sheet = AVERAGES
    filterset_class = GroupAverageParameters

    def rows(self, gate: Gate) -> QuerySet[GroupAverage]:
        return (
            gate.rows(GroupAverage).select_related("release__edition", "ranking", "source").order_by(*DEFAULT)
        )
