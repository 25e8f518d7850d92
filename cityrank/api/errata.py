"""Errata: each difference that a correction made, as it was recorded when the correction was published."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from awards.models import Award, Release
from cityrank.api.base import Resource
from cityrank.api.fields import Both, Paged, Text
from cityrank.api.parameters import Choice, Label, Number, Ordering, Parameters, Slug
from cityrank.api.subjects import public_subject
from cityrank.publishing.errata import KINDS_OF_ROWS
from cityrank.publishing.gate import Gate, citable_gate, frozen_gate, public_errata
from cityrank.publishing.models import Erratum
from scores.models import Ranking

DEFAULT = ("-release__published_at", "-release", "position")
OF_AWARDS, OF_RANKINGS = ("award", "recipient"), ("ranking", "score", "band")


def part_slugs(gate: Gate) -> QuerySet:
    return public_errata().exclude(part="").order_by("part").values_list("part", flat=True).distinct()


class ErratumParameters(Parameters):
    edition = Label(
        "release__edition__label",
        known=lambda gate: citable_gate().editions().values_list("label", flat=True),
    )
    release = Number(
        "release__number",
        known=lambda gate: (
            citable_gate().releases.order_by("number").values_list("number", flat=True).distinct()
        ),
        about="Number of the release that made the change; with `edition`, 410 where it was withdrawn.",
    )
    of = Choice("of", choices=KINDS_OF_ROWS, about="What kind of row was changed.")
    part = Slug("part", known=part_slugs, about="The award or ranking that the row belongs to.")
    line = Slug(
        method="of_line",
        known=lambda gate: citable_gate().lines().order_by("slug").values_list("slug", flat=True),
        about="The same award or ranking through the years.",
    )
    subject = Slug(
        method="about_subject",
        exists=public_subject,
        about="Identifier of a place, an organisation or an app: what was corrected of it, or from it to another.",
    )
    kind = Choice("kind", choices=Erratum.Kind.values, about="Whether a row was added, removed or changed.")
    ordering = Ordering({"published_at": "release__published_at", "position": "position"}, DEFAULT)

    def of_line(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """A row that a correction removed is of the line that its award had in the release before."""
        either = Q(release=OuterRef("release")) | Q(release=OuterRef("former"))
        named = {"slug": OuterRef("part"), "line__slug": value}
        awards = Exists(Award.objects.filter(either, **named))
        rankings = Exists(Ranking.objects.filter(either, **named))
        return queryset.filter(Q(awards, of__in=OF_AWARDS) | Q(rankings, of__in=OF_RANKINGS))

    def about_subject(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        taken = Q(field="subject") & Q(old__endswith=f"({value})")
        return queryset.filter(Q(subject_slug=value) | taken)


class ErratumSerializer(Paged):
    """One value, or one row, that a release changed of the release before it."""

    edition = serializers.CharField(source="release.edition.label")
    release = serializers.IntegerField(source="release.number", help_text="The release that made the change.")
    former_release = serializers.IntegerField(source="former.number", help_text="The release it replaced.")
    published_at = serializers.DateTimeField(source="release.published_at")
    reason = serializers.CharField(source="release.reason", help_text="The public reason of the correction.")
    position = serializers.IntegerField(help_text="Number of the change within its release.")
    kind = serializers.ChoiceField(Erratum.Kind.values)
    of = serializers.ChoiceField(KINDS_OF_ROWS, help_text="What kind of row was changed.")
    part = serializers.CharField(help_text="Identifier of the award or ranking of the row; may be empty.")
    part_title = serializers.SerializerMethodField()
    row = Both(help_text="What the row is called.")
    subject = serializers.CharField(source="subject_slug", help_text="Empty where the row has no subject.")
    field = serializers.CharField(help_text="Empty where a whole row was added or removed.")
    old = serializers.CharField(help_text="As printed in the former release; empty where there was nothing.")
    new = serializers.CharField(help_text="As printed in this release; empty where there is nothing.")
    release_url = serializers.SerializerMethodField(help_text="The release that made the change.")
    former_release_url = serializers.SerializerMethodField(help_text="The release it replaced.")

    def address(self, row: Erratum) -> str:
        return self.links.lasting("erratum", row.release.edition.label, row.release.number, row.position)

    def canonical_page(self, row: Erratum) -> str:
        return self.links.page("errata", row.release.edition.label) + f"#release-{row.release.number}"

    @extend_schema_field(Text)
    def get_part_title(self, row: Erratum) -> dict[str, str]:
        return {"zh": row.part_zh, "en": row.part_en}

    @extend_schema_field(OpenApiTypes.URI)
    def get_release_url(self, row: Erratum) -> str:
        return self.links.lasting("release", row.release.edition.label, row.release.number)

    @extend_schema_field(OpenApiTypes.URI)
    def get_former_release_url(self, row: Erratum) -> str:
        return self.links.lasting("release", row.release.edition.label, row.former.number)


class Errata(Resource):
    """What corrections changed, from what to what, the latest correction first."""

    plural, singular = "errata", "erratum"
    keys = {"edition": "release__edition__label", "number": "release__number", "position": "position"}
    serializer_class = ErratumSerializer
    filterset_class = ErratumParameters

    def rows(self, gate: Gate) -> QuerySet[Erratum]:
        return public_errata().select_related("release__edition", "former").order_by(*DEFAULT)

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        label = self.kwargs.get("edition") or self.parameters.value("edition")
        number = self.kwargs.get("number") or self.parameters.value("release")
        if label and number:
            self._refuse_what_is_gone(label, number)

    def _refuse_what_is_gone(self, label: str, number: int) -> None:
        """Raises `Withdrawn` for a withdrawn correction, and NotFound for what was never public."""
        try:
            frozen_gate(label, number)
        except Release.DoesNotExist:
            raise self.nothing() from None
