"""A number as its cell shows it: 56.7 in a cell with the format 0.00 is 56.70, and 0.567 with 0.00% is 56.70%.

Spreadsheets store binary fractions; what a person sees, and what was printed, is made from them by the cell's format.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import isfinite

# What stands in a format and is not part of the number: quoted texts, escaped characters, [Red], room and filling.
_DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(
    r"(?P<whole>[0#?,]*[0#?])(?:\.(?P<decimals>[0#?]*))?(?P<thousands>,*)(?![0#?])|\.(?P<only>[0#?]+)"
)
# Formats that every spreadsheet program has without spelling them out in the file.
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0 ", 38: "#,##0 "}
BUILT_IN |= {39: "#,##0.00 ", 40: "#,##0.00 ", 41: "#,##0 ", 42: "#,##0 ", 43: "#,##0.00 ", 44: "#,##0.00 "}
# No spreadsheet program shows more significant digits than these.
_SIGNIFICANT = 15
# No format shows more decimals, and no binary fraction has more digits before the point than these.
_MOST_DECIMALS, _WIDE = 30, Context(prec=400)


@dataclass(frozen=True, slots=True)
class Format:
    """How a number is shown: with how many decimals, scaled by which power of ten, filled with zeros."""

    least: int
    most: int
    shift: int = 0
    percent: bool = False
    zeros: int = 0


@lru_cache(maxsize=1000)
def read_format(code: str) -> Format | None:
    """Return what a format code does with a positive number; None where it shows numbers as they are."""
    section = _DECORATION.sub("", code.split(";")[0])
    if "e+" in section.lower() or "e-" in section.lower() or "/" in section:
        return None
    found = _DIGITS.search(section)
    if not found:
        return None
    decimals = (found["decimals"] or found["only"] or "")[:_MOST_DECIMALS]
    percent = "%" in section
    whole = (found["whole"] or "").replace(",", "")
    shift = (2 if percent else 0) - 3 * len(found["thousands"] or "")
    return Format(decimals.count("0"), len(decimals), shift, percent, whole.count("0"))


def shown(value: float, form: Format | None = None) -> str:
    """Return the text of a number in a cell; without a format, as it was stored: 18.0 is 18."""
    text = repr(value)
    if not isfinite(value):
        return text
    if form is None:
        if text.endswith(".0"):
            return text[:-2]
        return text if len(text) <= _SIGNIFICANT and "e" not in text else f"{_decimal(value):f}"
    point = text.find(".")
    whole, decimals = text[:point], text[point + 1 :]
    if decimals == "0":
        decimals = ""
    missing = form.least - len(decimals)
    # Nearly all cells: nothing to round, to scale or to fill.
    if missing >= 0 and not form.shift and form.zeros <= 1 and len(text) <= _SIGNIFICANT and "e" not in text:
        return f"{whole}.{decimals}{'0' * missing}" if form.least else whole
    return _formatted(value, form)


def _decimal(value: float) -> Decimal:
    """Return a binary fraction as the decimal that spreadsheets take it for: 0.30000000000000004 is 0.3."""
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def _formatted(value: float, form: Format) -> str:
    number = _rounded(_decimal(value).scaleb(form.shift), form)
    sign, text = ("-" if number < 0 else ""), f"{number.copy_abs():f}"
    whole, _point, decimals = text.partition(".")
    kept = decimals[: form.least] + decimals[form.least :].rstrip("0")
    return f"{sign}{whole.zfill(form.zeros)}{'.' if kept else ''}{kept}{'%' if form.percent else ''}"


def is_shortened(value: float, form: Format) -> bool:
    """Return whether a cell holds more decimals than it shows."""
    number = _decimal(value).scaleb(form.shift)
    return number != _rounded(number, form)


def _rounded(number: Decimal, form: Format) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-form.most), rounding=ROUND_HALF_UP, context=_WIDE)
