"""Tile-grid map: a tile of the same size for each province-level region, about where it lies."""

from decimal import Decimal
from math import floor
from typing import Any

from django.utils.translation import gettext

from cityrank.charts.chart import Chart, Column, Spec
from cityrank.charts.colours import INK, MISSING, ON_STEP, PAPER, QUIET, RULE, STEPS
from cityrank.charts.data import Map, Tile
from cityrank.charts.specs import words
from cityrank.charts.specs.distribution import nice
from cityrank.charts.specs.frame import Frame, both, framed, silent
from cityrank.registry.texts import is_english

COLUMNS, ROWS = 7, 8


def chart(data: Map) -> Chart | None:
    """Return None where no region has a value."""
    known = [tile for tile in data.tiles if tile.value is not None]
    if not any(tile.value for tile in known):
        return None
    return Chart(
        kind=data.kind,
        key=data.key,
        title=data.title,
        subtitle=data.subtitle,
        alt=_alt(data, known),
        **both(lambda frame: _spec(frame, data, known)),
        columns=(
            Column("code", gettext("Code")),
            Column("region", gettext("Region")),
            Column("value", data.unit, is_figure=True),
        ),
        cells=lambda: tuple(
            (tile.code, tile.name, Decimal(tile.shown) if tile.shown else None) for tile in _sorted(data)
        ),
        source=data.source,
        notes=data.notes,
    )


def _sorted(data: Map) -> list[Tile]:
    """Largest first, those without a value last, and otherwise by code."""
    return sorted(data.tiles, key=lambda tile: (tile.value is None, -(tile.value or 0), tile.code))


def _alt(data: Map, known: list[Tile]) -> str:
    best = _sorted(data)[:3]
    text = gettext("Map of %(count)s province-level regions as tiles. Highest: %(best)s.")
    said = text % {
        "count": len(data.tiles),
        "best": words.listed([f"{tile.name} ({tile.shown})" for tile in best]),
    }
    if without := len(data.tiles) - len(known):
        said += " " + gettext("%(count)s regions have no value.") % {"count": without}
    return said


def classes(values: list[float], *, are_counts: bool) -> list[tuple[float, float]]:
    """Return at most five ranges that hold all values above zero; each begins where the one before it ends.

    Measured values get ranges of one round width. Counts begin at one; where a few regions have many times as many as
    the others, each range is wider than the one before by the same factor, so that the others differ too.
    """
    positive = [value for value in values if value > 0]
    if are_counts:
        return _of_counts(int(max(positive)))
    lowest, highest = min(positive), max(positive)
    width = nice((highest - lowest) / len(STEPS)) if highest > lowest else 1.0
    while floor(lowest / width) * width + len(STEPS) * width <= highest:
        width = nice(width * 1.01)
    start = floor(lowest / width) * width
    return [
        (start + at * width, start + (at + 1) * width) for at in range(int((highest - start) / width) + 1)
    ]


def _of_counts(highest: int) -> list[tuple[float, float]]:
    steps = len(STEPS)
    if highest <= 2 * steps:
        width = -(-highest // steps)
        ends = list(range(1, highest + 1, width))
    else:
        factor = (highest + 1) ** (1 / steps)
        ends = [round(factor**at) for at in range(steps)]
        ends = (
            [end + at for at, end in enumerate(dict.fromkeys([1, *ends[1:]]))]
            if len(set(ends)) < steps
            else ends
        )
    return [(float(low), float(high)) for low, high in zip(ends, [*ends[1:], highest + 1], strict=True)]


def _class_of(value: float, ranges: list[tuple[float, float]]) -> int:
    return max((at for at, (low, _high) in enumerate(ranges) if value >= low), default=0)


def _names(ranges: list[tuple[float, float]], whole: bool) -> list[str]:
    if whole:
        return [f"{low:g}" if high - low == 1 else f"{low:g}\u2013{high - 1:g}" for low, high in ranges]
    return [f"{low:g}\u2013{high:g}" for low, high in ranges]


def _spec(frame: Frame, data: Map, known: list[Tile]) -> Spec:
    figures = [float(tile.value or 0) for tile in known]
    ranges = classes(figures, are_counts=data.are_counts)
    names = _names(ranges, whole=data.are_counts)
    fills = dict(zip(names, STEPS, strict=False))
    if any(value == 0 for value in figures):
        fills = {"0": PAPER, **fills}
    if len(known) < len(data.tiles):
        fills[words.no_value()] = MISSING
    values = [_value(tile, ranges, names, data, frame) for tile in data.tiles]
    height = frame.either(62, 46)
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [0, COLUMNS], "nice": False}}
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [ROWS, 0], "nice": False}}
    legend = {"symbolType": "square", "symbolSize": 180, "symbolStrokeColor": QUIET, "symbolStrokeWidth": 0.5}
    colour = {"field": "class", "type": "nominal", "scale": {"domain": list(fills), "range": list(fills.values())},
              "legend": legend | {"columns": frame.either(8, 3)}}  # fmt: skip
    middle = {"x": {"field": "middle", **x}, "y": {"field": "centre", **y}}
    box = {"x": {"field": "x", **x}, "x2": {"field": "x2"}, "y": {"field": "y", **y}, "y2": {"field": "y2"}}
    on = {"field": "ink", "type": "nominal", "scale": None, "legend": None}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rect", "stroke": RULE, "strokeWidth": 1, "cornerRadius": 2},
         "encoding": {**box, "color": colour, "description": {"field": "says"}}},
        {"transform": [{"filter": "datum.shown === ''"}],
         "mark": silent("rect", filled=False, stroke=QUIET, strokeDash=[3, 3]), "encoding": box},
        {"mark": silent("text", dy=frame.either(-8, -7)),
         "encoding": {**middle, "text": {"field": "name"}, "color": on}},
        {"mark": silent("text", dy=frame.either(11, 9), fontWeight="bold"),
         "encoding": {**middle, "text": {"field": "figure"}, "color": on}},
    ]  # fmt: skip
    return framed(frame, ROWS * height, values, layer=layers, resolve={"scale": {"color": "independent"}})


def _value(
    tile: Tile, ranges: list[tuple[float, float]], names: list[str], data: Map, frame: Frame
) -> dict[str, Any]:
    gap = frame.either(0.02, 0.03)
    at = None if tile.value is None else _class_of(float(tile.value), ranges)
    name = words.no_value() if at is None else "0" if not tile.value else names[at]
    ink = QUIET if at is None else INK if not tile.value else ON_STEP[at]
    short = tile.letters if frame.is_narrow and is_english() else tile.name
    return {
        "x": tile.column + gap, "x2": tile.column + 1 - gap, "y": tile.row + gap, "y2": tile.row + 1 - gap,
        "middle": tile.column + 0.5, "centre": tile.row + 0.5,
        "class": name, "ink": ink, "name": short, "figure": tile.shown or "\u2013", "shown": tile.shown,
        "says": f"{tile.name}: {tile.shown or words.no_value()}",
    }  # fmt: skip
