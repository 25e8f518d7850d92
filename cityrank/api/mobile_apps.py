"""Apps: those that are ranked, with the organisation that operates them."""

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from cityrank.api.base import Resource
from cityrank.api.fields import Linked, Paged
from cityrank.api.parameters import Ordering, Parameters, Slug, Words
from cityrank.api.subjects import Names, public_subject
from cityrank.publishing.gate import Gate, public_subjects
from cityrank.registry.models import App, Organisation

DEFAULT = ("pinyin", "slug")


class AppParameters(Parameters):
    q = Words(method="search", about="Part of a name, or the beginning of its pinyin or initials.")
    app = Slug("slug", exists=public_subject, about="Identifier of the app.")
    operator = Slug(
        "operator__slug", method="operated_by", exists=public_subject, about="Who operates the app."
    )
    ordering = Ordering({"pinyin": "pinyin", "slug": "slug"}, DEFAULT)

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.search(value)  # type: ignore[attr-defined]

    def operated_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        # Only public operators: the filter must not tell of one that the answer would hide.
        return queryset.filter(operator__in=public_operators().filter(slug=value))


class Operator(Linked):
    slug = serializers.CharField()
    name = Names()

    def address(self, row: Organisation) -> str:
        return self.links.lasting("organisation", row.slug)


class AppSerializer(Paged):
    slug = serializers.CharField()
    kind = serializers.CharField()
    name = Names()
    pinyin = serializers.CharField()
    operator = Operator(allow_null=True)

    def address(self, row: App) -> str:
        return self.links.lasting("app", row.slug)

    def canonical_page(self, row: App) -> str:
        return self.links.page("app", row.slug)


def public_operators() -> QuerySet[Organisation]:
    return public_subjects(Organisation.objects.all())


class Apps(Resource):
    """Apps that a citable release names."""

    plural, singular = "apps", "app"
    keys = {"slug": "slug"}
    serializer_class = AppSerializer
    filterset_class = AppParameters

    def rows(self, gate: Gate) -> QuerySet[App]:
        rows = public_subjects(App.objects.all()).order_by(*DEFAULT)
        return rows.prefetch_related(Prefetch("operator", public_operators()))
