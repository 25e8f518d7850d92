"""Places: the gazetteer, and the zones and towns that a citable release names."""

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cityrank.api.fields import Linked, Paged
from cityrank.api.parameters import Choice, Day, Flag, Ordering, Slug, Words
from cityrank.api.subjects import Code, Names, PlaceBrief, province_slugs, public_place
from cityrank.api.tables import InTables, TabularResource
from cityrank.exchange.sheets import PLACES
from cityrank.publishing.gate import Gate, public_places
from cityrank.registry.models import Alias, Place, PlaceTier, Succession

DEFAULT = ("slug",)


class PlaceParameters(InTables):
    q = Words(
        method="search",
        about="Part of a name in Chinese, or the beginning of an English word of it, of its pinyin or initials.",
    )
    place = Slug("slug", exists=public_place, about="Identifier of the place.")
    level = Choice("level", choices=Place.Level.values)
    province = Slug(
        known=province_slugs, method="within", about="Code of a province: it and all places in it."
    )
    parent = Slug("parent__slug", exists=public_place, about="The place directly above.")
    tier = Choice(
        choices=PlaceTier.Tier.values, method="of_tier", about="A tier held ever, or in the year of valid_on."
    )
    valid_on = Day(method="valid", about="Only places that existed on this day.")
    current = Flag(method="existing", about="Whether the place still exists.")
    ordering = Ordering({"slug": "slug", "pinyin": "pinyin", "level": "level"}, DEFAULT)

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.search(value)  # type: ignore[attr-defined]

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(slug=value) | Q(province__slug=value))

    def of_tier(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        held = PlaceTier.objects.filter(tier=value)
        day = self.value("valid_on")
        if day:
            begun = Q(from_year__isnull=True) | Q(from_year__lte=day.year)
            held = held.filter(begun, Q(to_year__isnull=True) | Q(to_year__gte=day.year))
        return queryset.filter(pk__in=held.values("place"))

    def valid(self, queryset: QuerySet, name: str, value: dt.date) -> QuerySet:
        return queryset.valid_on(value)  # type: ignore[attr-defined]

    def existing(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(valid_to__isnull=value)


class TierSerializer(serializers.Serializer):
    tier = serializers.ChoiceField(PlaceTier.Tier.values)
    from_year = serializers.IntegerField(allow_null=True)
    to_year = serializers.IntegerField(allow_null=True)


class AliasSerializer(serializers.Serializer):
    text = serializers.CharField()
    kind = serializers.ChoiceField(Alias.Kind.values)


class Successor(Linked):
    """A place that took over from this one."""

    slug = serializers.CharField(source="successor.slug")
    name = Names(source="successor")
    date = serializers.DateField(allow_null=True)
    kind = serializers.ChoiceField(Succession.Kind.values)

    def address(self, row: Succession) -> str:
        return self.links.lasting("place", row.successor.slug)


class Predecessor(Linked):
    """A place that this one took over from."""

    slug = serializers.CharField(source="predecessor.slug")
    name = Names(source="predecessor")
    date = serializers.DateField(allow_null=True)
    kind = serializers.ChoiceField(Succession.Kind.values)

    def address(self, row: Succession) -> str:
        return self.links.lasting("place", row.predecessor.slug)


class PlaceSerializer(Paged):
    """A place, with where it belongs, which tiers it held, and what became of it."""

    slug = serializers.CharField()
    kind = serializers.CharField()
    code = Code()
    level = serializers.ChoiceField(Place.Level.values)
    name = Names()
    pinyin = serializers.CharField()
    aliases = AliasSerializer(many=True)
    parent = PlaceBrief(allow_null=True)
    province = PlaceBrief(allow_null=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True, help_text="The last day; null while the place exists.")
    tiers = TierSerializer(many=True)
    successors = Successor(many=True, source="succeeded_by")
    predecessors = Predecessor(many=True, source="succeeds")
    children_url = serializers.SerializerMethodField()
    recipients_url = serializers.SerializerMethodField(
        help_text="Awards that the place received, in all editions."
    )
    scores_url = serializers.SerializerMethodField(
        help_text="Rows of rankings that the place has, in all editions."
    )

    def address(self, row: Place) -> str:
        return self.links.lasting("place", row.slug)

    def canonical_page(self, row: Place) -> str:
        return self.links.page("place", row.slug)

    @extend_schema_field(OpenApiTypes.URI)
    def get_children_url(self, row: Place) -> str:
        return self.links.rows("places", parent=row.slug)

    @extend_schema_field(OpenApiTypes.URI)
    def get_recipients_url(self, row: Place) -> str:
        return self.links.rows("recipients", place=row.slug)

    @extend_schema_field(OpenApiTypes.URI)
    def get_scores_url(self, row: Place) -> str:
        return self.links.rows("scores", place=row.slug)


class Places(TabularResource):
    """Places of the gazetteer, with codes, names, tiers, predecessors and successors."""

    plural, singular = "places", "place"
    keys = {"slug": "slug"}
    serializer_class = PlaceSerializer
    sheet = PLACES
    filterset_class = PlaceParameters

    def rows(self, gate: Gate) -> QuerySet[Place]:
        steps = Succession.objects.order_by("date", "pk")
        after = steps.filter(_known("successor")).select_related("successor")
        before = steps.filter(_known("predecessor")).select_related("predecessor")
        rows = public_places().select_related("parent", "province").order_by(*DEFAULT)
        return rows.prefetch_related(
            "tiers", "aliases", Prefetch("succeeded_by", after), Prefetch("succeeds", before)
        )


def _known(end: str) -> Exists:
    """A succession is shown only if the place at its other end is public too."""
    return Exists(public_places().filter(pk=OuterRef(end)))
