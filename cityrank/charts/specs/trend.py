"""Trend: the scores of a place over the editions; a line only between years that compare."""

from typing import Any

from django.utils.translation import gettext

from cityrank.charts.chart import Cell, Chart, Column, Spec
from cityrank.charts.colours import INK, PAPER, SERIES
from cityrank.charts.data import Course, Point, Trend
from cityrank.charts.specs import words
from cityrank.charts.specs.frame import Frame, both, framed, number, silent
from cityrank.registry.numbers import rounded


def chart(data: Trend, key: str) -> Chart | None:
    """Return None where no course has values of two editions: a single point is no trend."""
    if not any(sum(point.value is not None for point in course.points) > 1 for course in data.courses):
        return None
    return Chart(
        kind="trend",
        key=key,
        title=data.title,
        subtitle=_subtitle(data),
        alt=_alt(data),
        **both(lambda frame: _spec(frame, data)),
        columns=(
            Column("course", gettext("Ranking") if data.of_one_place else gettext("Name")),
            Column("edition", gettext("Edition")),
            Column("score", gettext("Score"), is_figure=True),
            Column("rank", gettext("Rank"), is_figure=True),
            Column("size", gettext("of"), is_figure=True),
        ),
        cells=lambda: tuple(_cells(course, point) for course in data.courses for point in course.points),
        source=data.source,
        notes=data.caveats,
    )


def _subtitle(data: Trend) -> str:
    if data.unit == "share":
        return gettext("Score in percent of the maximum, by edition")
    names = {"points": gettext("points"), "index": gettext("index value"), "percent": gettext("percent")}
    return gettext("Score in %(unit)s, by edition") % {"unit": names.get(data.unit, gettext("score"))}


def _cells(course: Course, point: Point) -> tuple[Cell, ...]:
    return course.name, point.edition, point.printed, point.rank, point.size


def _alt(data: Trend) -> str:
    said = []
    for course in data.courses:
        known = [point for point in course.points if point.value is not None]
        if known:
            text = gettext("%(name)s: %(first)s in %(from)s, %(last)s in %(to)s.")
            values = {"name": course.name, "first": known[0].shown, "from": known[0].edition}
            said.append(text % {**values, "last": known[-1].shown, "to": known[-1].edition})
    return (
        gettext("Line chart over %(count)s editions.") % {"count": len(data.editions)} + " " + " ".join(said)
    )


def _spec(frame: Frame, data: Trend) -> Spec:
    values = [value for course in data.courses for value in _values(course, data)]
    known = [value["value"] for value in values if value["value"] is not None]
    pad = max((max(known) - min(known)) * 0.15, max(known) * 0.02, 0.5)
    scale = {"domain": [max(min(known) - pad, 0), max(known) + pad], "nice": 5, "zero": False}
    axis = {"title": None, "tickCount": 5, "labelExpr": "datum.label + '%'"} if data.unit in ("share", "percent") else {
        "title": None, "tickCount": 5}  # fmt: skip
    x = {"field": "edition", "type": "ordinal", "sort": list(data.editions), "title": None,
         "scale": {"domain": list(data.editions), "type": "point", "padding": 0.3},
         "axis": {"labelAngle": 0, "labelColor": INK, "grid": False}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}
    names = [course.name for course in data.courses]
    colour: dict[str, Any] = {
        "field": "course",
        "type": "nominal",
        "scale": {"domain": names, "range": list(SERIES[: len(names)])},
    }
    colour["legend"] = (
        {"symbolType": "stroke", "symbolStrokeWidth": 3, "columns": 1} if len(names) > 1 else None
    )
    at = {"x": x, "y": y, "color": colour}
    layers: list[dict[str, Any]] = [
        {"mark": silent("line", strokeWidth=2.5), "encoding": {**at, "detail": {"field": "stretch"}}},
        {"mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "stroke": PAPER, "strokeWidth": 1.5},
         "encoding": {**at, "description": {"field": "says"}}},
    ]  # fmt: skip
    # Figures of more courses would lie on each other.
    if len(names) <= 2:
        text = {"x": x, "y": y, "text": {"field": "text"}, "color": {"value": INK}}
        layers.append({"mark": silent("text", baseline="bottom", dy=-9), "encoding": text})
    return framed(
        frame, frame.either(280, 240), values, transform=[{"filter": "datum.value !== null"}], layer=layers
    )


def _figure(point: Point, data: Trend) -> str:
    """The figure beside a point, on the scale that the axis has."""
    return point.shown if data.unit != "share" or point.value is None else f"{rounded(point.value, 1)}%"


def _told(point: Point, data: Trend) -> list[str]:
    """The score as printed, and where points are drawn as shares its share too."""
    return list(dict.fromkeys([words.with_unit(point.shown, ""), _figure(point, data) or words.no_value()]))


def _values(course: Course, data: Trend) -> list[dict[str, Any]]:
    return [
        {
            "course": course.name,
            "edition": point.edition,
            "value": number(point.value),
            "text": _figure(point, data),
            "stretch": f"{course.name} {point.stretch}",
            "says": f"{course.name}, {point.edition}: "
            + words.listed(
                [part for part in (*_told(point, data), words.ranked(point.rank, point.size)) if part]
            ),
        }
        for point in course.points
    ]
