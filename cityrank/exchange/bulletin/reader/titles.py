"""Titles of awards, tables and series: their years, their count, and when two of them mean the same."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.numerals import NUMBER, PERIOD, integer, narrow

# 25强, 十佳, 百强, 前50名: how many a title announces.
_COUNT = re.compile(
    rf"(?P<first>前)?\s*(?P<count>{NUMBER})\s*(?:强|佳|大(?!数据|学|会|类)|名(?!城|镇|录|单|优)|位|优(?!秀))"
)
_PLAIN_YEAR = re.compile(r"^(?:19|20)\d\d$")
_DOTS = re.compile(r"[\s.．…·]{3,}\d{0,4}\s*$")
_MARKS = re.compile(r"[\s“”\"'‘’《》「」【】\[\]·:：,，。.、;；!！\-－—–]+")
_BRACKETS = re.compile(r"\(.*?\)|（.*?）|\[.*?\]")
_NO_TITLE = re.compile("[。！？!?;；]")

SAME_TITLE = 0.72


@dataclass(frozen=True)
class Title:
    """A title as printed, and what is read from it: the words of its years, the count and whether that is a cut-off."""

    printed: str
    period: str
    expected: int | None
    cutoff: int | None

    @property
    def is_of_award(self) -> bool:
        return bool(patterns.AWARD_WORDS.search(self.printed))

    @property
    def is_of_ranking(self) -> bool:
        return bool(patterns.RANKING_WORDS.search(self.printed))

    @property
    def canon(self) -> str:
        return canon(self.printed)


@lru_cache(maxsize=4096)
def read_title(text: str) -> Title:
    """Read a title from a line without its number; the leaders and page number of a table of contents fall away."""
    printed = _DOTS.sub("", text).strip().rstrip(":：").strip()
    period = period_of(printed)
    count = None
    for found in _COUNT.finditer(narrow(printed)):
        count = integer(found["count"]) or count
    first = bool(re.search(rf"前\s*{NUMBER}\s*[强名位]", printed))
    return Title(printed, period, count, count if first else None)


def period_of(text: str) -> str:
    """Return the words at the beginning of a title that name its years, as printed; "" where it names none."""
    found = PERIOD.match(narrow(text))
    if not found:
        return ""
    return text[: found.end()].strip()


@lru_cache(maxsize=4096)
def canon(title: str) -> str:
    """Return what is left of a title without its years, marks and width: the same for the same award."""
    text = narrow(title)
    text = text[len(period_of(text)) :]
    return _MARKS.sub("", text).removesuffix("jpg").lower()


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, from 0 to 1, by the words that tell titles apart."""
    if canon(one) == canon(other):
        return 1.0
    left, right = (patterns.COMMON_WORDS.sub("", canon(title)) for title in (one, other))
    if not left or not right or _count_of(one) != _count_of(other):
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _count_of(title: str) -> int | None:
    return read_title(title).expected


def looks_like_title(text: str) -> bool:
    """Whether a line without its number has the form of a title, wherever it stands."""
    printed = read_title(text).printed
    if (
        not 4 <= len(printed) <= patterns.LONGEST_TITLE
        or _NO_TITLE.search(printed)
        or "," in printed
        or "，" in printed
    ):
        return False
    if _PLAIN_YEAR.match(printed):
        return False
    bare = _BRACKETS.sub("", printed).strip()
    ends = bool(patterns.TITLE_ENDS.search(bare) or _COUNT_AT_END.search(narrow(bare)))
    if not ends:
        return bool(patterns.RANKING_WORDS.search(bare)) and bool(period_of(printed))
    return bool(
        period_of(printed)
        or patterns.AWARD_WORDS.search(bare)
        or patterns.RANKING_WORDS.search(bare)
        or _COUNT_AT_END.search(narrow(bare))
    )


_COUNT_AT_END = re.compile(rf"{NUMBER}\s*[强佳名优]$")
