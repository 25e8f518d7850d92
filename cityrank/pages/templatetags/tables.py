"""What the tables of rankings need: addresses of other views of the same table, headings that sort, rows."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext, pgettext_lazy

from cityrank.results.table_wish import FIRST
from cityrank.results.tables import Row, Table

register = template.Library()

LABELS = {
    "rank": gettext_lazy("Rank"),
    "name": gettext_lazy("Name"),
    "score": gettext_lazy("Score"),
    "previous": pgettext_lazy("rank", "Before"),
    "move": pgettext_lazy("ranks", "Change"),
    "band": gettext_lazy("Band"),
    "province": gettext_lazy("Province"),
    "tier": gettext_lazy("Tier"),
}


@register.simple_tag
def view_of(table: Table, **changes: object) -> str:
    """Address of the same table with other wishes; from a page of its own, where it need not name the page."""
    # Another order or other rows begin at their first page.
    query = table.wish.query(**({"page": 1} | changes))
    return f"?{query}" if query else "./"


@register.simple_tag
def heading(table: Table, name: str) -> dict[str, str]:
    """Heading of a column: its label, where it sorts to, and in which direction it does already."""
    if name not in table.options.sorts:
        return {"label": LABELS[name], "href": "", "direction": ""}
    now = table.wish.sort
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    other = name if now.startswith("-") else f"-{name}"
    return {
        "label": LABELS[name],
        "href": view_of(table, sort=other if direction else FIRST[name]),
        "direction": direction,
    }


@register.filter
def is_numeric(name: str) -> bool:
    return name in ("score", "previous", "move")


_MOVED = {
    "up": ("\u25b2", pgettext_lazy("ranks", "up")),
    "down": ("\u25bc", pgettext_lazy("ranks", "down")),
}


@register.filter
def movement(row: Row) -> SafeString:
    """How a row moved: an arrow and by how many ranks, with the word for whoever hears the page."""
    if row.moved in _MOVED:
        sign, word = _MOVED[row.moved]
        moved = '<span class="moved-{}"><span aria-hidden="true">{}</span><span class="hidden">{}</span> {}</span>'
        return format_html(moved, row.moved, sign, word, row.places)
    if row.moved == "same":
        return format_html(
            '<span aria-hidden="true">–</span><span class="hidden">{}</span>', gettext("unchanged")
        )
    if row.moved == "new":
        return format_html('<span class="moved-new">{}</span>', pgettext("in a table", "new"))
    return SafeString("")


@register.filter
def column_label(name: str) -> str:
    return str(LABELS[name])


@register.filter
def subject_path(row: Row) -> str:
    """Path of the page of a row's subject; resolving the address of each of 3,000 would take longer than the rows."""
    return f"{_folder(row.kind, get_language() or '')}{row.slug}/"


@cache
def _folder(kind: str, language: str) -> str:
    return reverse(f"pages:{kind}", args=["0"]).removesuffix("0/")
