"""Score bars: one bar for each place from zero, with a mark where it stood in the edition before."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from cityrank.charts.chart import Cell, Chart, Column, Spec
from cityrank.charts.colours import INK, LIGHT, MARK, PAPER, QUIET
from cityrank.charts.data import Row, TwoYears
from cityrank.charts.specs import words
from cityrank.charts.specs.frame import Frame, both, framed, number, shortened, silent

BAR = LIGHT["1"]


def chart(years: TwoYears) -> Chart | None:
    """Return None where no row has a score."""
    now, scored = years.now, years.now.scored
    if not scored:
        return None
    before = {row.key: row for row in years.before.rows} if years.before else {}
    subtitle = gettext("Scores in %(scale)s, %(edition)s") % {
        "scale": words.scale(now),
        "edition": now.edition,
    }
    drawn = now.rows[: words.drawn_rows(len(now.rows))]
    return Chart(
        kind="score-bars",
        key=now.slug,
        title=now.title,
        subtitle=subtitle,
        alt=_alt(years, scored),
        **both(lambda frame: _spec(frame, years, drawn, before)),
        columns=_columns(years),
        cells=lambda: tuple(_cells(row, before, years) for row in now.rows),
        source=now.source,
        notes=(*words.drawn_in_part(len(now.rows)), *years.reasons, *years.caveats),
    )


def _alt(years: TwoYears, scored: tuple[Row, ...]) -> str:
    best = max(scored, key=lambda row: row.score or Decimal(0))
    worst = min(scored, key=lambda row: row.score or Decimal(0))
    text = gettext(
        "Bar chart of %(places)s in %(edition)s. Highest: %(best)s with %(highest)s. Lowest: %(worst)s with %(lowest)s."
    ) % {
        "places": words.places(len(years.now.rows)),
        "edition": years.now.edition,
        "best": best.name,
        "highest": words.with_unit(best.shown, years.now.unit),
        "worst": worst.name,
        "lowest": words.with_unit(worst.shown, years.now.unit),
    }
    if years.before:
        text += " " + gettext("A mark on each bar shows the score of %(edition)s.") % {
            "edition": years.before.edition
        }
    return text


def _columns(years: TwoYears) -> tuple[Column, ...]:
    columns = [
        Column("rank", gettext("Rank"), is_figure=True),
        Column("name", gettext("Name")),
        Column("score", gettext("Score %(edition)s") % {"edition": years.now.edition}, is_figure=True),
    ]
    if years.before:
        heading = gettext("Score %(edition)s") % {"edition": years.before.edition}
        columns.append(Column("previous_score", heading, is_figure=True))
    return tuple(columns)


def _cells(row: Row, before: dict[str, Row], years: TwoYears) -> tuple[Cell, ...]:
    cells = (row.rank, row.name, row.printed)
    if not years.before:
        return cells
    return (*cells, before[row.key].printed if row.key in before else None)


def _spec(frame: Frame, years: TwoYears, rows: tuple[Row, ...], before: dict[str, Row]) -> Spec:
    values = [_value(row, before.get(row.key), years, frame) for row in rows]
    top = max(max(value["score"] or 0, value["previous"] or 0) for value in values) or 1
    # Room at the right for the figure of the longest bar.
    room = frame.either(1.11, 1.28)
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelColor": INK}}
    scale = {"domain": [0, top * room], "nice": False}
    axis = None if frame.is_narrow else {"tickCount": 5, "title": None}
    x = {"field": "score", "type": "quantitative", "scale": scale, "axis": axis}
    names = [years.now.edition, *([years.before.edition] if years.before else [])]
    colour: dict[str, Any] = {
        "type": "nominal",
        "scale": {"domain": names, "range": [BAR, MARK][: len(names)]},
    }
    colour["legend"] = {} if years.before else None
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.66}},
            "encoding": {"x": x, "description": {"field": "says"}, "color": {"datum": names[0], **colour},
                         "fillOpacity": {"condition": {"test": "datum.estimated", "value": 0.45}, "value": 1}},
        },
        {
            "mark": silent("text", align="left", dx=6),
            "encoding": {"x": {**x, "field": "end"}, "text": {"field": "shown"},
                         "color": {"condition": {"test": "datum.score === null", "value": QUIET}, "value": INK}},
        },
    ]  # fmt: skip
    if years.before:
        tick = silent("tick", thickness=4, height={"band": 0.9}, opacity=1, stroke=PAPER, strokeWidth=1)
        layers.insert(1, {"mark": tick, "encoding": {"x": {**x, "field": "previous"},
                                                     "color": {"datum": names[1], **colour}}})  # fmt: skip
    return framed(frame, frame.either(26, 24) * len(values), values, encoding={"y": y}, layer=layers)


def _value(row: Row, before: Row | None, years: TwoYears, frame: Frame) -> dict[str, Any]:
    unit = years.now.unit
    said = [words.with_unit(row.shown, unit), words.ranked(row.rank)]
    if row.is_estimated:
        said.append(gettext("estimated"))
    if years.before:
        said.append(f"{years.before.edition}: {words.with_unit(before.shown if before else '', unit)}")
    score, previous = number(row.score), number(before.score) if before else None
    return {
        "label": shortened(f"{row.rank} {row.name}" if row.rank else row.name, frame.names / frame.letters),
        "score": score,
        "previous": previous,
        "end": max(score or 0, previous or 0),
        "shown": row.shown or words.no_value(),
        "estimated": row.is_estimated,
        "says": f"{row.name}: {words.listed([part for part in said if part])}",
    }
