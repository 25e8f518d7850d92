"""Comparisons on plain values; they know neither Django nor a model."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from cityrank.registry.numbers import rounded

# What a printed name says besides the group: remarks in brackets, and how many rows are shown.
BESIDE_THE_GROUP = re.compile(r"[(（][^()（）]*[)）]|前\s*[0-9一二三四五六七八九十百]+\s*[名强位个]?|\s")
YEARS = re.compile(r"^[0-9\-–—~至]+年度?")


def group_named(text: str) -> str:
    """Return the group that a printed name speaks of: 省会城市 for 省会城市(不包括副省级城市), 区县 for 前30名区县."""
    return BESIDE_THE_GROUP.sub("", text)


def is_title_of(title: str, group: str) -> bool:
    """Return whether the title of a table begins with a group, after a year: 区县得分排名 is one of 区县."""
    return YEARS.sub("", group_named(title)).startswith(group)


def repetitions(values: Iterable[Hashable]) -> list[int]:
    """Return the indexes of the values that stood before: of a, b, a, a the last two."""
    seen: set[Hashable] = set()
    found = []
    for index, value in enumerate(values):
        if value in seen:
            found.append(index)
        seen.add(value)
    return found


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number needs: two for 84.3100 and 84.31, none for 90."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rank_gaps(ranks: Sequence[int], tie_rule: str) -> list[int]:
    """Return the printed ranks that do not follow from the rank before under a rule for ties.

    `ranks` are those of a whole table in any order. Under "min" 1, 2, 2, 4 is right; in 1, 2, 2, 3, 4 the 3 is found
    and the 4 is not, because it follows from the 3.
    """
    found = []
    before, times_before = 0, 1
    for rank, times in sorted(Counter(ranks).items()):
        right = {
            "min": before + times_before,
            "dense": before + 1,
            "max": before + times,
            "ordinal": before + 1,
        }[tie_rule]
        if rank != right or (tie_rule == "ordinal" and times > 1):
            found.append(rank)
        before, times_before = rank, times
    return found


def out_of_order(rows: Sequence[tuple[int, Decimal]]) -> list[int]:
    """Return the indexes of rows (rank, score) with a higher score than a row of a better rank."""
    order = sorted(range(len(rows)), key=lambda index: rows[index][0])
    found, lowest_before, lowest, rank = [], None, None, None
    for index in order:
        if rows[index][0] != rank:
            rank, lowest_before = rows[index][0], lowest
        score = rows[index][1]
        if lowest_before is not None and score > lowest_before:
            found.append(index)
        lowest = score if lowest is None else min(lowest, score)
    return found


def score_rate(scores: Sequence[Decimal], top_n: int, maximum: Decimal, decimals: int) -> Decimal:
    """Return the mean of the best `top_n` scores in percent of the maximum, rounded half up as tables are printed."""
    best = sorted(scores, reverse=True)[:top_n]
    # One division of exact sums: a mean rounded on the way could turn a half into less than one.
    return rounded(sum(best, Decimal()) * 100 / (len(best) * maximum), decimals)


def lies_within(value: Decimal | int, lowest: Decimal | int | None, highest: Decimal | int | None) -> bool:
    return (lowest is None or value >= lowest) and (highest is None or value <= highest)
