"""Numbers as bulletins print them: 八, 二十五, 101, １０, and the years of a period."""

import re
from decimal import Decimal, InvalidOperation

DIGITS = "〇一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(DIGITS)} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
_WIDE = str.maketrans("０１２３４５６７８９．％－（）：，；／｜", "0123456789.%-():,;/|")

# What a number looks like inside a longer pattern.
NUMBER = "[0-9０-９一二三四五六七八九十百两]{1,5}"

# 2017-2018年度, 2017—2018年, 2018年度, 2019; a year alone needs a word or a title after it, which the caller asks for.
PERIOD = re.compile(
    r"(?P<first>(?:19|20)\d\d)\s*年?度?(?:\s*[-－—–―~～至到/]\s*(?P<last>(?:19|20)?\d\d)(?!\d))?\s*(?:年度|年)?"
)


def narrow(text: str) -> str:
    """Return a text with full-width figures and marks made half-width; no character is added or lost."""
    return text.translate(_WIDE)


def chinese(number: int) -> str:
    """Write a number below a hundred in Chinese; others in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def integer(text: str) -> int | None:
    """Read 25, ２５, 二十五, 百 or 一百零一; None for anything else, and for what no list is long enough for."""
    figures = narrow(text.strip())
    if figures.isascii() and figures.isdigit():
        return int(figures) if len(figures) <= 5 else None
    if not figures or any(character not in _VALUES and character not in _UNITS for character in figures):
        return None
    total, pending = 0, 0
    for character in figures:
        if character in _UNITS:
            total += (pending or 1) * _UNITS[character]
            pending = 0
        else:
            pending = pending * 10 + _VALUES[character]
    return total + pending


def decimal(text: str) -> Decimal | None:
    """Read a figure with its decimals as printed; a percent sign or 分 after it is left out."""
    figures = narrow(text.strip()).rstrip("%分点 ")
    # Only what a bulletin can print: no exponents, no names of infinities.
    if not re.fullmatch(r"[+-]?\d{1,9}(?:\.\d{1,9})?", figures):
        return None
    try:
        return Decimal(figures)
    except InvalidOperation:
        return None


def decimals_of(text: str) -> int:
    """Return how many decimals a figure is printed with."""
    figures = narrow(text.strip()).rstrip("%分点 ")
    return len(figures.partition(".")[2])


def label_of(period: str) -> str:
    """Return the label of an edition: "2017-2018年度" is "2017-2018", "2019年" is "2019"; "" where no year stands."""
    found = PERIOD.match(narrow(period).strip())
    if not found:
        return ""
    first, last = found["first"], found["last"]
    if not last:
        return first
    return f"{first}-{last if len(last) == 4 else first[:2] + last}"
