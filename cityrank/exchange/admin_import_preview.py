"""What an import would do, or has done: its counts, and its rows page by page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cityrank.exchange.models import Import, ImportRow
from cityrank.exchange.models.imports import PAGE
from cityrank.exchange.recording import edited_since, labels
from cityrank.exchange.showing import shown
from cityrank.registry.numbers import key_in

Kind = ImportRow.Kind
# So many names are listed on a page; the count says how many there are.
NAMED = 100


@dataclass(frozen=True)
class Pages:
    """Which page of how many; nothing is counted for it, as the import has its counts."""

    number: int
    count: int

    @property
    def previous(self) -> int:
        return self.number - 1 if self.number > 1 else 0

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.count else 0


def rows_context(request: HttpRequest, import_: Import) -> dict[str, Any]:
    """Return one page of the rows in words, and the choices of the filter."""
    counts = {kind.value: getattr(import_, kind.value) for kind in Kind}
    kind = request.GET.get("show", "")
    kind = kind if kind in counts else ""
    total = counts[kind] if kind else sum(counts.values())
    pages = max(-(-total // PAGE), 1)
    number = min(max(key_in(request.GET.get("page", "")) or 1, 1), pages)
    filters = [("", _("all rows"), sum(counts.values()))]
    filters += [(one.value, str(one.label), counts[one.value]) for one in Kind]
    return {
        "counts": counts,
        "writes": import_.new + import_.changed,
        "filters": filters,
        "shown": kind,
        "rows": shown(import_, import_.rows.page(kind, number)),
        "pages": Pages(number, pages),
        "same_file": list(Import.objects.standing().same_as(import_).select_related("by")[:5]),
    }


def undo_context(import_: Import) -> dict[str, Any]:
    """Return which rows an undo would leave, or has left, as they were edited since."""
    names = import_.kept if import_.state == Import.State.UNDONE else labels(import_, edited_since(import_))
    return {"kept": names[:NAMED], "kept_count": len(names)}
