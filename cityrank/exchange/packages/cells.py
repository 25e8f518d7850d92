"""Read the cells of a package: exactly what `cityrank.exchange.writing` writes, and nothing that looks like it."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cityrank.exchange.cells import restored
from cityrank.exchange.columns import Column, Kind
from cityrank.exchange.packages.describing import type_of
from cityrank.exchange.packages.faults import BadCell

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_FIGURE = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YES_NO = {"true": True, "false": False}


def read_cell(column: Column, text: str) -> Any:
    """Return the value of a cell; an empty one is "" for text and None for anything else. Raises `BadCell`."""
    if not text:
        return [] if column.kind is Kind.LIST else "" if _is_text(column) else None
    match column.kind:
        case Kind.DECIMAL:
            return Decimal(_matching(_FIGURE, text, _("Write a number such as 91.20, with a point.")))
        case Kind.DATE:
            return _day(text)
        case Kind.YES_NO:
            if text not in _YES_NO:
                raise BadCell(_("Write true or false."))
            return _YES_NO[text]
        case Kind.LIST:
            return restored(text).split(";")
        case Kind.CHOICE:
            return _choice(column, restored(text))
    if type_of(column) == "integer":
        return int(_matching(_WHOLE, text, _("Write a whole number.")))
    if "\x00" in text:
        raise BadCell(_("The text has a zero byte in it, which no database keeps. Take it out."))
    return restored(text)


def _is_text(column: Column) -> bool:
    return column.kind in (Kind.TEXT, Kind.CHOICE)


def _matching(pattern: re.Pattern[str], text: str, sentence: str) -> str:
    if not pattern.fullmatch(text):
        raise BadCell(sentence)
    return text


def _day(text: str) -> dt.date:
    sentence = _("Write a date such as 2018-07-30.")
    try:
        return dt.date.fromisoformat(_matching(_DAY, text, sentence))
    except ValueError:
        raise BadCell(sentence) from None


def _choice(column: Column, text: str) -> str:
    allowed = column.choices.values if column.choices else []
    if text not in allowed:
        raise BadCell(_("Write one of these: %(words)s.") % {"words": ", ".join(allowed)})
    return text
