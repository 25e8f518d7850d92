"""Profile: where a place stands in each ranking, on one scale of percent of the maximum, between worst and best."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from cityrank.charts.chart import Cell, Chart, Column, Spec
from cityrank.charts.colours import INK, LIGHT, MARK, QUIET
from cityrank.charts.data import Profile, Standing
from cityrank.charts.specs import words
from cityrank.charts.specs.frame import Frame, both, framed, number, silent
from cityrank.registry.numbers import rounded

RANGE = LIGHT["step-2"]


def chart(data: Profile) -> Chart | None:
    """Return None where no standing can be put on the scale."""
    if not any(standing.share is not None for standing in data.standings):
        return None
    return Chart(
        kind="profile",
        key=data.key,
        title=gettext("%(place)s: standing in each ranking") % {"place": data.place},
        subtitle=gettext(
            "Score in percent of the maximum, between lowest and highest of the table, %(edition)s"
        )
        % {"edition": data.edition},
        alt=_alt(data),
        **both(lambda frame: _spec(frame, data)),
        columns=(
            Column("ranking", gettext("Ranking")),
            Column("score", gettext("Score"), is_figure=True),
            Column("share", gettext("% of the maximum"), is_figure=True),
            Column("rank", gettext("Rank"), is_figure=True),
            Column("size", gettext("of"), is_figure=True),
            Column("lowest", gettext("Lowest (%)"), is_figure=True),
            Column("median", gettext("Median (%)"), is_figure=True),
            Column("highest", gettext("Highest (%)"), is_figure=True),
        ),
        cells=lambda: tuple(_cells(standing) for standing in data.standings),
        source=data.source,
        notes=_notes(data),
    )


def _notes(data: Profile) -> tuple[str, ...]:
    without = [standing.ranking for standing in data.standings if standing.share is None]
    if not without:
        return ()
    text = gettext("Without a place on this scale, because no score or no maximum is printed: %(rankings)s.")
    return (text % {"rankings": words.listed(without)},)


def _percent(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 1)


def _cells(row: Standing) -> tuple[Cell, ...]:
    score = Decimal(row.shown) if row.shown else None
    shares = (_percent(value) for value in (row.lowest, row.median, row.highest))
    return (row.ranking, score, _percent(row.share), row.rank, row.size, *shares)


def _alt(data: Profile) -> str:
    said = [
        gettext("%(ranking)s: %(share)s%% of the maximum, %(rank)s.")
        % {"ranking": row.ranking, "share": _percent(row.share), "rank": words.ranked(row.rank, row.size)}
        for row in data.standings
        if row.share is not None
    ]
    return gettext("Dot plot of the standing of %(place)s.") % {"place": data.place} + " " + " ".join(said)


def _value(row: Standing) -> dict[str, Any]:
    told = [f"{_percent(row.share)}%", words.ranked(row.rank, row.size)]
    if row.median is not None:
        told.append(gettext("median %(value)s") % {"value": f"{_percent(row.median)}%"})
    figures = {name: number(getattr(row, name)) for name in ("share", "lowest", "median", "highest")}
    rank = f"{row.rank}/{row.size}" if row.rank else ""
    return figures | {
        "ranking": row.ranking,
        "text": " · ".join(part for part in (f"{_percent(row.share)}%", rank) if part),
        "says": f"{row.ranking}: {words.listed([part for part in told if part])}",
    }


def _spec(frame: Frame, data: Profile) -> Spec:
    values = [_value(row) for row in data.standings if row.share is not None]
    lowest = min(value["lowest"] for value in values)
    x_axis = {"title": None, "tickCount": frame.either(6, 4), "labelExpr": "datum.label + '%'"}
    scale = {"domain": [max(lowest - 5, 0), 100], "nice": True, "zero": False}
    x = {"type": "quantitative", "axis": x_axis, "scale": scale}
    y: dict[str, Any] = {"field": "ranking", "type": "nominal", "sort": None, "title": None, "axis": None}
    step, up = frame.either(52, 58), frame.either(-15, -16)
    colours = {gettext("this place"): MARK, gettext("median"): QUIET, gettext("lowest to highest"): RANGE}
    colour = {"type": "nominal", "scale": {"domain": list(colours), "range": list(colours.values())},
              "legend": {"symbolType": "circle"}}  # fmt: skip
    mine, middle, span = colours
    above = {"y": y, "color": {"value": INK}}
    layers = [
        {"mark": silent("rule", strokeWidth=8, strokeCap="round"),
         "encoding": {"y": y, "x": {"field": "lowest", **x}, "x2": {"field": "highest"},
                      "color": {"datum": span, **colour}}},
        {"mark": silent("tick", thickness=3, height=16, opacity=1),
         "encoding": {"y": y, "x": {"field": "median", **x}, "color": {"datum": middle, **colour}}},
        {"mark": {"type": "point", "filled": True, "size": 160, "opacity": 1},
         "encoding": {"y": y, "x": {"field": "share", **x}, "color": {"datum": mine, **colour},
                      "description": {"field": "says"}}},
        {"mark": silent("text", align="left", dy=up, limit=frame.width - 120),
         "encoding": {**above, "x": {"value": 0}, "text": {"field": "ranking"}}},
        {"mark": silent("text", align="right", dy=up, fontWeight="bold"),
         "encoding": {**above, "x": {"value": "width"}, "text": {"field": "text"}}},
    ]  # fmt: skip
    return framed(frame, step * len(values), values, layer=layers)
