"""Text that was broken at a fixed width, as copied out of a PDF or an e-mail: its lines are put together again.

Only prose shows that a file is of this kind. Rows of winners may be of one width too, and each begins a new name.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 30, 240
# How much shorter than the longest a full line may be: a mark must not begin a line, so some break earlier.
_SLACK = 4
_FEWEST_LINES = 8
_LEAST_SHARE = 0.7

_PROSE = re.compile("[,，。；!！?？]")
_ENDS = re.compile(r"[。！？!?：:]\s*$")
# What begins a line of its own however full the line before is.
_BEGINS = re.compile(
    r"^\s*(?:第\s*[一二三四五六七八九十0-9]+\s*系列|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[)）]|\d{1,2}[、.．](?!\d)"
    r"|(?:19|20)\d\d(?:[-—–](?:19|20)\d\d)?年|[【\[]?[\u4e00-\u9fff]{0,4}(?:理由|点评|评语)[】\]]?\s*[:：]|.*\.(?:jpe?g|png)\s*$)",
    re.IGNORECASE,
)


def unwrapped(text: str) -> str:
    """Return a text with its broken lines put together; a text that is not broken is returned as it is."""
    lines = text.splitlines()
    for measure in (len, columns):
        full = _full_width(lines, measure)
        if full:
            return "\n".join(_joined(lines, [measure(line.strip()) >= full for line in lines]))
    return text


def columns(text: str) -> int:
    """Return how many columns a text takes where Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _full_width(lines: Sequence[str], measure: Callable[[str], int]) -> int:
    """Return from which width on a line is full, or 0 where the text is not broken at a width."""
    followed = [line.strip() for line, after in pairwise(lines) if after.strip() and _PROSE.search(line)]
    widths = [measure(line) for line in followed]
    widest = max(widths, default=0)
    full = widest - _SLACK
    many = sum(1 for width in widths if width >= full)
    if not _NARROWEST <= widest <= _WIDEST or many < _FEWEST_LINES or many < _LEAST_SHARE * len(widths):
        return 0
    # A line that is longer was not broken, so neither were the others.
    return full if all(measure(line.strip()) <= widest for line in lines) else 0


def _joined(lines: Sequence[str], full: Sequence[bool]) -> list[str]:
    joined: list[str] = []
    goes_on = False
    for line, is_full in zip(lines, full, strict=True):
        if goes_on and line.strip() and not _BEGINS.match(line):
            joined[-1] = _together(joined[-1], line)
        else:
            joined.append(line)
        goes_on = is_full and not _ENDS.search(line)
    return joined


def _together(before: str, after: str) -> str:
    """Join two halves of a paragraph; words in Latin letters keep a blank between them."""
    before, after = before.rstrip(), after.strip()
    latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after
