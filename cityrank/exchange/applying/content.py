"""The rows of a release: written as a set, with their history, ranks and states of tables."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, ForeignKey, Model
from django.utils.translation import gettext as _

from cityrank.exchange import recording, sets
from cityrank.exchange.applying import statements
from cityrank.exchange.models import Import, ImportRow
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.authors import note_author
from scores.models import Ranking, Score
from scores.ranks import rank_in_sql, recompute_all

Step = Callable[[int], None]


def write(import_: Import, by: User | None, at: dt.datetime, step: Step) -> None:
    """Write the new and changed rows. Raises `Refused` where rows were edited since they were planned.

    `step` is called with how many rows of all steps are done, and may raise to stop it all.
    """
    model, release = import_.declared.model, import_.release
    assert release is not None
    reason = _("imported from %(name)s") % {"name": import_.original_name}
    names = statements.changed_names(import_)
    _refuse_edited(import_, model, names)
    step(0)
    if import_.changed:
        sets.choose(statements.planned("changed"), [import_.pk])
        recording.record_origin(model, release)
        if "position" in names:
            statements.put_aside(import_, model)
        statements.set_changed(import_, model, names, 1)
        recording.record(model, recording.ALTERED, by, reason, at)
    step(import_.changed)
    if import_.new:
        statements.give_keys(import_, model)
        if model is Score and connection.vendor == "postgresql":
            # There a row that is updated is written anew, which costs more than all the ranking.
            _insert_ranked(import_)
        else:
            statements.insert_new(import_, model)
    step(import_.changed + import_.new)
    if model is Score:
        rankings = owners(import_)
        recompute_all(rankings)
        import_.table_states = transcribe(rankings, by, reason) if import_.new else {}
    if import_.new:
        sets.choose(statements.planned("new"), [import_.pk])
        recording.record(model, recording.CREATED, by, reason, at)
    sets.forget_chosen()
    note_author(release.pk, by)


def _insert_ranked(import_: Import) -> None:
    """Insert new scores with their ranks among each other: in a table that was empty, those are their ranks."""
    ranking, score, position = (
        statements.new_value(Score, name) for name in ("ranking", "printed_score", "position")
    )
    rank = rank_in_sql("k.tie_rule", ranking, score, position)
    # Ranked apart from the rest of their values: what is sorted should be small.
    ranked = (
        f"SELECT r.number, {rank} AS place FROM {statements.ROWS} r JOIN {sets.table(Ranking)} k ON k.id = {ranking} "
        "WHERE r.of_import_id = %s AND r.kind = 'new'"
    )
    along = f"JOIN ({ranked}) ranked ON ranked.number = r.number"
    statements.insert_new(import_, Score, {"computed_rank": "ranked.place"}, along, [import_.pk])


def _refuse_edited(import_: Import, model: type[Model], names: set[str]) -> None:
    """Raises `Refused` where a row is no longer as it was when it was planned."""
    gone = (
        f"SELECT r.target FROM {statements.ROWS} r LEFT JOIN {sets.table(model)} t ON t.id = r.target "
        "WHERE r.of_import_id = %s AND r.kind IN ('changed', 'same') AND t.id IS NULL"
    )
    queries = [
        recording.edited(model, ("changed", "same")),
        statements.differing(import_, model, names, 0),
        gone,
    ]
    parameters = [import_.pk, import_.history_before, import_.pk, import_.pk]
    recording.refuse_edited(import_, recording.keys(" UNION ".join(queries), parameters))


def owners(import_: Import) -> list[Any]:
    """Return the rankings or awards whose rows an import adds or changes."""
    model = import_.declared.model
    link = cast(ForeignKey, model._meta.get_field(import_.declared.into))
    rows = ImportRow.objects.filter(of_import=import_).order_by()
    new = rows.filter(kind="new").values_list(f"values__{import_.declared.into}_id", flat=True).distinct()
    keys = set(new) if import_.new else set()
    if import_.changed:
        sets.choose(statements.planned("changed"), [import_.pk])
        keys |= recording.keys(
            f"SELECT DISTINCT {sets.quoted(link.column)} FROM {sets.table(model)} WHERE id IN ({sets.CHOSEN})",
            [],
        )
    of = link.related_model._default_manager.filter(pk__in=keys)
    return list(of.select_related("release").order_by("pk"))


def transcribe(rankings: Iterable[Ranking], by: User | None, reason: str) -> dict[str, list[str]]:
    """Say of tables how much of them is there now; return by key the state before and after of those that changed."""
    counts = dict(
        Score.objects.filter(ranking__in=rankings).order_by().values("ranking").annotate(n=Count("pk"))
        .values_list("ranking", "n")
    )  # fmt: skip
    states: dict[str, list[str]] = {}
    for ranking in rankings:
        expected = ranking.expected_count or ranking.cutoff
        is_whole = not expected or counts.get(ranking.pk, 0) >= expected
        state = Ranking.State.COMPLETE if is_whole else Ranking.State.PARTIAL
        if ranking.state != state and ranking.state != Ranking.State.COMPLETE:
            states[str(ranking.pk)] = [ranking.state, state.value]
            set_state(ranking, state, by, reason)
    return states


def set_state(ranking: Ranking, state: str, by: User | None, reason: str) -> None:
    remember_origin([ranking])
    ranking.state = state
    ranking._history_user = by  # type: ignore[attr-defined]
    ranking._change_reason = reason[:100]  # type: ignore[attr-defined]
    ranking.save()
