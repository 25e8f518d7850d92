"""Slope chart: a line from the rank of the edition before to the rank of this one."""

from typing import Any

from django.utils.translation import gettext, ngettext

from cityrank.charts.chart import Cell, Chart, Column, Spec
from cityrank.charts.colours import INK, LIGHT, QUIET
from cityrank.charts.data import Row, TwoYears
from cityrank.charts.specs import words
from cityrank.charts.specs.frame import Frame, both, framed, shortened, silent

ROSE, FELL, SAME = LIGHT["1"], LIGHT["2"], QUIET


def chart(years: TwoYears) -> Chart | None:
    """Return None where there is no edition before; where the two do not compare, a chart that only says why."""
    now, before = years.now, years.before
    if before is None:
        return _refused(years) if years.reasons else None
    ranks = {row.key: row.rank for row in before.rows}
    rows = [row for row in now.rows if row.rank is not None]
    drawn = rows[: words.drawn_rows(len(rows))]
    if not any(ranks.get(row.key) for row in drawn):
        return None
    return Chart(
        kind="slope",
        key=now.slug,
        title=_title(years),
        subtitle=gettext("Rank in %(before)s and in %(now)s")
        % {"before": before.edition, "now": now.edition},
        alt=_alt(years, rows, ranks),
        **both(lambda frame: _spec(frame, years, drawn, ranks)),
        columns=(
            Column("name", gettext("Name")),
            Column("rank", gettext("Rank %(edition)s") % {"edition": now.edition}, is_figure=True),
            Column(
                "previous_rank", gettext("Rank %(edition)s") % {"edition": before.edition}, is_figure=True
            ),
            Column("places_gained", gettext("Places gained"), is_figure=True, is_change=True),
        ),
        rows=tuple(_cells(row, ranks.get(row.key)) for row in rows),
        source=now.source,
        notes=(*words.drawn_in_part(len(rows)), *years.caveats),
    )


def _title(years: TwoYears) -> str:
    return gettext("%(table)s: who rose and who fell") % {"table": years.now.title}


def _refused(years: TwoYears) -> Chart:
    return Chart(
        kind="slope",
        key=years.now.slug,
        title=_title(years),
        subtitle=gettext("The ranks of the two editions are not compared."),
        alt="",
        spec=None,
        narrow=None,
        columns=(),
        rows=(),
        source=years.now.source,
        notes=years.reasons,
    )


def _gain(row: Row, before: int | None) -> int | None:
    return None if before is None or row.rank is None else before - row.rank


def _cells(row: Row, before: int | None) -> tuple[Cell, ...]:
    return row.name, row.rank, before, _gain(row, before)


def _alt(years: TwoYears, rows: list[Row], ranks: dict[str, int | None]) -> str:
    gains = [(gain, row) for row in rows if (gain := _gain(row, ranks.get(row.key))) is not None]
    rose, fell = sum(gain > 0 for gain, _row in gains), sum(gain < 0 for gain, _row in gains)
    text = gettext(
        "Slope chart of %(places)s that have a rank in both editions: %(rose)s rose, %(fell)s fell, %(same)s kept it."
    )
    said = [
        text
        % {"places": words.places(len(gains)), "rose": rose, "fell": fell, "same": len(gains) - rose - fell}
    ]
    best, worst = max(gains, key=lambda pair: pair[0]), min(gains, key=lambda pair: pair[0])
    if best[0] > 0:
        said.append(
            gettext("Largest rise: %(name)s, %(moved)s.") % {"name": best[1].name, "moved": moved(best[0])}
        )
    if worst[0] < 0:
        said.append(
            gettext("Largest fall: %(name)s, %(moved)s.") % {"name": worst[1].name, "moved": moved(worst[0])}
        )
    return " ".join(said)


def moved(gain: int | None) -> str:
    if gain is None:
        return gettext("no rank in the edition before")
    if gain == 0:
        return gettext("unchanged")
    text = (
        ngettext("up %(count)s place", "up %(count)s places", gain)
        if gain > 0
        else ngettext("down %(count)s place", "down %(count)s places", -gain)
    )
    return text % {"count": abs(gain)}


def _spec(frame: Frame, years: TwoYears, rows: list[Row], ranks: dict[str, int | None]) -> Spec:
    assert years.before
    known = [row for row in rows if ranks.get(row.key)]
    left = {row.key: at for at, row in enumerate(sorted(known, key=lambda row: ranks[row.key] or 0))}
    step, label = frame.either(22, 21), frame.either(190, 126)
    letters = (label - 12) / frame.letters
    values = [_value(row, at, ranks.get(row.key), left.get(row.key), letters) for at, row in enumerate(rows)]
    space = label / (frame.width - 2 * label)
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [-space, 1 + space], "nice": False}}
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [len(rows) - 0.4, -1.6], "nice": False}}
    names = [gettext("rose"), gettext("fell"), gettext("unchanged")]
    colour = {"field": "way", "type": "nominal", "scale": {"domain": names, "range": [ROSE, FELL, SAME]},
              "legend": {"symbolType": "stroke", "symbolStrokeWidth": 3}}  # fmt: skip
    has_before = {"filter": "datum.before !== null"}
    ends = {"x": {"datum": 0, **x}, "y": {"field": "before", **y}}
    end = {"x": {"datum": 1, **x}, "y": {"field": "now", **y}}
    layers: list[dict[str, Any]] = [
        {"transform": [has_before], "mark": silent("rule", strokeWidth=2),
         "encoding": {**ends, "x2": {"datum": 1}, "y2": {"field": "now"}, "color": colour}},
        {"transform": [has_before], "mark": silent("point", filled=True, size=36, opacity=1),
         "encoding": {**ends, "color": colour}},
        {"mark": {"type": "point", "filled": True, "size": 50, "opacity": 1},
         "encoding": {**end, "color": colour, "description": {"field": "says"}}},
        {"transform": [has_before], "mark": silent("text", align="right", dx=-9),
         "encoding": {**ends, "text": {"field": "from"}, "color": {"value": QUIET}}},
        {"mark": silent("text", align="left", dx=9),
         "encoding": {**end, "text": {"field": "to"}, "color": {"value": INK}}},
        *(_heading(x, y, side, name) for side, name in ((0, years.before.edition), (1, years.now.edition))),
    ]  # fmt: skip
    return framed(frame, (len(rows) + 1) * step, values, layer=layers)


def _heading(x: dict[str, Any], y: dict[str, Any], side: int, name: str) -> dict[str, Any]:
    mark = silent("text", align="left" if side else "right", dx=9 if side else -9, fontWeight="bold")
    encoding = {
        "x": {"datum": side, **x},
        "y": {"datum": -1, **y},
        "text": {"value": name},
        "color": {"value": INK},
    }
    # One row is enough for a heading.
    return {"data": {"values": [{}]}, "mark": mark, "encoding": encoding}


def _value(row: Row, at: int, rank: int | None, before: int | None, letters: float) -> dict[str, Any]:
    gain = _gain(row, rank)
    sign = " ○" if rank is None else "" if not gain else f" ▲{gain}" if gain > 0 else f" ▼{-gain}"
    way = gettext("rose") if gain and gain > 0 else gettext("fell") if gain else gettext("unchanged")
    said = [words.ranked(row.rank)]
    if rank:
        said.append(gettext("before: rank %(rank)s") % {"rank": rank})
    return {
        "now": at,
        "before": before,
        "way": way,
        "from": f"{shortened(row.name, letters - 2)} {rank}",
        "to": f"{row.rank} {shortened(row.name, letters - 3.5)}{sign}",
        "says": f"{row.name}: {words.listed([*said, moved(gain)])}",
    }
