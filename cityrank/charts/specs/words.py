"""Words that several charts use."""

from django.utils.translation import gettext, ngettext, pgettext

from cityrank.charts.chart import MOST_ROWS, ROWS_DRAWN
from cityrank.charts.data import Table


def no_value() -> str:
    return gettext("no value")


def listed(parts: list[str]) -> str:
    return pgettext("list", ", ").join(parts)


def with_unit(shown: str, unit: str) -> str:
    """Return a score as it is read: 73.54 points, 73.54%, 73.54."""
    if not shown:
        return no_value()
    if unit == "percent":
        return f"{shown}%"
    return gettext("%(score)s points") % {"score": shown} if unit == "points" else shown


def scale(table: Table) -> str:
    """Say on what scale a table is: points (maximum 100)."""
    names = {"points": gettext("points"), "index": gettext("index value"), "percent": gettext("percent")}
    name = names.get(table.unit, gettext("score"))
    if table.maximum is None:
        return name
    return gettext("%(unit)s (maximum %(maximum)s)") % {
        "unit": name,
        "maximum": f"{table.maximum.normalize():f}",
    }


def places(count: int) -> str:
    return ngettext("%(count)s place", "%(count)s places", count) % {"count": count}


def ranked(rank: int | None, size: int | None = None) -> str:
    """Return a rank in words, empty where there is none."""
    if rank is None:
        return ""
    if size:
        return gettext("rank %(rank)s of %(size)s") % {"rank": rank, "size": size}
    return gettext("rank %(rank)s") % {"rank": rank}


def drawn_in_part(count: int) -> tuple[str, ...]:
    if count <= MOST_ROWS:
        return ()
    text = gettext("The drawing shows the first %(drawn)s of %(count)s; the data have all of them.")
    return (text % {"drawn": ROWS_DRAWN, "count": count},)


def drawn_rows(count: int) -> int:
    return count if count <= MOST_ROWS else ROWS_DRAWN
