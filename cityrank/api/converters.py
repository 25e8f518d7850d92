"""Parts of addresses. What does not fit one of them leads to an address that does not exist, never to the database."""

from typing import Any

from django.urls import register_converter
from django.urls.converters import StringConverter

from cityrank.api.parameters import LABEL, SLUG, SMALL


class LabelConverter(StringConverter):
    regex = LABEL


class KeyConverter(StringConverter):
    regex = SLUG


class NumberConverter:
    """A number as it is printed: ASCII digits without leading zeros, in the range of a small column."""

    regex = "0|[1-9][0-9]{0,4}"
    largest = SMALL

    def to_python(self, value: str) -> int:
        if int(value) > self.largest:
            raise ValueError
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(value)


class PositionConverter(NumberConverter):
    """A position in a table, which may have more rows than a small column counts."""

    regex = "0|[1-9][0-9]{0,8}"
    largest = 999_999_999


# Prefixed, because converters are registered for the whole project.
register_converter(LabelConverter, "api_label")
register_converter(KeyConverter, "api_key")
register_converter(NumberConverter, "api_number")
register_converter(PositionConverter, "api_position")
