"""Copy the whole content of one release into another, set by set inside the database.

Rows that other rows point at are matched between the two releases by what identifies them in a release (a slug, a
number), and the pairs of old and new keys are kept in a temporary table; so 300,000 scores are one INSERT ... SELECT.
History is not written for the copies: the new release says which one it was cloned from.
"""

from django.db import connection, transaction
from django.db.models import ForeignKey, Model

from awards import models as awards
from awards.models import Release, ReleaseContent
from cityrank.publishing.models import Acknowledgement
from scores import models as scores

MAP = "cityrank_clone_map"

# In the order in which rows may be inserted, with the columns that identify a row within its release. None: no
# other row points at it, so it needs no pair of keys.
CLONED: list[tuple[type[ReleaseContent], tuple[str, ...] | None]] = [
    (awards.Attachment, ("file",)),
    (awards.Source, ("key",)),
    (awards.Organiser, None),
    (awards.Citation, ("key",)),
    (awards.Series, ("number",)),
    (awards.Section, ("slug",)),
    (awards.Fact, None),
    (awards.Award, ("slug",)),
    (awards.Recipient, None),
    (scores.PeerGroup, ("slug",)),
    (scores.Ranking, ("slug",)),
    (scores.Band, ("ranking_id", "position")),
    (scores.Score, None),
    (scores.GroupAverage, None),
    (Acknowledgement, None),
]


def copy_content(old: Release, new: Release) -> dict[str, int]:
    """Insert a copy of every row of `old` into the empty draft `new`.

    Returns the number of rows copied by model name. Raises `ValueError` when `new` is no draft or holds rows already.
    """
    if not new.is_editable:
        raise ValueError(f"{new} is not a draft.")
    if any(model.objects.of_release(new).exists() for model, _key in CLONED):
        raise ValueError(f"{new} holds rows already.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {MAP} (model varchar(40), old_id bigint, new_id bigint)")
        cursor.execute(f"CREATE INDEX {MAP}_old ON {MAP} (model, old_id)")
        try:
            copied = {}
            for model, key in CLONED:
                cursor.execute(*_insert(model, old, new))
                copied[model._meta.model_name or ""] = cursor.rowcount
                if key:
                    cursor.execute(*_pairs(model, key, old, new))
            return copied
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"DROP TABLE {MAP}")


def _insert(model: type[ReleaseContent], old: Release, new: Release) -> tuple[str, list]:
    """Return INSERT ... SELECT with every key to another row of the release replaced by that of the copy."""
    table, columns, values, joins = model._meta.db_table, [], [], []
    values_parameters: list = []
    for field in model._meta.concrete_fields:
        if field.primary_key or not field.column:
            continue
        columns.append(field.column)
        target = _target(field)
        if target is Release:
            values.append("%s")
            values_parameters.append(new.pk)
        elif target is not None:
            joins.append(
                f"LEFT JOIN {MAP} m_{field.column} ON m_{field.column}.model = '{target._meta.model_name}' "
                f"AND m_{field.column}.old_id = o.{field.column}"
            )
            values.append(f"m_{field.column}.new_id")
        else:
            values.append(f"o.{field.column}")
    where, parameters = _of_release(model, "o", old)
    selected = f"SELECT {', '.join(values)} FROM {table} o {' '.join(joins)} WHERE {where}"
    sql = f"INSERT INTO {table} ({', '.join(columns)}) {selected}"
    return sql, [*values_parameters, *parameters]


def _pairs(model: type[ReleaseContent], key: tuple[str, ...], old: Release, new: Release) -> tuple[str, list]:
    """Return the statement that notes which new row is the copy of which old one."""
    table, same, joins = model._meta.db_table, [], ""
    for column in key:
        if (
            column == "ranking_id"
        ):  # a band is identified by the ranking it belongs to, which has its own pair
            joins = f"JOIN {MAP} m ON m.model = 'ranking' AND m.old_id = o.ranking_id"
            same.append("n.ranking_id = m.new_id")
        else:
            same.append(f"n.{column} = o.{column}")
    old_where, old_parameters = _of_release(model, "o", old)
    new_where, new_parameters = _of_release(model, "n", new)
    sql = (
        f"INSERT INTO {MAP} SELECT '{model._meta.model_name}', o.id, n.id FROM {table} o {joins} "
        f"JOIN {table} n ON {' AND '.join(same)} WHERE {old_where} AND {new_where}"
    )
    return sql, [*old_parameters, *new_parameters]


def _of_release(model: type[ReleaseContent], alias: str, release: Release) -> tuple[str, list]:
    column, parent = model.way_to_release()
    if not parent:
        return f"{alias}.{column} = %s", [release.pk]
    return f"{alias}.{column} IN (SELECT id FROM {parent} WHERE release_id = %s)", [release.pk]


def _target(field: object) -> type[Model] | None:
    """Return the model of the same release that a foreign key points at, or None for any other column."""
    if not isinstance(field, ForeignKey):
        return None
    target = field.related_model
    return target if target is Release or issubclass(target, ReleaseContent) else None
