"""What a reader asks of a table: which rows, in which order, with which columns. The address holds it all.

Addresses are canonical: parameters always in one order, what is the default left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import urlencode

PARAMETERS = ("q", "province", "tier", "band", "sort", "columns", "rows", "page")
# The order of columns on the page. Rank and name always stand there.
COLUMNS = ("score", "move", "previous", "band", "province", "tier")
SORTS = ("rank", "name", "score", "move")
# Where a first click on a heading sorts to: the best, the first name, who rose most.
FIRST = {"rank": "rank", "name": "name", "score": "-score", "move": "-move"}
LONGEST_TEXT = 80


class Parameters(Protocol):
    """The parameters of an address, such as `request.GET`."""

    def get(self, key: str, default: str, /) -> Any: ...

    def getlist(self, key: str, /) -> list: ...


@dataclass(frozen=True)
class Wish:
    """`province` is an identifier, `tier` one of `PlaceTier.Tier`, `band` the position of a band; "" is any.

    `sort` is one of `SORTS`, with a minus before it from the other end. `columns` None are those that a table shows by
    itself. `page` counts from 1; with `all_rows` there is one page.
    """

    q: str = ""
    province: str = ""
    tier: str = ""
    band: str = ""
    sort: str = "rank"
    columns: tuple[str, ...] | None = None
    all_rows: bool = False
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether rows are left out."""
        return bool(self.q or self.province or self.tier or self.band)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the canonical address, in their order, without defaults."""
        values = {
            "q": self.q,
            "province": self.province,
            "tier": self.tier,
            "band": self.band,
            "sort": "" if self.sort == "rank" else self.sort,
            "columns": "" if self.columns is None else ",".join(self.columns) or "name",
            "rows": "all" if self.all_rows else "",
            "page": "" if self.page == 1 or self.all_rows else str(self.page),
        }
        return [(name, values[name]) for name in PARAMETERS if values[name]]

    def query(self, **changes: Any) -> str:
        """Return the canonical query of this wish with some changes, without its question mark."""
        return urlencode((replace(self, **changes) if changes else self).pairs(), safe=",")


@dataclass(frozen=True)
class Asked:
    """The parameters as they were given, before a table has said which of them it knows."""

    q: str = ""
    province: str = ""
    tier: str = ""
    band: str = ""
    sort: str = ""
    columns: tuple[str, ...] | None = None
    rows: str = ""
    page: str = ""


def asked_in(parameters: Parameters) -> Asked:
    """Return what an address asks; of a parameter that is given twice the last counts, but `columns` add up."""
    values = {name: _clean(parameters.get(name, "")) for name in PARAMETERS if name != "columns"}
    given = [name for text in parameters.getlist("columns") for name in _clean(text).split(",")]
    return Asked(**values, columns=tuple(name for name in given if name) or None)


def given_in(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters of an address that a table knows, as they were given."""
    return [(name, value) for name, value in pairs if name in PARAMETERS]


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]
