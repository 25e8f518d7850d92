"""Names behind names of what they lie in: 浙江杭州, hangzhou xihu, and the other way round: Xihu, Hangzhou."""

import re
from collections.abc import Collection

from django.db.models import Q

from cityrank.registry.models import SearchKey
from cityrank.registry.searching.keys import FORMER, Sort
from cityrank.registry.searching.spelling import UNITS, asked, is_chinese

# Places that lie in others are looked for at most this deep: province, city, county.
_DEEPEST = 3
# So many beginnings of a text are tried as the name of the place above, the longest first.
_MOST_SPLITS = 4
_ABOVE = (1, 2, 3, 1 + FORMER, 2 + FORMER, 3 + FORMER)
_BETWEEN = re.compile(r"[\s,，、;；/·>|\-]+")

# Key of a place, closeness, weight: as `SearchKeyQuerySet.closest` has them.
Hit = tuple[int, int, int]


def along_path(text: str) -> list[Hit]:
    """Return the places that a path leads to; the last name may be begun only. Not filtered for the public.

    Names are whole or without their suffix, and any level may be left out. Where several words are no path from above,
    they are read from the other end.
    """
    words = [word for word in _BETWEEN.split(text) if word and word.casefold() not in UNITS]
    orders = [words, words[::-1]] if len(words) > 1 else [words]
    for order in orders:
        for key in asked("".join(order)):
            if found := _below(key, None):
                return found
    return []


def _below(text: str, within: Collection[int] | None, depth: int = 1) -> list[Hit]:
    heads = _heads(text, within)
    for length in sorted(heads, reverse=True)[:_MOST_SPLITS]:
        above, rest = heads[length], text[length:]
        rows = SearchKey.objects.filter(_is_below(above)).closest_to([rest])
        if found := list(rows.values_list("subject", "closeness", "weight")):
            return found
        if depth < _DEEPEST and (found := _below(rest, above, depth + 1)):
            return found
    return []


def _heads(text: str, within: Collection[int] | None) -> dict[int, set[int]]:
    """Return the larger places that a text may begin with, by how much of it is their name."""
    sorts = (Sort.NAME, Sort.ALIAS, Sort.SOUND, Sort.ENGLISH)
    begun = SearchKey.objects.beginning([text[: 1 if is_chinese(text) else 2]])
    # Of the gazetteer alone: what was entered for a draft must not lead anywhere.
    rows = begun.filter(sort__in=sorts, weight__in=_ABOVE, listed=True)
    if within is not None:
        rows = rows.filter(_is_below(within))
    heads: dict[int, set[int]] = {}
    for key, core, subject in rows.values_list("key", "core", "subject"):
        for name in {key, key[:core]} - {""}:
            if text.startswith(name) and len(name) < len(text) and len(name) > 1:
                heads.setdefault(len(name), set()).add(subject)
    return heads


def _is_below(places: Collection[int]) -> Q:
    below, path = Q(), "subject__place"
    for _level in range(4):
        path += "__parent"
        below |= Q(**{f"{path}__in": places})
    return below
