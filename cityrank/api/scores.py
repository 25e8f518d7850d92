"""Scores: the rows of the rankings."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from awards.models import Series
from cityrank.api.fields import FIGURE, Both, Paged, SourceSerializer
from cityrank.api.parameters import Choice, Label, Number, Ordering, Pinned, Slug, line_slugs, slugs
from cityrank.api.subjects import SUBJECT, OfSubject, SubjectBrief
from cityrank.api.tables import InTables, TabularResource
from cityrank.exchange.sheets import SCORES
from cityrank.publishing.gate import Gate
from scores.models import Ranking, Score

DEFAULT = (
    "-ranking__release__edition__period_end",
    "-ranking__release__edition__period_start",
    "ranking__series__number",
    "ranking__position",
    "position",
)
KEYS = {
    "position": "position",
    "printed_rank": "printed_rank",
    "computed_rank": "computed_rank",
    "printed_score": "printed_score",
    "pinyin": "subject__pinyin",
}


class ScoreParameters(OfSubject, InTables, Pinned):
    edition = Label("ranking__release__edition__label")
    series = Number("ranking__series__number", known=slugs(Series, "number"), about="Number of the series.")
    ranking = Slug("ranking__slug", known=slugs(Ranking), about="Identifier of the ranking.")
    line = Slug("ranking__line__slug", known=line_slugs, about="The same ranking through the years.")
    status = Choice("status", choices=Score.Status.values, about="How the score came about.")
    ordering = Ordering(KEYS, DEFAULT)


class ScoreBand(serializers.Serializer):
    position = serializers.IntegerField()
    label = Both()  # type: ignore[assignment]


class ScoreSerializer(Paged):
    """A row of a ranking: what is printed of one subject, and the rank that follows from the scores."""

    edition = serializers.CharField(source="ranking.release.edition.label")
    release = serializers.IntegerField(source="ranking.release.number")
    series = serializers.IntegerField(source="ranking.series.number")
    ranking = serializers.CharField(source="ranking.slug")
    position = serializers.IntegerField()
    printed_name = serializers.CharField()
    subject = SubjectBrief(allow_null=True)
    printed_score = serializers.SerializerMethodField()
    decimals = serializers.SerializerMethodField(
        help_text="Decimals as printed; null where they are not known."
    )
    status = serializers.ChoiceField(Score.Status.values)
    printed_rank = serializers.IntegerField(allow_null=True)
    computed_rank = serializers.IntegerField(allow_null=True)
    band = ScoreBand(allow_null=True)
    note = Both()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]

    def address(self, row: Score) -> str:
        return self.links.api("score", row.ranking.release.edition.label, row.ranking.slug, row.position)

    def canonical_page(self, row: Score) -> str:
        return self.links.page("ranking", row.ranking.release.edition.label, row.ranking.slug)

    @extend_schema_field(FIGURE)
    def get_printed_score(self, row: Score) -> str | None:
        return row.shown_score or None

    def get_decimals(self, row: Score) -> int | None:
        return row.ranking.decimals if row.decimals is None else row.decimals


class Scores(TabularResource):
    """Rows of the rankings, in printed order."""

    plural, singular = "scores", "score"
    keys = {"edition": "ranking__release__edition__label", "ranking": "ranking__slug", "position": "position"}
    serializer_class = ScoreSerializer
    sheet = SCORES
    filterset_class = ScoreParameters

    def rows(self, gate: Gate) -> QuerySet[Score]:
        related = ("ranking__release__edition", "ranking__series", "band", "source", *SUBJECT)
        return gate.rows(Score).select_related(*related).order_by(*DEFAULT)
