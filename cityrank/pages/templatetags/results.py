"""Figures and addresses of the pages that compare."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import pgettext

from cityrank.registry.models import Place
from cityrank.registry.numbers import rounded, shown

register = template.Library()


@register.simple_tag
def query_of(**values: object) -> str:
    """The query of an address, "?a=1&b=2", without what is empty; empty where nothing is left."""
    pairs = [(name, value) for name, value in values.items() if value not in ("", None)]
    return f"?{urlencode(pairs, doseq=True)}" if pairs else ""


@register.filter
def fixed(value: Decimal | None, decimals: int | None) -> str:
    """A figure with so many decimals; without a number of them, with those it has."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if decimals is None else shown(value, decimals)


@register.filter
def difference(value: Decimal | int | None, decimals: int | None = 0) -> str:
    """A difference with its sign: +8.74, −1.20, ±0.00; empty where there is none."""
    if value is None:
        return ""
    number = rounded(Decimal(value), 2 if decimals is None else decimals)
    sign = "\u2212" if number < 0 else "+" if number > 0 else "\u00b1"
    return f"{sign}{abs(number):f}"


@register.filter
def positive(number: int) -> int:
    """How many, in whichever direction."""
    return abs(number)


@register.filter
def beside(places: Sequence[Place], others: Sequence[Any]) -> list[tuple[Place, Any]]:
    """Each place with what stands beside it in a row."""
    return list(zip(places, others, strict=True))


@register.filter
def names_of(places: Sequence[Place]) -> str:
    """The names of places in one line."""
    return pgettext("list", ", ").join(place.name for place in places)


@register.filter
def between_quotes(titles: Sequence[str]) -> str:
    """Titles of a sentence that has the first and the last quotation mark already."""
    return f"\u201d{pgettext('list', ', ')}\u201c".join(titles)
