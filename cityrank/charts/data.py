"""The figures that charts are made of, read through the gate by `gathering` and drawn by `specs`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol


class Named(Protocol):
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Row:
    """A row of a table. `shown` is the score as it was printed; both are empty where it is missing."""

    key: str
    called: str | Named
    score: Decimal | None
    shown: str
    rank: int | None
    is_estimated: bool = False

    @cached_property
    def name(self) -> str:
        """The name in the reader's language; it is worked out when it is asked for."""
        return self.called if isinstance(self.called, str) else self.called.name

    @property
    def printed(self) -> Decimal | None:
        """The score with the decimals it was printed with."""
        return Decimal(self.shown) if self.shown else None


@dataclass(frozen=True)
class Table:
    """A ranking of one edition with its rows in order. `unit` is points, index or percent; `maximum` may be unknown."""

    slug: str
    title: str
    edition: str
    group: str
    unit: str
    maximum: Decimal | None
    rows: tuple[Row, ...]
    source: str

    @property
    def scored(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.score is not None)


@dataclass(frozen=True)
class TwoYears:
    """A table beside that of the edition before; `before` is None where there is none or the two do not compare."""

    now: Table
    before: Table | None = None
    # Why the two do not compare, and what to be careful with where they do.
    reasons: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Average:
    """A group average with the one of the year before, in percent."""

    group: str
    top_n: int | None
    value: Decimal
    previous: Decimal | None
    printed_change: Decimal | None
    decimals: int


@dataclass(frozen=True)
class Averages:
    edition: str
    rows: tuple[Average, ...]
    source: str


@dataclass(frozen=True)
class Point:
    """A value of one edition on the scale of the chart, with the score as printed.

    `stretch` counts up where a value does not compare with the one before it.
    """

    edition: str
    value: Decimal | None
    shown: str
    rank: int | None
    size: int | None
    stretch: int = 0

    @property
    def printed(self) -> Decimal | None:
        """The score with the decimals it was printed with."""
        return Decimal(self.shown) if self.shown else None


@dataclass(frozen=True)
class Course:
    """The values of one place in one line of rankings over the editions."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Trend:
    """Courses on one scale: `unit` as in a table, or "share" for percent of the maximum where maxima differ."""

    title: str
    unit: str
    editions: tuple[str, ...]
    courses: tuple[Course, ...]
    source: str
    of_one_place: bool = True
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How a place stands in one ranking, in percent of the maximum; None where there is no value or no maximum."""

    ranking: str
    shown: str
    share: Decimal | None
    rank: int | None
    size: int
    lowest: Decimal | None
    median: Decimal | None
    highest: Decimal | None


@dataclass(frozen=True)
class Profile:
    place: str
    key: str
    edition: str
    standings: tuple[Standing, ...]
    source: str


@dataclass(frozen=True)
class Tile:
    """A province-level region with its place in the grid. `value` is None where there is none."""

    code: str
    letters: str
    name: str
    column: int
    row: int
    value: Decimal | None
    shown: str


@dataclass(frozen=True)
class Map:
    """Values of the regions; where they `are_counts` they are whole numbers from zero on."""

    kind: str
    key: str
    title: str
    subtitle: str
    edition: str
    unit: str
    tiles: tuple[Tile, ...]
    source: str
    are_counts: bool = False
    notes: tuple[str, ...] = ()
