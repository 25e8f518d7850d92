"""Places and organisations: saved one by one, because their names, keys and what is above them follow from each other.

A file of them has hundreds of rows; the whole gazetteer is loaded by `load_gazetteer`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from cityrank.exchange import recording
from cityrank.exchange.models import Import, ImportRow
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Place

Step = Callable[[int], None]


def write(import_: Import, by: User | None, at: dt.datetime, step: Step) -> None:
    """Save the new and changed rows. Raises `Refused` where rows were edited since or fit nowhere."""
    model = import_.declared.model
    edited = recording.edited(model, ("changed", "same"))
    recording.refuse_edited(import_, recording.keys(edited, [import_.pk, import_.history_before]))
    reason = (_("imported from %(name)s") % {"name": import_.original_name})[:100]
    rows = list(ImportRow.objects.filter(of_import=import_, kind__in=("new", "changed")).order_by("number"))
    waiting, done = rows, 0
    while waiting:
        # A place may stand below one that the file names later.
        later = [row for row in waiting if not _save(row, model, by, reason, at)]
        done += len(waiting) - len(later)
        step(done)
        if len(later) == len(waiting):
            raise Refused(_("%(row)s: the place above it is not there.") % {"row": later[0]})
        waiting = later


def _save(row: ImportRow, model: type[Model], by: User | None, reason: str, at: dt.datetime) -> bool:
    """Save one row; return False where the place above it is still to come."""
    values = row.values if row.kind == "new" else {name: new for name, (_old, new) in row.changes.items()}
    instance: Any = model() if row.kind == "new" else model._default_manager.get(pk=row.target)
    if not fill(instance, values):
        return False
    instance._history_user, instance._change_reason, instance._history_date = by, reason, at
    try:
        instance.full_clean(exclude={"kind", "stem", "pinyin_key", "initials"})
    except ValidationError as error:
        raise Refused(f"{row}: {' '.join(error.messages)}") from error
    instance.save()
    if row.kind == "new":
        row.target = instance.pk
        row.save(update_fields=["target"])
    return True


def fill(instance: Any, values: dict[str, Any]) -> bool:
    """Set columns of a row from what JSON holds of them; return False where the place above it is not there."""
    for name, value in values.items():
        if name == "parent__slug":
            instance.parent = Place.objects.filter(slug=value).first() if value else None
            if value and instance.parent is None:
                return False
            continue
        column = instance._meta.get_field(name)
        assert isinstance(column, Field)
        setattr(instance, column.attname, None if value is None else column.to_python(value))
    return True
