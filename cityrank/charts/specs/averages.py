"""Group averages: where each group stood last year, where it stands now, and the change between them."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from cityrank.charts.chart import Cell, Chart, Column, Spec, signed
from cityrank.charts.colours import INK, LIGHT, MARK
from cityrank.charts.data import Average, Averages
from cityrank.charts.specs import words
from cityrank.charts.specs.frame import Frame, both, framed, number, shortened, silent
from cityrank.registry.numbers import rounded, shown

DOT, GAIN, LOSS = LIGHT["1"], LIGHT["5"], LIGHT["2"]


def chart(data: Averages) -> Chart | None:
    """Return None where an edition states no averages."""
    if not data.rows:
        return None
    return Chart(
        kind="averages",
        key="all",
        title=gettext("Average score rates of the groups"),
        subtitle=gettext("In percent of the maximum, %(edition)s and the year before, as printed")
        % {"edition": data.edition},
        alt=_alt(data),
        **both(lambda frame: _spec(frame, data)),
        columns=(
            Column("group", gettext("Group")),
            Column("n", gettext("N"), is_figure=True, absent=gettext("not stated")),
            Column("value", data.edition, is_figure=True),
            Column("previous", gettext("Year before"), is_figure=True),
            Column("computed_change", gettext("Change (percentage points)"), is_figure=True, is_change=True),
            Column("printed_change", gettext("Change as printed"), is_figure=True, is_change=True),
        ),
        cells=lambda: tuple(_cells(row) for row in data.rows),
        source=data.source,
        notes=_contradictions(data),
    )


def _change(row: Average) -> Decimal | None:
    return None if row.previous is None else row.value - row.previous


def _figure(row: Average, value: Decimal | None) -> str:
    return shown(value, row.decimals)


def _signed(row: Average, value: Decimal | None) -> str:
    return "" if value is None else signed(rounded(value, row.decimals))


def _cells(row: Average) -> tuple[Cell, ...]:
    figures = (row.value, row.previous, _change(row), row.printed_change)
    return (row.group, row.top_n, *(None if one is None else rounded(one, row.decimals) for one in figures))


def _contradictions(data: Averages) -> tuple[str, ...]:
    text = gettext(
        "%(group)s: the bulletin prints a change of %(printed)s; its own two values differ by %(computed)s."
    )
    return tuple(
        text
        % {
            "group": row.group,
            "printed": _signed(row, row.printed_change),
            "computed": _signed(row, _change(row)),
        }
        for row in data.rows
        if row.printed_change is not None and _change(row) not in (None, row.printed_change)
    )


def _alt(data: Averages) -> str:
    best = max(data.rows, key=lambda row: row.value)
    text = gettext(
        "Dot plot of the averages of %(count)s groups in %(edition)s. Highest: %(group)s with %(value)s%%."
    )
    values = {"count": len(data.rows), "edition": data.edition, "group": best.group}
    said = text % {**values, "value": _figure(best, best.value)}
    changes = [(change, row) for row in data.rows if (change := _change(row)) is not None]
    if changes:
        change, row = max(changes, key=lambda pair: pair[0])
        text = gettext("Largest rise: %(group)s with %(change)s percentage points.")
        said += " " + text % {"group": row.group, "change": _signed(row, change)}
    return said


def _value(row: Average, edition: str, frame: Frame) -> dict[str, Any]:
    said = [f"{edition}: {_figure(row, row.value)}%"]
    change = _signed(row, _change(row))
    if change:
        said += [
            gettext("year before: %(value)s%%") % {"value": _figure(row, row.previous)},
            gettext("change: %(change)s percentage points") % {"change": change},
        ]
    size = f" (N={row.top_n})" if row.top_n else ""
    return {
        "group": shortened(row.group, frame.either(430, 280) / frame.letters) + size,
        "value": number(row.value),
        "previous": number(row.previous),
        "end": number(max(row.value, row.previous or row.value)),
        "rises": (_change(row) or Decimal(0)) >= 0,
        "text": f"{_figure(row, row.value)}% ({change})" if change else f"{_figure(row, row.value)}%",
        "says": f"{row.group}: {words.listed(said)}",
    }


def _spec(frame: Frame, data: Averages) -> Spec:
    values = [_value(row, data.edition, frame) for row in data.rows]
    ends = [value[name] for value in values for name in ("value", "previous") if value[name] is not None]
    # Dots are compared by where they are, so that the scale need not begin at zero.
    lowest, span = max(min(ends) - 4, 0), max(max(ends) - min(ends), 4)
    x_axis = {"title": None, "tickCount": 4, "labelExpr": "datum.label + '%'"}
    scale = {"domain": [lowest, max(ends) + span * frame.either(0.85, 0.1)], "nice": False}
    x = {"field": "value", "type": "quantitative", "axis": x_axis, "scale": scale}
    text = frame.either(
        silent("text", align="left", dx=12), silent("text", align="right", baseline="bottom", dy=-9)
    )
    at = frame.either({**x, "field": "end"}, {"value": "width"})
    figure = {"mark": text, "encoding": {"x": at, "text": {"field": "text"}, "color": {"value": INK}}}
    axis = {"labelColor": INK, "grid": False}
    if frame.is_narrow:  # the name stands above its line
        axis |= {"labelAlign": "left", "labelPadding": 0, "labelOffset": -16, "zindex": 1}
        axis |= {"labelBaseline": "bottom", "offset": 0, "orient": "left"}
    y = {"field": "group", "type": "nominal", "sort": None, "title": None, "axis": axis}
    layers = [*_dots(x, data.edition), figure]
    return framed(frame, frame.either(38, 50) * len(values), values, encoding={"y": y}, layer=layers)


def _dots(x: dict[str, Any], edition: str) -> list[dict[str, Any]]:
    names = [gettext("year before"), edition]
    legend = {"symbolType": "circle"}
    colour = {"type": "nominal", "scale": {"domain": names, "range": [MARK, DOT]}, "legend": legend}
    line = {"condition": {"test": "datum.rises", "value": GAIN}, "value": LOSS}
    return [
        {"mark": silent("rule", strokeWidth=5, opacity=0.55),
         "encoding": {"x": {**x, "field": "previous"}, "x2": {"field": "value"}, "color": line}},
        {"mark": silent("point", filled=True, size=90, opacity=1),
         "encoding": {"x": {**x, "field": "previous"}, "color": {"datum": names[0], **colour}}},
        {"mark": {"type": "point", "filled": True, "size": 150, "opacity": 1},
         "encoding": {"x": x, "color": {"datum": names[1], **colour}, "description": {"field": "says"}}},
    ]  # fmt: skip
