"""What became of places: results of a former unit lead to the one that took its place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from cityrank.publishing.gate import public_places
from cityrank.registry.models import Succession
from cityrank.results.place_past import GOES_ON

# A chain of renamings is followed so far; the longest in the gazetteer has four steps.
LONGEST_CHAIN = 6


def present_of(keys: Collection[int], *, same_only: bool = False) -> dict[int, int]:
    """Return for each key of a place the key of what it is today.

    A place that was split has several successors; what it won belongs to none of them more than to the others, so that
    it stays itself. What exists still is itself too. With `same_only` only those steps are followed after which a place
    is the same by another name, code or rank, as its rank and score need. One query for each step of the longest chain.
    """
    steps: dict[int, int] = {}
    asked = set(keys)
    for _step in range(LONGEST_CHAIN):
        found = {key: rows for key, rows in _successors(asked).items() if len(rows) == 1}
        fresh = {key: rows[0][0] for key, rows in found.items() if not same_only or rows[0][1] in GOES_ON}
        steps |= fresh
        asked = set(fresh.values()) - steps.keys()
        if not asked:
            break
    return {key: _end(key, steps) for key in keys}


def former_of(keys: Collection[int], *, same_only: bool = False) -> dict[int, list[int]]:
    """Return for each key of a place the keys of those it took over from whole, nearest first.

    With `same_only` only those that are the same place by another name, code or rank. Two queries for each step of the
    longest chain.
    """
    above: dict[int, list[int]] = {key: [] for key in keys}
    leads = {key: [key] for key in keys}
    for _step in range(LONGEST_CHAIN):
        public = public_places().filter(succeeded_by__successor__in=list(leads)).values("pk")
        pairs = Succession.objects.filter(successor__in=list(leads), predecessor__in=public).order_by("pk")
        if same_only:
            pairs = pairs.filter(kind__in=GOES_ON)
        rows = list(pairs.values_list("predecessor", "successor"))
        whole = {key for key, after in _successors({key for key, _ in rows}).items() if len(after) == 1}
        following: dict[int, list[int]] = defaultdict(list)
        for before, after in rows:
            for key in leads[after]:
                if before in whole and before != key and before not in above[key]:
                    above[key].append(before)
                    following[before].append(key)
        leads = dict(following)
        if not leads:
            break
    return above


def _successors(keys: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Return (key, kind of succession) of the public successors; one entered for a draft is nobody's business yet."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if keys:
        public = public_places().filter(succeeds__predecessor__in=list(keys)).values("pk")
        rows = Succession.objects.filter(predecessor__in=list(keys), successor__in=public).order_by("pk")
        for before, after, kind in rows.values_list("predecessor", "successor", "kind"):
            found[before].append((after, kind))
    return found


def _end(key: int, steps: Mapping[int, int]) -> int:
    seen = {key}
    while (following := steps.get(key)) is not None and following not in seen:
        seen.add(following)
        key = following
    return key


def one_to_one(before: Iterable[int], now: Iterable[int], present: Mapping[int, int]) -> dict[int, int]:
    """Return for each key of an earlier table the key to look for in a later one.

    Who stands in both is itself. A former place counts as its successor where it is the only one that does; a place
    made of two others has no rank before, and those two none after. Whoever leads to nobody is itself.
    """
    earlier, later = list(before), set(now)
    claims: dict[int, list[int]] = defaultdict(list)
    for key in earlier:
        today = present.get(key, key)
        claims[today if key not in later and today in later else key].append(key)
    return {key: target if len(keys) == 1 else key for target, keys in claims.items() for key in keys}
