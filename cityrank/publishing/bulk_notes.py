"""What a bulk action did to each row, noted so that it can be undone."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from awards.models import Release
from cityrank.publishing.models import BulkChange


def note(
    release: Release, by: User, action: str, model: str, rows: list[dict], reason: str = ""
) -> BulkChange:
    """Keep a bulk action: for each row its key, its name, and its columns before (None: new) and after (None: gone)."""
    return BulkChange.objects.create(
        release=release, by=by, action=action, model=model, rows=rows, reason=reason.strip()[:300]
    )


def note_rows(
    release: Release, by: User, action: str, rows: Iterable[Model], before: Mapping[Any, dict]
) -> None:
    """Keep that rows were changed or, where they are not in `before`, added. `before` holds their columns by key."""
    rows = list(rows)
    if rows:
        noted = [
            {"pk": row.pk, "label": str(row), "before": before.get(row.pk), "after": columns_of(row)}
            for row in rows
        ]
        note(release, by, action, rows[0]._meta.label_lower, noted)


def note_deleted(release: Release, by: User, action: str, rows: Iterable[Model]) -> None:
    """Keep rows that are about to be deleted."""
    rows = list(rows)
    if rows:
        noted = [{"pk": row.pk, "label": str(row), "before": columns_of(row), "after": None} for row in rows]
        note(release, by, action, rows[0]._meta.label_lower, noted)


def last_bulk_change(release: Release) -> BulkChange | None:
    """Return the newest bulk change of a release that was not undone."""
    return BulkChange.objects.filter(release=release, undone_at=None).order_by("-pk").first()


def columns_of(row: Model) -> dict[str, Any]:
    """Return all columns of a row but its key, as JSON can hold them."""
    return {column.name: plain(row, column) for column in row._meta.concrete_fields if not column.primary_key}


def plain(row: Model, column: Any) -> Any:
    value = getattr(row, column.attname)
    return (
        value if value is None or isinstance(value, bool | int | list | dict) else column.value_to_string(row)
    )
