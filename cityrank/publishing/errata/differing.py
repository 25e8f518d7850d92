"""The difference of two releases."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from awards.models import Release
from cityrank.publishing.errata.tables import (
    HEADING,
    SUBJECT,
    TABLES,
    Row,
    Table,
    lookups,
    part_lookups,
)
from cityrank.registry.numbers import shown

POSITION = "position"


@dataclass(frozen=True)
class Change:
    """One difference, as the columns of `Erratum` hold it: values as printed, choices as their codes."""

    kind: str
    of: str
    part: str = ""
    part_zh: str = ""
    part_en: str = ""
    row_zh: str = ""
    row_en: str = ""
    subject_slug: str = ""
    field: str = ""
    old: str = ""
    new: str = ""


def difference(
    former: Release, release: Release, tables: Sequence[Table] = TABLES, heading: Sequence[str] = HEADING
) -> list[Change]:
    """Return what `release` changed of `former`: rows added, removed and changed, in the order of the tables.

    Only what the public reads is compared, or the narrower scope of `tables` and `heading`. Two queries for each
    table, whatever its size.
    """
    changes = list(_heading(former, release, heading))
    parts: dict[str, dict[str, str]] = {}
    for table in tables:
        old, new = _rows(table, former), _rows(table, release)
        if table.part not in ("", "self"):
            _follow_renamed_parts(table, old, parts[table.part])
        pairs, removed, added = _matched(table, old, new)
        if table.part == "self":
            parts[table.of] = {one["slug"]: other["slug"] for one, other in pairs}
        changes += [_whole(table, row, "removed") for row in removed]
        changes += [_whole(table, row, "added") for row in added]
        changes += _moved(table, pairs) if table.ordered else []
        changes += [change for one, other in pairs for change in _changed(table, one, other)]
    return changes


def _heading(former: Release, release: Release, names: Sequence[str]) -> Iterator[Change]:
    for name in names:
        old, new = _text(getattr(former, name)), _text(getattr(release, name))
        if old != new:
            titles = {"row_zh": release.title_zh, "row_en": release.title_en}
            yield Change("changed", "release", field=name, old=old, new=new, **titles)


def _rows(table: Table, release: Release) -> list[Row]:
    rows = table.model.objects.of_release(release)
    order = ("pk",) if not table.ordered else (POSITION, "pk")
    return list(rows.order_by(*order).values(*lookups(table)))


def _follow_renamed_parts(table: Table, rows: list[Row], slugs: dict[str, str]) -> None:
    """Say of the old rows the slug that their award or ranking has now."""
    slug = part_lookups(table)[0]
    for row in rows:
        row[slug] = slugs.get(row[slug], row[slug])


def _matched(
    table: Table, old: list[Row], new: list[Row]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Return the pairs of rows that are the same, those only in the old release, and those only in the new one.

    Each identity is tried in turn on what the one before left over; it counts where it is there and unique.
    """
    pairs: list[tuple[int, int]] = []
    left_old, left_new = dict(enumerate(old)), dict(enumerate(new))
    for key in table.keys:
        names = key if table.part in ("", "self") else (part_lookups(table)[0], *key)
        ones, others = _unique(left_old, names), _unique(left_new, names)
        for identity in ones.keys() & others.keys():
            pairs.append((ones[identity], others[identity]))
            del left_old[ones[identity]], left_new[others[identity]]
    pairs.sort(key=lambda pair: pair[1])
    found = [(old[one], new[other]) for one, other in pairs]
    return found, list(left_old.values()), list(left_new.values())


def _unique(rows: dict[int, Row], names: tuple[str, ...]) -> dict[tuple, int]:
    found: dict[tuple, list[int]] = defaultdict(list)
    for index, row in rows.items():
        identity = tuple(row[name] for name in names)
        if all(value not in (None, "") for value in identity):
            found[identity].append(index)
    return {identity: indexes[0] for identity, indexes in found.items() if len(indexes) == 1}


def _moved(table: Table, pairs: list[tuple[Row, Row]]) -> list[Change]:
    """Return the rows that stand in another order; those that only made room for others are none."""
    slug = part_lookups(table)[0] if table.part else ""
    lists: dict[Any, list[tuple[Row, Row]]] = defaultdict(list)
    for one, other in pairs:
        lists[other[slug] if slug else ""].append((one, other))
    changes = []
    for rows in lists.values():
        stayed = longest_rise([one[POSITION] for one, _other in rows])
        for index, (one, other) in enumerate(rows):
            if index not in stayed:
                texts = {"old": _text(one[POSITION]), "new": _text(other[POSITION])}
                changes.append(Change("changed", table.of, field=POSITION, **_named(table, other), **texts))
    return changes


def longest_rise(values: list[int]) -> set[int]:
    """Return the indexes of a longest strictly rising subsequence (patience sorting, O(n log n))."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
        last[place : place + 1] = [index]
        before.append(last[place - 1] if place else None)
    chain: set[int] = set()
    index_or_none = last[-1] if last else None
    while index_or_none is not None:
        chain.add(index_or_none)
        index_or_none = before[index_or_none]
    return chain


def _changed(table: Table, one: Row, other: Row) -> Iterator[Change]:
    for name in table.fields:
        old, new = _value(one, name), _value(other, name)
        if old != new:
            label = name.split("__")[0]
            yield Change("changed", table.of, field=label, old=old, new=new, **_named(table, other))


def _whole(table: Table, row: Row, kind: str) -> Change:
    told = " · ".join(text for name in table.fields[:4] if (text := _value(row, name)))
    texts = {"old": told} if kind == "removed" else {"new": told}
    return Change(kind, table.of, **_named(table, row), **texts)


def _named(table: Table, row: Row) -> dict[str, str]:
    named = {"row_zh": row[table.label[0]] or "", "row_en": row[table.label[1]] or ""}
    if table.part:
        named |= dict(
            zip(("part", "part_zh", "part_en"), (row[name] for name in part_lookups(table)), strict=True)
        )
    if row.get(SUBJECT):
        named["subject_slug"] = row[SUBJECT]
    return named


def _value(row: Row, name: str) -> str:
    """Return a value as a reader of the release sees it."""
    value = row[name]
    if isinstance(value, Decimal):
        decimals = row.get("decimals")
        if decimals is None:
            decimals = row.get("ranking__decimals")
        if decimals is None or name in ("max_score", "lowest_score", "highest_score"):
            return f"{value.normalize():f}"
        return shown(value, decimals)
    if name == SUBJECT and value:
        return f"{row['subject__name_zh']} ({value})"
    return _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
