"""Organisations: those that are ranked, operate apps or are behind an edition."""

from django.db.models import QuerySet
from rest_framework import serializers

from cityrank.api.fields import Paged
from cityrank.api.parameters import Ordering, Slug, Words
from cityrank.api.subjects import Names, public_subject
from cityrank.api.tables import InTables, TabularResource
from cityrank.exchange.sheets import ORGANISATIONS
from cityrank.publishing.gate import Gate, public_subjects
from cityrank.registry.models import Organisation

DEFAULT = ("pinyin", "slug")


class OrganisationParameters(InTables):
    q = Words(method="search", about="Part of a name, or the beginning of its pinyin or initials.")
    organisation = Slug("slug", exists=public_subject, about="Identifier of the organisation.")
    ordering = Ordering({"pinyin": "pinyin", "slug": "slug"}, DEFAULT)

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.search(value)  # type: ignore[attr-defined]


class OrganisationSerializer(Paged):
    slug = serializers.CharField()
    kind = serializers.CharField()
    name = Names()
    pinyin = serializers.CharField()
    website = serializers.CharField(help_text="Empty where none is recorded.")

    def address(self, row: Organisation) -> str:
        return self.links.lasting("organisation", row.slug)

    def canonical_page(self, row: Organisation) -> str:
        return self.links.page("organisation", row.slug)


class Organisations(TabularResource):
    """Organisations that a citable release names."""

    plural, singular = "organisations", "organisation"
    keys = {"slug": "slug"}
    serializer_class = OrganisationSerializer
    sheet = ORGANISATIONS
    filterset_class = OrganisationParameters

    def rows(self, gate: Gate) -> QuerySet[Organisation]:
        return public_subjects(Organisation.objects.all()).order_by(*DEFAULT)
