"""Rankings: the tables of an edition, with their rules and how much of them could be read."""

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from awards.models import Series
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Paged, Plain, SourceSerializer
from cityrank.api.parameters import Choice, Label, Number, Ordering, Pinned, Slug, line_slugs, slugs
from cityrank.api.subjects import public_subject
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Place, Subject
from scores.models import Ranking, Score

DEFAULT = ("-release__edition__period_end", "-release__edition__period_start", "series__number", "position")


class RankingParameters(Pinned):
    edition = Label("release__edition__label")
    series = Number("series__number", known=slugs(Series, "number"), about="Number of the series.")
    ranking = Slug("slug", known=slugs(Ranking), about="Identifier of the ranking.")
    line = Slug("line__slug", known=line_slugs, about="The same ranking through the years.")
    status = Choice("state", choices=Ranking.State.values, about="How much of the table could be read.")
    level = Choice("peer_group__level", choices=Place.Level.values, about="Level of the places compared.")
    subject = Slug(exists=public_subject, method="containing", about="Who stands in the table.")
    ordering = Ordering({"series": "series__number", "slug": "slug"}, DEFAULT)

    def containing(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        contained = self.gate.rows(Score).filter(ranking=OuterRef("pk"), subject__slug=value)
        return queryset.filter(Exists(contained))


class PeerGroupSerializer(serializers.Serializer):
    """Who is compared with whom."""

    slug = serializers.CharField()
    title = Both()
    definition = Both()
    subject_kind = serializers.ChoiceField(Subject.Kind.values)
    level = serializers.ChoiceField(Place.Level.values, allow_null=True)

    def to_representation(self, instance: object) -> dict:
        shown = super().to_representation(instance)
        return shown | {"level": shown["level"] or None}


class BandSerializer(serializers.Serializer):
    """A named part of a ranking, by rank or by score; both ends belong to it."""

    position = serializers.IntegerField()
    label = Both()  # type: ignore[assignment]
    first_rank = serializers.IntegerField(allow_null=True)
    last_rank = serializers.IntegerField(allow_null=True)
    lowest_score = Plain(allow_null=True)
    highest_score = Plain(allow_null=True)


class RankingSerializer(Paged):
    """A table of scores and ranks. One that was published as an image is listed too, with what is known of it."""

    edition = serializers.CharField(source="release.edition.label")
    release = serializers.IntegerField(source="release.number")
    series = serializers.IntegerField(source="series.number")
    position = serializers.IntegerField()
    slug = serializers.CharField()
    line = serializers.CharField(source="line.slug", allow_null=True)
    title = Both()
    title_listed = serializers.CharField()
    title_printed = serializers.CharField()
    status = serializers.ChoiceField(Ranking.State.values, source="state")
    peer_group = PeerGroupSerializer(allow_null=True)
    cutoff = serializers.IntegerField(allow_null=True, help_text="The table shows only the first N.")
    expected_count = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(help_text="points, index or percent; empty where none is printed.")
    max_score = Plain(allow_null=True)
    decimals = serializers.IntegerField(allow_null=True)
    tie_rule = serializers.ChoiceField(Ranking.TieRule.values)
    bands = BandSerializer(many=True)
    image_caption = serializers.CharField()
    note = Both()
    method_changed = serializers.BooleanField(
        help_text="Whether scores and ranks are not comparable with those of the edition before."
    )
    method_note = Both()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]
    scores_url = serializers.SerializerMethodField(help_text="The rows of the table.")

    def address(self, row: Ranking) -> str:
        return self.links.api("ranking", row.release.edition.label, row.slug)

    def canonical_page(self, row: Ranking) -> str:
        return self.links.page("ranking", row.release.edition.label, row.slug)

    @extend_schema_field(OpenApiTypes.URI)
    def get_scores_url(self, row: Ranking) -> str:
        return self.links.rows("scores", edition=row.release.edition.label, ranking=row.slug)


class Rankings(Resource):
    """Rankings with their peer group, rules, bands and state."""

    plural, singular = "rankings", "ranking"
    keys = {"edition": "release__edition__label", "slug": "slug"}
    serializer_class = RankingSerializer
    filterset_class = RankingParameters

    def rows(self, gate: Gate) -> QuerySet[Ranking]:
        related = ("release__edition", "series", "line", "peer_group", "source")
        return gate.rows(Ranking).select_related(*related).prefetch_related("bands").order_by(*DEFAULT)
