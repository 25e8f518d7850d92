"""What a chart is: a specification that draws it, and everything that says the same in words and figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

# A Vega-Lite specification, as it is written in JSON.
Spec = dict[str, Any]
Cell = str | int | Decimal | None


def signed(value: Decimal) -> str:
    """Return a difference with its sign, with the minus of typography."""
    sign = "\u2212" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{abs(value):f}"


# What can stand in an address, in the order in which a page of an edition offers them.
KINDS = ("score-bars", "slope", "distribution", "averages", "tile-map", "winners-map", "trend", "profile")
# A long table is drawn in part: nobody reads more bars than these.
MOST_ROWS, ROWS_DRAWN = 60, 50


@dataclass(frozen=True)
class Column:
    """A column of the data table: its heading, and the name that machines know it by."""

    name: str
    heading: str
    is_figure: bool = False
    # A difference, shown with its sign.
    is_change: bool = False
    # What stands in place of a cell without a value, where it is something else than a missing one.
    absent: str = ""

    def shown(self, cell: Cell) -> str:
        if cell is None:
            return self.absent or gettext("no value")
        return signed(Decimal(cell)) if self.is_change and isinstance(cell, int | Decimal) else str(cell)


@dataclass(frozen=True)
class Shown:
    """A cell as a page shows it."""

    text: str
    is_figure: bool
    is_head: bool


@dataclass(frozen=True)
class Chart:
    """One chart in one language.

    `kind` is one of KINDS and `key` says of what (the slug of a ranking, an award or a place; "all"). `spec` draws it
    760 px wide and `narrow` 350 px wide; both are None where there is nothing to draw and only `notes` say why. `rows`
    hold the same values as the drawing, a cell for each of `columns`; None is a missing value.
    """

    kind: str
    key: str
    title: str
    subtitle: str
    alt: str
    spec: Spec | None
    narrow: Spec | None
    columns: tuple[Column, ...]
    # Called when somebody needs the data: a page of a table of 3,000 rows has them already.
    cells: Callable[[], tuple[tuple[Cell, ...], ...]]
    source: str
    # Sentences that belong to the drawing: what is left out, what to be careful with, why years are not compared.
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self.cells()

    @property
    def is_drawn(self) -> bool:
        return self.spec is not None

    @property
    def lines(self) -> list[list["Shown"]]:
        """The rows as a table shows them: the first column that is no figure heads its line."""
        head = next((at for at, column in enumerate(self.columns) if not column.is_figure), -1)
        return [
            [
                Shown(column.shown(cell), column.is_figure, at == head)
                for at, (cell, column) in enumerate(zip(row, self.columns, strict=True))
            ]
            for row in self.rows
        ]

    @property
    def about(self) -> str:
        """The name of the chart in ASCII, for files."""
        return f"{self.kind}-{self.key}".replace("~", "-")

    @property
    def whole_spec(self) -> Spec | None:
        """The specification as it is given away: with title, description and source in it."""
        if self.spec is None:
            return None
        title = {"text": self.title, "subtitle": self.subtitle, "anchor": "start", "offset": 16}
        return {**self.spec, "title": title, "description": self.alt, "usermeta": {"source": self.source}}
