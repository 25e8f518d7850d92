"""Take an import back: rows as they were before, except those that somebody has edited since."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange import recording, sets
from cityrank.exchange.applying import content, registry, statements
from cityrank.exchange.models import Import, ImportRow
from cityrank.exchange.opening import may_import
from cityrank.publishing.authors import note_author
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE
from cityrank.registry.models import Subject
from scores.models import Ranking, Score
from scores.ranks import recompute_all

State = Import.State


@dataclass(frozen=True)
class Undone:
    """How many rows were put back and how many taken away, and the names of those that were edited since and stay."""

    restored: int
    removed: int
    kept: list[str]


def undo_import(import_: Import, by: User | None) -> Undone:
    """Put back the rows of an import as they were; rows edited since stay as they are and are listed.

    Raises `Refused` when the release is no draft any more, for whoever neither made the import nor coordinates the
    release, and when it is not imported.
    """
    try:
        with transaction.atomic():
            return _undone(import_, by)
    except IntegrityError as error:
        raise Refused(_("The rows cannot be put back: others have taken their place since.")) from error


def _undone(import_: Import, by: User | None) -> Undone:
    if import_.release_id:
        Release.objects.select_for_update(of=("self",)).get(pk=import_.release_id)
    import_ = Import.objects.select_related("release__edition", "ranking", "award", "by").get(pk=import_.pk)
    if import_.state != State.DONE:
        raise Refused(_("Only what is imported can be undone, and only once."))
    may_import(import_.declared, by, import_.release)
    if by is not None and import_.by != by and not by.has_perm(COORDINATE):
        raise Refused(_("Only %(person)s or whoever coordinates can undo this.") % {"person": import_.by})
    at = timezone.now()
    reason = str(_("import of %(name)s undone") % {"name": import_.original_name})
    if issubclass(import_.declared.model, Subject):
        undone = _undo_registry(import_, by, reason, at)
    else:
        undone = _undo_content(import_, by, reason, at)
    mine = Import.objects.filter(pk=import_.pk, state=State.DONE)
    if not mine.update(state=State.UNDONE, undone_at=at, undone_by=by, kept=undone.kept):
        raise Refused(_("Only what is imported can be undone, and only once."))
    return undone


def _undo_content(import_: Import, by: User | None, reason: str, at: dt.datetime) -> Undone:
    model, release = import_.declared.model, import_.release
    assert release is not None
    rankings = content.owners(import_) if model is Score else []
    kept = _kept(import_, model)
    names = statements.changed_names(import_)
    sets.choose(*_without(statements.planned("new"), import_, kept))
    recording.record(model, recording.DELETED, by, reason, at)
    removed = sets.execute(f"DELETE FROM {sets.table(model)} WHERE id IN ({sets.CHOSEN})")
    restored = sets.choose(*_without(statements.planned("changed"), import_, kept))
    if restored:
        if "position" in names:
            statements.put_aside(import_, model)
        statements.set_changed(import_, model, names, 0)
        recording.record(model, recording.ALTERED, by, reason, at)
    sets.forget_chosen()
    recompute_all(rankings)
    staying = (
        set(model._default_manager.filter(pk__in=kept).values_list("ranking", flat=True))
        if rankings
        else set()
    )
    _put_states_back(import_, [one for one in rankings if one.pk not in staying], by, reason)
    note_author(release.pk, by)
    return Undone(restored, removed, recording.labels(import_, kept))


def _kept(import_: Import, model: type[Model]) -> set[int]:
    """Return the keys of rows that stay as they are: edited or deleted since, or in whose old place another one is."""
    kept = recording.edited_since(import_)
    names = statements.changed_names(import_)
    if names:
        kept |= recording.keys(statements.differing(import_, model, names, 1), [import_.pk])
    if "position" not in names:
        return kept
    while displaced := _displaced(import_, model, kept):
        kept |= displaced
    return kept


def _displaced(import_: Import, model: type[Model], kept: set[int]) -> set[int]:
    """Return the keys of rows whose former place is held by a row that stays."""
    owner = model._meta.get_field(import_.declared.into or "release").attname  # type: ignore[union-attr]
    moves = ImportRow.objects.filter(of_import=import_, kind="changed", changes__has_key="position")
    going = set(
        ImportRow.objects.filter(of_import=import_, kind__in=("new", "changed")).values_list(
            "target", flat=True
        )
    )
    wanted = {
        target: old
        for target, old in moves.values_list("target", "changes__position__0")
        if target not in kept
    }
    rows = model._default_manager.filter(pk__in=moves.values("target")).values_list("pk", owner)
    owners = dict(rows)
    others = model._default_manager.filter(**{f"{owner}__in": set(owners.values())})
    held = {
        (of, place)
        for pk, of, place in others.values_list("pk", owner, "position")
        if pk in kept or pk not in going
    }
    return {target for target, old in wanted.items() if target and (owners.get(target), old) in held}


def _without(query: str, import_: Import, kept: set[int]) -> tuple[str, list[Any]]:
    """Return a query for keys without those that stay, with its parameters."""
    if not kept:
        return query, [import_.pk]
    # Keys of our own, spelled out: a statement takes only so many parameters.
    listed = ",".join(map(str, sorted(kept)))
    return f"{query} AND target NOT IN ({listed})", [import_.pk]


def _put_states_back(import_: Import, rankings: list[Ranking], by: User | None, reason: str) -> None:
    for ranking in rankings:
        before, after = import_.table_states.get(str(ranking.pk), (None, None))
        if before and ranking.state == after:
            content.set_state(ranking, before, by, reason)


def _undo_registry(import_: Import, by: User | None, reason: str, at: dt.datetime) -> Undone:
    model: Any = import_.declared.model
    kept = recording.edited_since(import_)
    rows = list(ImportRow.objects.filter(of_import=import_, kind__in=("new", "changed")).order_by("-number"))
    counts = {"new": 0, "changed": 0}
    waiting = [(row, model.objects.filter(pk=row.target).first()) for row in rows if row.target not in kept]
    while waiting:
        # A place goes after those below it.
        later = [(row, one) for row, one in waiting if not _take_back(row, one, by, reason, at)]
        for row, _one in waiting:
            counts[row.kind] += (row, _one) not in later
        if len(later) == len(waiting):
            kept |= {row.target for row, _one in later if row.target is not None}
            break
        waiting = later
    return Undone(counts["changed"], counts["new"], recording.labels(import_, kept))


def _take_back(row: ImportRow, instance: Any, by: User | None, reason: str, at: dt.datetime) -> bool:
    """Put one row of the registry back; return False where others point at it still."""
    if instance is None:
        return False
    instance._history_user, instance._change_reason, instance._history_date = by, reason[:100], at
    try:
        with transaction.atomic():
            if row.kind == "new":
                instance.delete()
            else:
                registry.fill(instance, {name: old for name, (old, _new) in row.changes.items()})
                instance.save()
    except ProtectedError:
        return False
    return True
