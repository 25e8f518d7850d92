"""What all specifications share: two widths, letters, axes without clutter."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cityrank.charts.chart import Spec
from cityrank.charts.colours import INK, QUIET, RULE
from cityrank.charts.svg import width_of
from cityrank.exchange.documents.fonts import FAMILY

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True)
class Frame:
    """The size of a drawing in pixels: its whole width, its letters, and how long a name in it may be."""

    width: int
    letters: int
    names: int
    is_narrow: bool = False

    def either(self, wide: Any, narrow: Any) -> Any:
        return narrow if self.is_narrow else wide


WIDE = Frame(width=760, letters=13, names=190)
NARROW = Frame(width=350, letters=12, names=110, is_narrow=True)


def both(draw: Callable[[Frame], Spec]) -> dict[str, Spec]:
    """Return the two specifications of a chart by the names of its fields."""
    return {"spec": draw(WIDE), "narrow": draw(NARROW)}


def framed(frame: Frame, height: int, values: list[dict[str, Any]], **parts: Any) -> Spec:
    """Return a specification with the shared parts around its own; `values` are its rows."""
    return {
        "$schema": SCHEMA,
        "width": frame.width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 1, "right": 1, "top": 4, "bottom": 2},
        "background": None,
        "data": {"values": values},
        **parts,
        "config": config(frame) | parts.get("config", {}),
    }


def config(frame: Frame) -> dict[str, Any]:
    quiet = {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "labelFontSize": frame.letters,
        "titleFontSize": frame.letters,
    }
    plain = {"titleFontWeight": "normal", "aria": False}
    axis = {"domain": False, "ticks": False, "labelPadding": 8, "gridColor": RULE, "labelLimit": 0}
    legend = {
        "orient": "top",
        "labelColor": INK,
        "title": None,
        "symbolType": "square",
        "symbolStrokeWidth": 0,
    }
    return {
        "font": FAMILY,
        "view": {"stroke": None},
        "axis": quiet | plain | axis,
        "legend": quiet | plain | legend | {"labelLimit": frame.width, "columnPadding": 18},
        "text": {"fontSize": frame.letters, "color": INK},
    }


def number(value: Decimal | float | None) -> float | None:
    """Figures are drawn as floats, which is exact enough for pixels; the table beside them is exact."""
    return None if value is None else float(value)


def shortened(text: str, letters: float) -> str:
    """Return a text that is at most so many letters wide, its end cut off where it is longer.

    The library does the same by measuring each text many times over, which takes seconds for a long table.
    """
    if width_of(text) <= letters:
        return text
    kept = text
    while kept and width_of(kept) > letters - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def silent(mark: str, **fields: Any) -> dict[str, Any]:
    """Return a mark that says nothing: what it shows is said by another one."""
    return {"type": mark, "aria": False, **fields}
