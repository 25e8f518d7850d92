"""What the tables of rankings need: addresses of other views of the same table, headings that sort, rows."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from cityrank.pages.row_markup import name_markup, rows_markup
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
        return {"label": column_label(name), "href": "", "direction": ""}
    now = table.wish.sort
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    other = name if now.startswith("-") else f"-{name}"
    return {
        "label": column_label(name),
        "href": view_of(table, sort=other if direction else FIRST[name]),
        "direction": direction,
    }


@register.filter
def is_numeric(name: str) -> bool:
    return name in ("score", "previous", "move")


@register.filter
def column_label(name: str) -> str:
    return str(LABELS[name])


@register.simple_tag
def table_rows(table: Table, base: str | None = None) -> SafeString:
    """The rows of a table; `base` is the path of the ranking's page where they stand on another one."""
    return rows_markup(table, base or "")


@register.simple_tag
def row_name(row: Row, base: str | None = None) -> SafeString:
    return name_markup(row, base or "")
