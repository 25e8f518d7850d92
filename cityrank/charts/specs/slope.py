"""Slope chart: a line from the rank of the edition before to the rank of this one."""

from typing import Any

from django.utils.translation import gettext, ngettext

from cityrank.charts.chart import MOST_ROWS, Cell, Chart, Column, Spec
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
    ranks = {row.key: row.rank for row in before.rows if row.rank}
    rows = [row for row in now.rows if row.rank is not None]
    drawn, gone = rows[: words.drawn_rows(len(rows))], _gone(years)
    if not any(row.key in ranks for row in drawn):
        return None
    return Chart(
        kind="slope",
        key=now.slug,
        title=_title(years),
        subtitle=gettext("Rank in %(before)s and in %(now)s")
        % {"before": before.edition, "now": now.edition},
        alt=_alt(years, rows, ranks),
        **both(lambda frame: _spec(frame, years, drawn, gone)),
        columns=(
            Column("name", gettext("Name")),
            Column("rank", gettext("Rank %(edition)s") % {"edition": now.edition}, is_figure=True),
            Column(
                "previous_rank", gettext("Rank %(edition)s") % {"edition": before.edition}, is_figure=True
            ),
            Column("places_gained", gettext("Places gained"), is_figure=True, is_change=True),
        ),
        cells=lambda: (
            *(_cells(row, ranks.get(row.key)) for row in rows),
            *((row.name, None, row.rank, None) for row in gone),
        ),
        source=now.source,
        notes=(*_notes(len(rows), bool(gone) or len(ranks) < len(rows)), *years.caveats),
    )


def _gone(years: TwoYears) -> list[Row]:
    """Who has a rank in the table before alone."""
    assert years.before
    there = {row.key for row in years.now.rows if row.rank}
    return [row for row in years.before.rows if row.rank and row.key not in there]


def _notes(count: int, some_in_one_table: bool) -> tuple[str, ...]:
    alone = (gettext("○: has a rank in one of the two tables only."),) if some_in_one_table else ()
    return (*words.drawn_in_part(count), *alone)


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
        cells=tuple,
        source=years.now.source,
        notes=years.reasons,
    )


def _gain(row: Row, before: int | None) -> int | None:
    return None if before is None or row.rank is None else before - row.rank


def _cells(row: Row, before: int | None) -> tuple[Cell, ...]:
    return row.name, row.rank, before, _gain(row, before)


def _alt(years: TwoYears, rows: list[Row], ranks: dict[str, int]) -> str:
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


def _spec(frame: Frame, years: TwoYears, rows: list[Row], gone: list[Row]) -> Spec:
    step, label = frame.either(22, 21), frame.either(190, 126)
    values = _values(years, rows, gone, (label - 12) / frame.letters)
    last = max(max(value["now"] or 0, value["before"] or 0) for value in values)
    space = label / (frame.width - 2 * label)
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [-space, 1 + space], "nice": False}}
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [last + 0.6, -1.6], "nice": False}}
    names = [gettext("rose"), gettext("fell"), gettext("unchanged")]
    colour = {"field": "way", "type": "nominal", "scale": {"domain": names, "range": [ROSE, FELL, SAME]},
              "legend": {"symbolType": "stroke", "symbolStrokeWidth": 3}}  # fmt: skip
    left, right = ({"filter": f"datum.{name} !== null"} for name in ("before", "now"))
    ends, end = (
        {"x": {"datum": 0, **x}, "y": {"field": "before", **y}},
        {"x": {"datum": 1, **x}, "y": {"field": "now", **y}},
    )
    small, large = ({"type": "point", "filled": True, "size": size, "opacity": 1} for size in (36, 50))
    layers: list[dict[str, Any]] = [
        {"transform": [left, right], "mark": silent("rule", strokeWidth=2),
         "encoding": {**ends, "x2": {"datum": 1}, "y2": {"field": "now"}, "color": colour}},
        {"transform": [left, right], "mark": {**small, "aria": False}, "encoding": {**ends, "color": colour}},
        {"transform": [{"filter": "datum.now === null"}], "mark": small,
         "encoding": {**ends, "color": colour, "description": {"field": "says"}}},
        {"transform": [right], "mark": large,
         "encoding": {**end, "color": colour, "description": {"field": "says"}}},
        {"transform": [left], "mark": silent("text", align="right", dx=-9),
         "encoding": {**ends, "text": {"field": "from"}, "color": {"value": QUIET}}},
        {"transform": [right], "mark": silent("text", align="left", dx=9),
         "encoding": {**end, "text": {"field": "to"}, "color": {"value": INK}}},
        *(_heading(x, y, side, name) for side, name in enumerate(_editions(years))),
    ]  # fmt: skip
    return framed(frame, round((last + 2) * step), values, layer=layers)


def _editions(years: TwoYears) -> tuple[str, str]:
    assert years.before
    return years.before.edition, years.now.edition


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


def _values(years: TwoYears, rows: list[Row], gone: list[Row], letters: float) -> list[dict[str, Any]]:
    """Return a row for each place: where it stands in the two tables, counted from their tops.

    Ranks of long tables lie far apart; there the places that are drawn are counted alone.
    """
    assert years.before
    former = sorted((row for row in years.before.rows if row.rank), key=lambda row: row.rank or 0)
    if len(former) > MOST_ROWS:
        drawn = {row.key for row in rows}
        former, gone = [row for row in former if row.key in drawn], []
    before = {row.key: (at, row.rank) for at, row in enumerate(former)}
    return [
        *(_value(row, at, before.get(row.key), letters) for at, row in enumerate(rows)),
        *(_left(row, before[row.key][0], letters) for row in gone),
    ]


def _value(row: Row, at: int, former: tuple[int, int | None] | None, letters: float) -> dict[str, Any]:
    before, rank = former or (None, None)
    gain = _gain(row, rank)
    sign = " \u25cb" if rank is None else "" if not gain else f" ▲{gain}" if gain > 0 else f" ▼{-gain}"
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


def _left(row: Row, before: int, letters: float) -> dict[str, Any]:
    said = [gettext("before: rank %(rank)s") % {"rank": row.rank}, gettext("no rank now")]
    return {
        "now": None,
        "before": before,
        "way": gettext("unchanged"),
        "from": f"\u25cb {shortened(row.name, letters - 3)} {row.rank}",
        "to": "",
        "says": f"{row.name}: {words.listed(said)}",
    }
