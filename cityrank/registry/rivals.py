"""Two people with the same row open: what the second one meant, and what the first has changed meanwhile.

A page remembers the newest record in the history of each row it shows. When it is sent back and a row has a newer
record, three states are known: the row as it was seen, as it is now, and as it was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import Max, Model

# By label of the model ("awards.recipient") and key of the row: key of its newest record.
Seen = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Merged:
    """`values` is what to store, `taken` what only the other has changed, `conflicts` what both changed differently."""

    values: dict[str, Any]
    taken: list[str]
    conflicts: list[str]


def merge(seen: Mapping[str, Any], now: Mapping[str, Any], typed: Mapping[str, Any]) -> Merged:
    """Merge what was typed over what was seen into what is there now. What both changed stays as it was typed."""
    values, taken, conflicts = dict(now), [], []
    for name, mine in typed.items():
        if mine == seen[name]:
            if now[name] != seen[name]:
                taken.append(name)
            continue
        values[name] = mine
        if now[name] != seen[name] and now[name] != mine:
            conflicts.append(name)
    return Merged(values, taken, conflicts)


@dataclass(frozen=True)
class Since:
    """What happened to a row since it was seen: its first state, and by column the record of the last change."""

    seen: Model
    changed_by: dict[str, Any]


@dataclass
class Rivals:
    """The rows of one request: as the page that was sent had seen them (`before`), and as they are now."""

    before: Seen | None = None
    now: Seen = field(default_factory=dict)
    # Sentences about what was taken over from others, for whoever saves.
    told: list[str] = field(default_factory=list)
    _since: dict[str, dict[str, Since]] = field(default_factory=dict)

    def look(self, model: type[Model], **which: Any) -> None:
        """Note the newest record of each row; to be called before the rows themselves are read."""
        label = model._meta.label_lower
        found = history_of(model).filter(**which).order_by().values_list("id")
        newest = found.annotate(newest=Max("history_id"))
        self.now.setdefault(label, {}).update({str(key): record for key, record in newest})
        self._since.pop(label, None)

    def since(self, row: Model) -> Since | None:
        """Return what others did to a row after it was seen, or None where they did nothing."""
        label = row._meta.label_lower
        if self.before is None or label not in self.before:
            return None
        if label not in self._since:
            self._since[label] = self._load(type(row), label)
        return self._since[label].get(str(row.pk))

    def _load(self, model: type[Model], label: str) -> dict[str, Since]:
        seen = (self.before or {})[label]
        newer = {key: record for key, record in self.now.get(label, {}).items() if seen.get(key) != record}
        if not newer:
            return {}
        records: dict[str, list[Any]] = {}
        rows = history_of(model).filter(id__in=newer).order_by("history_id").select_related("history_user")
        for record in rows:
            records.setdefault(str(record.id), []).append(record)
        found = {}
        for key, history in records.items():
            # A copy has no record before its first change, which notes what it was copied as.
            start = next((at for at, one in enumerate(history) if one.history_id == seen.get(key)), 0)
            found[key] = Since(history[start], _changed_by(history[start:]))
        return found


def history_of(model: type[Model]) -> Any:
    return model.history  # type: ignore[attr-defined]


def _changed_by(history: list[Any]) -> dict[str, Any]:
    """Return for each column that differs between two records the newer of them; the last change wins."""
    found: dict[str, Any] = {}
    names = [one.attname for one in history[0].instance_type._meta.concrete_fields]
    for older, newer in pairwise(history):
        found |= {name: newer for name in names if getattr(older, name) != getattr(newer, name)}
    return found


def read_seen(value: Any) -> Seen | None:
    """Return what a page says it has seen, as far as it makes sense, or None where it says nothing."""
    if not isinstance(value, dict):
        return None
    return {
        label: {str(key): record for key, record in rows.items() if isinstance(record, int)}
        for label, rows in value.items()
        if isinstance(rows, dict)
    }
