"""Distribution of the scores of a group: a dot for each place, or bars where they are many, with one place marked."""

from collections import Counter
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from django.utils.translation import gettext

from cityrank.charts.chart import MOST_ROWS, Chart, Column, Spec
from cityrank.charts.colours import INK, LIGHT, MARK, QUIET
from cityrank.charts.data import Row, Table
from cityrank.charts.specs import words
from cityrank.charts.specs.frame import Frame, both, framed, number, silent
from cityrank.registry.numbers import rounded
from scores.methodology.statistics import Summary, summary

DOT, BOX = LIGHT["4"], LIGHT["missing"]


def chart(table: Table, marked: str = "", slug: str = "") -> Chart | None:
    """Return None for fewer than three scores, or where the row with the key `marked` has none.

    `slug` is that of the marked place, for the address of the chart.
    """
    rows = table.scored
    own = next((row for row in rows if row.key == marked), None)
    if len(rows) < 3 or (marked and own is None):
        return None
    figures = summary([row.score for row in rows if row.score is not None])
    title = gettext("Distribution of scores: %(table)s") % {"table": table.title}
    if own:
        title = gettext("%(table)s: where %(place)s stands") % {"place": own.name, "table": table.title}
    return Chart(
        kind="distribution",
        key=f"{table.slug}~{slug}" if slug else table.slug,
        title=title,
        subtitle=gettext("Scores in %(scale)s, %(edition)s; each dot is a place")
        % {"scale": words.scale(table), "edition": table.edition}
        if len(rows) <= MOST_ROWS
        else gettext("Scores in %(scale)s, %(edition)s; bars count places")
        % {"scale": words.scale(table), "edition": table.edition},
        alt=_alt(table, rows, figures, own),
        **both(lambda frame: _spec(frame, table, rows, figures, own)),
        columns=(
            Column("rank", gettext("Rank"), is_figure=True),
            Column("name", gettext("Name")),
            Column("score", gettext("Score"), is_figure=True),
        ),
        cells=lambda: tuple((row.rank, row.name, row.printed) for row in table.rows),
        source=table.source,
        notes=_notes(table, rows),
    )


def _notes(table: Table, rows: tuple[Row, ...]) -> tuple[str, ...]:
    without = len(table.rows) - len(rows)
    if not without:
        return ()
    return (gettext("%(places)s without a score are not drawn.") % {"places": words.places(without)},)


def _figure(value: Decimal, table: Table) -> str:
    decimals = max(
        (-int(row.printed.as_tuple().exponent) for row in table.rows if row.printed is not None), default=0
    )
    return f"{rounded(value, decimals):f}"


def _alt(table: Table, rows: tuple[Row, ...], figures: Summary, own: Row | None) -> str:
    text = gettext(
        "Distribution of the scores of %(places)s, from %(lowest)s to %(highest)s; the median is %(median)s."
    )
    values = {"lowest": figures.worst, "highest": figures.best, "median": figures.median}
    said = text % {
        "places": words.places(len(rows)),
        **{name: _figure(one, table) for name, one in values.items()},
    }
    if own:
        told = words.listed([part for part in (own.shown, words.ranked(own.rank)) if part])
        said += " " + gettext("Marked: %(name)s, %(told)s.") % {"name": own.name, "told": told}
    return said


def nice(step: float) -> float:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `step`."""
    base = 10 ** floor(log10(step))
    return next(base * times for times in (1, 2, 2.5, 5, 10) if base * times >= step * (1 - 1e-9))


def bins(values: list[float], most: int) -> tuple[float, float, int]:
    """Return (start, width, count) of at most `most` bins of a round width that hold all values."""
    lowest, highest = min(values), max(values)
    width = nice((highest - lowest) / (most - 1)) if highest > lowest else 1.0
    start = floor(lowest / width) * width
    return start, width, max(ceil((highest - start) / width + 1e-9), 1)


def _spec(frame: Frame, table: Table, rows: tuple[Row, ...], figures: Summary, own: Row | None) -> Spec:
    scores = [float(row.score or 0) for row in rows]
    start, width, count = bins(scores, frame.either(30, 18))
    dots = len(rows) <= MOST_ROWS
    values = _dots(rows, own, start, width, table) if dots else _bars(scores, own, start, width, count)
    highest = max(value["level"] for value in values)
    cell = frame.width / (count + 1)
    x_axis = {
        "title": None,
        "tickCount": frame.either(8, 5),
        "grid": False,
        "domain": True,
        "domainColor": QUIET,
    }
    x = {
        "type": "quantitative",
        "axis": x_axis,
        "scale": {"domain": [start, start + count * width], "nice": False},
    }
    size = min(cell * 0.8, 16)
    room = 34  # for what is written above the dots
    height = round(highest * (size + 2) + room) if dots else 150 + room
    top = highest * (1 + room / (height - room))
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, top], "nice": False}}
    layers = [*_middle(x, y, figures, table, top), *(_of_dots(x, y, size) if dots else _of_bars(x, y))]
    if own:
        layers += _marked(
            x, y, own, table, next(value["level"] for value in values if value["own"]), top, dots
        )
    return framed(frame, height, values, layer=layers)


def _of_dots(x: dict[str, Any], y: dict[str, Any], size: float) -> list[dict[str, Any]]:
    colour = {"condition": {"test": "datum.own", "value": MARK}, "value": DOT}
    mark = {"type": "point", "filled": True, "opacity": 1, "size": round(size * size * 0.78)}
    at = {"x": {"field": "at", **x}, "y": {"field": "middle", **y}}
    return [{"mark": mark, "encoding": {**at, "color": colour, "description": {"field": "says"}}}]


def _of_bars(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    colour = {"condition": {"test": "datum.own", "value": MARK}, "value": DOT}
    across = {
        "x": {"field": "from", **x},
        "x2": {"field": "to"},
        "y": {"field": "level", **y},
        "y2": {"datum": 0},
    }
    mark = {"type": "rect", "stroke": LIGHT["paper"], "strokeWidth": 1}
    return [{"mark": mark, "encoding": {**across, "color": colour, "description": {"field": "says"}}}]


def _middle(
    x: dict[str, Any], y: dict[str, Any], figures: Summary, table: Table, top: float
) -> list[dict[str, Any]]:
    """The middle half of the group as a band, the median as a line with its figure."""
    one: dict[str, Any] = {"values": [{}]}
    low, high, median = (
        number(value) for value in (figures.lower_quartile, figures.upper_quartile, figures.median)
    )
    text = gettext("median %(value)s") % {"value": _figure(figures.median, table)}
    return [
        {"data": one, "mark": silent("rect", color=BOX),
         "encoding": {"x": {"datum": low, **x}, "x2": {"datum": high}, "y": {"datum": 0, **y}, "y2": {"datum": top}}},
        {"data": one, "mark": silent("rule", color=QUIET, strokeWidth=1.5, strokeDash=[4, 3]),
         "encoding": {"x": {"datum": median, **x}, "y": {"datum": 0, **y}, "y2": {"datum": top}}},
        {"data": one, "mark": silent("text", align="left", baseline="top", dx=5, dy=3),
         "encoding": {"x": {"datum": median, **x}, "y": {"datum": top, **y}, "text": {"value": text},
                      "color": {"value": QUIET}}},
    ]  # fmt: skip


def _marked(
    x: dict[str, Any], y: dict[str, Any], own: Row, table: Table, level: int, top: float, dots: bool
) -> list[dict[str, Any]]:
    one: dict[str, Any] = {"values": [{}]}
    score = number(own.score)
    text = f"{own.name} {own.shown}"
    low, high = x["scale"]["domain"]
    side = "left" if (score or 0) < low + (high - low) / 2 else "right"
    at = {"x": {"datum": score, **x}}
    return [
        {"data": one, "mark": silent("rule", color=MARK, strokeWidth=1.5),
         "encoding": {**at, "y": {"datum": level if dots else 0, **y}, "y2": {"datum": top * 0.86}}},
        {"data": one, "mark": silent("text", align=side, baseline="bottom", fontWeight="bold", dy=-1,
                                     dx=4 if side == "left" else -4),
         "encoding": {**at, "y": {"datum": top * 0.78, **y}, "text": {"value": text}, "color": {"value": INK}}},
    ]  # fmt: skip


def _dots(
    rows: tuple[Row, ...], own: Row | None, start: float, width: float, table: Table
) -> list[dict[str, Any]]:
    """Stack the dots of each bin; the marked place lies on top of its own."""
    levels: Counter[int] = Counter()
    values = []
    for row in sorted(rows, key=lambda row: row is own):
        at = int((float(row.score or 0) - start) / width)
        levels[at] += 1
        told = words.listed(
            [part for part in (words.with_unit(row.shown, table.unit), words.ranked(row.rank)) if part]
        )
        values.append(
            {"at": start + (at + 0.5) * width, "level": levels[at], "middle": levels[at] - 0.5, "own": row is own,
             "says": f"{row.name}: {told}"}
        )  # fmt: skip
    return values


def _bars(
    scores: list[float], own: Row | None, start: float, width: float, count: int
) -> list[dict[str, Any]]:
    places = Counter(min(int((score - start) / width), count - 1) for score in scores)
    mine = min(int((float(own.score or 0) - start) / width), count - 1) if own else None
    return [
        {"from": start + at * width, "to": start + (at + 1) * width, "level": places[at], "own": at == mine,
         "says": gettext("%(low)s to %(high)s: %(places)s")
         % {"low": f"{start + at * width:g}", "high": f"{start + (at + 1) * width:g}",
            "places": words.places(places[at])}}
        for at in range(count)
        if places[at]
    ]  # fmt: skip
