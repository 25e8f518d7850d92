"""Change many rows of a draft at once, and undo the last such change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Release, ReleaseContent
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.assigning import Rights, not_yours
from cityrank.publishing.bulk_notes import last_bulk_change, note, plain
from cityrank.publishing.models import BulkChange
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE
from scores.models import Ranking, Score
from scores.ranks import recompute


@dataclass(frozen=True)
class Undone:
    """How many rows were put back, and the names of those that somebody has edited since and that stay as they are."""

    count: int
    kept: list[str]


def preview(
    rows: Iterable[ReleaseContent], values: Mapping[str, Any]
) -> list[tuple[ReleaseContent, list[tuple]]]:
    """Return the rows that would change, each with (column, old value, new value)."""
    found = []
    for row in rows:
        columns = [row._meta.get_field(name) for name in values]
        changes = [
            (column, getattr(row, column.name), values[column.name])
            for column in columns
            if getattr(row, column.name) != values[column.name]
        ]
        if changes:
            found.append((row, changes))
    return found


@transaction.atomic
def bulk_edit(
    rows: Iterable[ReleaseContent], values: Mapping[str, Any], by: User, reason: str = ""
) -> BulkChange:
    """Set columns of rows of one draft to the same values: all of them, or none where one cannot be saved.

    Raises `Refused` outside a draft, for rows of several releases, for a row that is not this person's to edit, for a
    value that a row cannot have (the message names the row), and when nothing would change.
    """
    rows = list(rows)
    release = _locked_release(rows)
    rights = Rights(by, release)
    for row in rows:
        if not rights.may_edit(row):
            raise Refused(f"{row}: {not_yours(row)}")
    changing = preview(rows, values)
    if not changing:
        raise Refused(_("Every chosen row has these values already."))
    remember_origin(row for row, _changes in changing)
    noted = [
        _set(row, {column.name: new for column, _old, new in changes}, by, reason)
        for row, changes in changing
    ]
    _recompute(row for row, _changes in changing)
    return note(release, by, "edit", rows[0]._meta.label_lower, noted, reason)


@transaction.atomic
def undo_bulk(change: BulkChange, by: User) -> Undone:
    """Put back the rows of the last bulk change of a release. Rows that were edited since keep what they have.

    Raises `Refused` outside a draft, for a change that was undone already or has a later one after it, and for people
    who neither made it nor coordinate the release.
    """
    change = BulkChange.objects.select_for_update(of=("self",)).select_related("release").get(pk=change.pk)
    release = _locked(change.release)
    if change.undone_at:
        raise Refused(_("This was undone already."))
    if last_bulk_change(release) != change:
        raise Refused(_("Something was changed in bulk after this. Undo that first."))
    if change.by != by and not by.has_perm(COORDINATE):
        raise Refused(_("Only %(person)s or whoever coordinates can undo this.") % {"person": change.by})
    model = apps.get_model(change.model)
    stored = {row.pk: row for row in model._default_manager.filter(pk__in=[one["pk"] for one in change.rows])}
    count, kept = 0, []
    for one in change.rows:
        if _put_back(model, stored.get(one["pk"]), one, by):
            count += 1
        else:
            kept.append(one["label"])
    _recompute(stored.values())
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
    return Undone(count, kept)


def _locked_release(rows: list[ReleaseContent]) -> Release:
    releases = {row.owning_release for row in rows}
    if not rows:
        raise Refused(_("Choose rows first."))
    if len(releases) > 1:
        raise Refused(_("The chosen rows belong to several releases."))
    return _locked(releases.pop())


def _locked(release: Release) -> Release:
    locked = Release.objects.select_for_update(of=("self",)).select_related("edition").get(pk=release.pk)
    if not locked.is_editable:
        raise Refused(
            _("Only a draft can be changed; this release is %(status)s.")
            % {"status": locked.get_status_display()}
        )
    return locked


def _set(row: ReleaseContent, values: Mapping[str, Any], by: User, reason: str) -> dict[str, Any]:
    columns = [row._meta.get_field(name) for name in values]
    before = {column.name: plain(row, column) for column in columns}
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.clean_fields(exclude={one.name for one in row._meta.fields} - set(values))
        row.validate_constraints()
        _save(row, by, reason)
    except ValidationError as error:
        raise Refused(f"{row}: {' '.join(error.messages)}") from error
    except IntegrityError as error:
        raise Refused(_("%(row)s cannot have these values.") % {"row": row}) from error
    after = {column.name: plain(row, column) for column in columns}
    return {"pk": row.pk, "label": str(row), "before": before, "after": after}


def _save(row: Model, by: User, reason: str) -> None:
    row._history_user, row._change_reason = by, reason.strip()[:100]  # type: ignore[attr-defined]
    with transaction.atomic():
        row.save()


def _put_back(model: type[Model], row: Any, noted: dict[str, Any], by: User) -> bool:
    """Bring one row to what it was before; return whether that could be done."""
    before, after = noted["before"], noted["after"]
    if after is None:  # it was deleted
        if row is not None:
            return False
        restored = model(pk=noted["pk"])
        _fill(restored, before)
        restored.save(force_insert=True)
        return True
    if row is None or any(plain(row, row._meta.get_field(name)) != value for name, value in after.items()):
        return False
    if before is None:  # it was new
        row.delete()
        return True
    _fill(row, before)
    _save(row, by, str(_("bulk change undone")))
    return True


def _fill(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        column = row._meta.get_field(name)
        assert isinstance(column, Field)
        setattr(row, column.attname, None if value is None else column.to_python(value))


def _recompute(rows: Iterable[Any]) -> None:
    """Bring the computed ranks of the tables of changed rows up to date."""
    changed = list(rows)
    tables = {row.ranking for row in changed if isinstance(row, Score)}
    for table in tables | {row for row in changed if isinstance(row, Ranking)}:
        recompute(table)
