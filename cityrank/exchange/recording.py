"""The history of rows that were written as a set: the same records that saving them one by one would leave."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange.models import Import, ImportRow
from cityrank.exchange.sets import CHOSEN, execute, quoted, table
from cityrank.publishing.refusals import Refused

# How many rows a sentence names.
_NAMED = 5
CREATED, ALTERED, DELETED = "+", "~", "-"


def record(model: type[Model], kind: str, by: User | None, reason: str, at: dt.datetime) -> None:
    """Write a record for each chosen row, as it is now. All records of an import have the same instant."""
    _copy(model, "", at, [reason[:100], kind, by.pk if by else None])


def record_origin(model: type[Model], release: Release) -> None:
    """Write the first record of chosen rows that have none, being copies; see `cityrank.publishing.admin_history`."""
    history = table(model.history.model)  # type: ignore[attr-defined]
    without = f" AND NOT EXISTS (SELECT 1 FROM {history} h WHERE h.id = t.id)"
    _copy(model, without, release.created_at, ["", CREATED, None])


def _copy(model: type[Model], where: str, at: dt.datetime, about: Sequence[Any]) -> None:
    history = model.history.model  # type: ignore[attr-defined]
    names = ", ".join(quoted(field.column) for field in model._meta.concrete_fields)
    columns = f"{names}, history_date, history_change_reason, history_type, history_user_id"
    execute(
        f"INSERT INTO {table(history)} ({columns}) SELECT {names}, %s, %s, %s, %s FROM {table(model)} t "
        f"WHERE t.id IN ({CHOSEN}){where}",
        [connection.ops.adapt_datetimefield_value(at), *about],
    )


def last_record(model: type[Model]) -> int:
    """Return the number of the last record of a model's history; later ones are greater."""
    history = model.history.model  # type: ignore[attr-defined]
    return history.objects.order_by().aggregate(last=Max("history_id"))["last"] or 0


def edited(model: type[Model], kinds: Sequence[str], but: Sequence[dt.datetime] = ()) -> str:
    """Return the query for the targets of an import's rows with a record later than one.

    It wants the key of the import, the number of the record, and the instants `but` whose records do not count.
    """
    history = table(model.history.model)  # type: ignore[attr-defined]
    names = ", ".join(f"'{kind}'" for kind in kinds)
    others = f" AND h.history_date NOT IN ({', '.join(['%s'] * len(but))})" if but else ""
    return (
        f"SELECT r.target FROM {table(ImportRow)} r WHERE r.of_import_id = %s AND r.kind IN ({names}) AND EXISTS "
        f"(SELECT 1 FROM {history} h WHERE h.id = r.target AND h.history_id > %s{others})"
    )


def edited_since(import_: Import) -> set[int]:
    """Return the keys of rows that somebody has edited since they were imported.

    What a later import did to them is no edit if it has been undone: imports are undone one after the other.
    """
    later = Import.objects.filter(
        sheet=import_.sheet, release=import_.release_id, state=Import.State.UNDONE, pk__gt=import_.pk
    )
    instants = [at for pair in later.values_list("imported_at", "undone_at") for at in pair if at]
    adapted = [connection.ops.adapt_datetimefield_value(at) for at in instants]
    query = edited(import_.declared.model, ("new", "changed"), instants)
    return keys(query, [import_.pk, import_.history_after, *adapted])


def keys(query: str, parameters: Sequence[Any]) -> set[int]:
    """Return the keys that a query returns."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return {key for (key,) in cursor.fetchall()}


def labels(import_: Import, targets: set[int]) -> list[str]:
    """Return the names of rows of an import by the keys of their targets, in the order of the file."""
    if not targets:
        return []
    rows = ImportRow.objects.filter(of_import=import_).exclude(target=None).order_by("number")
    return [label for label, target in rows.values_list("label", "target").iterator() if target in targets]


def refuse_edited(import_: Import, targets: set[int]) -> None:
    """Raises `Refused` where there are rows that were edited since they were planned; the message names some."""
    if targets:
        found = labels(import_, targets)
        more = " …" if len(found) > _NAMED else ""
        text = _("Edited since the preview: %(rows)s. Look at the preview again.")
        raise Refused(text % {"rows": ", ".join(found[:_NAMED]) + more})
