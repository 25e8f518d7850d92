"""What stands in a cell, as a value of its kind; or what is wrong with it, in a sentence."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import CharField, DecimalField, Field
from django.utils.translation import gettext as _
from django.utils.translation import override

from cityrank.exchange.columns import LANGUAGES, Column, Kind, Sheet
from cityrank.exchange.reading import plain
from cityrank.exchange.sets import greatest
from cityrank.publishing.comparing import number

# A reading of the same text is kept: figures and names repeat, and 100,000 of them are read in one go.
_KEPT = 20_000
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?", re.ASCII
)
_YES, _NO = {"yes", "true", "1", "是", "y"}, {"no", "false", "0", "否", "n"}


class BadCell(ValueError):
    """What a cell holds is no value of its column; the text says why and what to do."""


Read = Callable[[str], Any]


def reader(sheet: Sheet, column: Column, *, in_percent: bool = False) -> Read:
    """Return what reads the texts of a column that is no reference; it raises `BadCell`.

    An empty text is never handed to it. Numbers are Decimals with the decimals of the text, whole ones int. A figure
    may have a percent sign where the column is in percent, or the table is (`in_percent`).
    """
    field = sheet.model._meta.get_field(column.sets)
    assert isinstance(field, Field)
    reads: dict[Kind, Callable[..., Read]] = {
        Kind.TEXT: _text, Kind.WHOLE: _whole, Kind.DATE: _date, Kind.CHOICE: _choice, Kind.YES_NO: _yes_no,
        Kind.LIST: _list,
    }  # fmt: skip
    if column.kind is Kind.DECIMAL:
        return _decimal(field, in_percent=in_percent or column.unit.startswith("percent"))
    return reads[column.kind](column, field)


def _text(column: Column, field: Field) -> Read:
    most = field.max_length if isinstance(field, CharField) else None
    cheap = (MaxLengthValidator, ProhibitNullCharactersValidator)
    strict = [check for check in field.validators if not isinstance(check, cheap)]

    def read(text: str) -> str:
        if most is not None and len(text) > most:
            values = {"count": len(text), "most": most}
            raise BadCell(_("The text has %(count)s characters; at most %(most)s fit.") % values)
        for check in strict:
            try:
                check(text)
            except ValidationError as error:
                raise BadCell(" ".join(error.messages)) from error
        return text

    return lru_cache(_KEPT)(read) if strict else read


def _whole(column: Column, field: Field) -> Read:
    # Positions and ranks count from 1; every column of this kind does.
    least, most = 1, greatest(field)

    @lru_cache(_KEPT)
    def read(text: str) -> int:
        value = _number(text)
        if value != int(value):
            raise BadCell(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
        if not least <= value <= most:
            raise BadCell(
                _("“%(text)s” lies outside %(least)s to %(most)s.")
                % {"text": text[:40], "least": least, "most": most}
            )
        return int(value)

    return read


def _number(text: str) -> Decimal:
    try:
        value = number(text) if len(text) <= 60 else None
    except ValueError as error:
        raise BadCell(_not_a_number(text)) from error
    if value is None:
        raise BadCell(_not_a_number(text))
    return value


def _not_a_number(text: str) -> str:
    return _(
        "“%(text)s” is not a number. Write it in digits, or leave the cell empty where nothing is printed."
    ) % {"text": text[:40]}


def decimals_of(value: Decimal) -> int:
    """Return with how many decimals a number was written."""
    return max(0, -int(value.as_tuple().exponent))


def _decimal(field: Field, *, in_percent: bool) -> Read:
    assert isinstance(field, DecimalField)
    places, whole = field.decimal_places, field.max_digits - field.decimal_places

    @lru_cache(_KEPT)
    def read(text: str) -> Decimal:
        percent = text.endswith(("%", "％"))
        if percent and not in_percent:
            raise BadCell(
                _("“%(text)s” has a percent sign, but this column is not in percent.") % {"text": text[:40]}
            )
        value = _number(text[:-1].rstrip() if percent else text)
        if decimals_of(value) > places:
            values = {"text": text[:40], "most": places}
            raise BadCell(
                _("“%(text)s” has more than %(most)s decimals. Write it as it was printed.") % values
            )
        if abs(value) >= 10**whole:
            raise BadCell(_("“%(text)s” is too large.") % {"text": text[:40]})
        return value

    return read


def _date(column: Column, field: Field) -> Read:
    def read(text: str) -> dt.date:
        found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
        try:
            if found:
                return dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            pass
        raise BadCell(_("“%(text)s” is not a date. Write it as 2018-07-30.") % {"text": text[:40]})

    return read


def _choice(column: Column, field: Field) -> Read:
    known: dict[str, str] = {}
    for value, label in column.choices.choices if column.choices else field.flatchoices:
        known[plain(str(value))] = value
        for language in LANGUAGES:
            with override(language):
                known[plain(str(label))] = value

    @lru_cache(_KEPT)
    def read(text: str) -> str:
        if (value := known.get(plain(text))) is None:
            labels = ", ".join(str(label) for _value, label in field.flatchoices)
            raise BadCell(
                _("“%(text)s” is none of these: %(choices)s.") % {"text": text[:40], "choices": labels}
            )
        return value

    return read


def _yes_no(column: Column, field: Field) -> Read:
    def read(text: str) -> bool:
        key = plain(text)
        if key not in _YES | _NO:
            raise BadCell(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        return key in _YES

    return read


def _list(column: Column, field: Field) -> Read:
    return lambda text: [word.strip() for word in text.split(";") if word.strip()]


def empty(sheet: Sheet, column: Column) -> Any:
    """Return what an empty cell of a column means: no text, or no value."""
    field = sheet.model._meta.get_field(column.sets)
    return None if getattr(field, "null", False) else ([] if column.kind is Kind.LIST else "")
