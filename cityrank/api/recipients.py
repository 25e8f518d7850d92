"""Recipients: who received an award, in the order of the printed list."""

from django.db.models import QuerySet
from rest_framework import serializers

from awards.models import Award, Recipient, Series
from cityrank.api.fields import Paged
from cityrank.api.parameters import Label, Number, Ordering, Pinned, Slug, line_slugs, slugs
from cityrank.api.subjects import SUBJECT, OfSubject, SubjectBrief
from cityrank.api.tables import InTables, TabularResource
from cityrank.exchange.sheets import RECIPIENTS
from cityrank.publishing.gate import Gate

DEFAULT = (
    "-award__release__edition__period_end",
    "-award__release__edition__period_start",
    "award__series__number",
    "award__position",
    "position",
)


class RecipientParameters(OfSubject, InTables, Pinned):
    edition = Label("award__release__edition__label")
    series = Number("award__series__number", known=slugs(Series, "number"), about="Number of the series.")
    award = Slug("award__slug", known=slugs(Award), about="Identifier of the award.")
    line = Slug("award__line__slug", known=line_slugs, about="The same award through the years.")
    ordering = Ordering(
        {"position": "position", "printed_name": "printed_name", "pinyin": "subject__pinyin"}, DEFAULT
    )


class RecipientSerializer(Paged):
    """A subject that received an award. `position` is the order of the list; it is not a rank."""

    edition = serializers.CharField(source="award.release.edition.label")
    release = serializers.IntegerField(source="award.release.number")
    series = serializers.IntegerField(source="award.series.number")
    award = serializers.CharField(source="award.slug")
    position = serializers.IntegerField()
    printed_name = serializers.CharField()
    subject = SubjectBrief(allow_null=True)

    def address(self, row: Recipient) -> str:
        return self.links.api("recipient", row.award.release.edition.label, row.award.slug, row.position)

    def canonical_page(self, row: Recipient) -> str:
        return self.links.page("award", row.award.release.edition.label, row.award.slug)


class Recipients(TabularResource):
    """Recipients with the name as printed beside the subject that it means."""

    plural, singular = "recipients", "recipient"
    keys = {"edition": "award__release__edition__label", "award": "award__slug", "position": "position"}
    serializer_class = RecipientSerializer
    sheet = RECIPIENTS
    filterset_class = RecipientParameters

    def rows(self, gate: Gate) -> QuerySet[Recipient]:
        related = ("award__release__edition", "award__series", *SUBJECT)
        return gate.rows(Recipient).select_related(*related).order_by(*DEFAULT)
