"""The orders of a table."""

from collections.abc import Callable, Iterable
from typing import Any

from cityrank.registry.texts import is_english
from cityrank.results.table_rows import Stored


def in_order(rows: Iterable[Stored], sort: str) -> list[Stored]:
    """Return rows by "rank", "name", "score" or "move", with a minus before it from the other end.

    Who has no such figure comes last in either direction. Equals stay in the order of the table.
    """
    reverse, key = sort.startswith("-"), _KEYS[sort.removeprefix("-")]
    ordered = sorted(rows, key=lambda row: row.position)
    known = [(value, row) for row in ordered if (value := key(row)) is not None]
    # `reverse` keeps equals in their order.
    known.sort(key=lambda pair: pair[0], reverse=reverse)
    return [row for _value, row in known] + [row for row in ordered if key(row) is None]


def _name(row: Stored) -> Any:
    """Chinese names by their sound, which is the order of Chinese lists of names."""
    return row.name.casefold() if is_english() else (row.pinyin or row.printed_name, row.printed_name)


_KEYS: dict[str, Callable[[Stored], Any]] = {
    "rank": lambda row: row.rank,
    "name": _name,
    "score": lambda row: row.score,
    "move": lambda row: row.places,
}
