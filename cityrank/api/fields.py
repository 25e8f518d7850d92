"""Fields that several resources share."""

from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cityrank.api.addresses import Links
from cityrank.registry.numbers import shown
from cityrank.registry.texts import both

FIGURE = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


class Text(serializers.Serializer):
    """A text in Chinese and in English; empty where it does not exist."""

    zh = serializers.CharField()
    en = serializers.CharField()


@extend_schema_field(Text)
class Both(serializers.Field):
    """The texts `<name>_zh` and `<name>_en` as `{"zh", "en"}`; the name is that of the field itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> dict[str, str]:
        return both(value, str(self.field_name))


@extend_schema_field(FIGURE)
class Printed(serializers.Field):
    """A decimal of the row's own `decimals`, as a string; null for what was not printed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:
        return shown(getattr(value, str(self.field_name)), value.decimals) or None


@extend_schema_field(FIGURE)
class Plain(serializers.Field):
    """A decimal whose printed precision is not recorded, without trailing zeros: 100, 85.5."""

    def to_representation(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


class Linked(serializers.Serializer):
    """An object with its address in the API."""

    url = serializers.SerializerMethodField()

    @property
    def links(self) -> Links:
        return self.context["links"]

    def address(self, row: Any) -> str:
        raise NotImplementedError

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row: Any) -> str:
        return self.address(row)


class Paged(Linked):
    """An object with its address in the API and its canonical page."""

    page = serializers.SerializerMethodField()

    def canonical_page(self, row: Any) -> str:
        raise NotImplementedError

    @extend_schema_field(OpenApiTypes.URI)
    def get_page(self, row: Any) -> str:
        return self.canonical_page(row)


class SourceSerializer(serializers.Serializer):
    """The document that something was read from."""

    key = serializers.CharField()
    title = Both()
    publisher = Both()
    author = serializers.CharField()
    document_url = serializers.CharField(source="url", help_text="Empty where none is recorded.")
    published_on = serializers.DateField(allow_null=True)
    page_number = serializers.IntegerField(source="page", allow_null=True)
