"""The first record of rows that came into a draft as copies.

A clone writes no history: 300,000 rows are one statement. The first change to a copy would then be a record with
nothing before it, and no difference to show; so the row as it was copied is noted before it is changed.
"""

from collections.abc import Iterable
from itertools import groupby

from awards.models import ReleaseContent


def remember_origin(rows: Iterable[ReleaseContent]) -> None:
    """Note the stored state of those rows that have no history yet. Call it before they are saved or deleted."""
    saved = sorted((row for row in rows if row.pk), key=lambda row: row._meta.label)
    for _label, same in groupby(saved, key=lambda row: row._meta.label):
        _remember(list(same))


def _remember(rows: list[ReleaseContent]) -> None:
    model = type(rows[0])
    history = model.history  # type: ignore[attr-defined]
    keys = {row.pk for row in rows}
    known = set(history.filter(id__in=keys).values_list("id", flat=True))
    if not keys - known:
        return
    stored = list(model._default_manager.filter(pk__in=keys - known))
    for row in stored:
        row._history_user = None  # type: ignore[attr-defined]
    history.bulk_history_create(stored, default_date=rows[0].owning_release.created_at)
