"""SQL that writes what an import planned, inside the database: no row passes through Python.

The plan lies in the table of `ImportRow`, its values as JSON. Names of tables and columns are those of models; what
somebody typed is only ever a parameter or a value of the plan.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model

from cityrank.exchange.models import Import, ImportRow
from cityrank.exchange.sets import CHOSEN, execute, half_of_positions, quoted, table

ROWS = ImportRow._meta.db_table
NEW, CHANGED = ImportRow.Kind.NEW.value, ImportRow.Kind.CHANGED.value


def column_fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def has(document: str, name: str) -> str:
    """Return the condition that a JSON column has a member."""
    if connection.vendor == "postgresql":
        return f"{document} -> '{name}' IS NOT NULL"
    return f"json_type({document}, '$.{name}') IS NOT NULL"


def member(document: str, field: Field, side: int | None = None) -> str:
    """Return a member of a JSON column as a value of a field; `side` is 0 or 1 where the member is `[old, new]`."""
    name = field.attname
    if connection.vendor == "postgresql":
        path, last = (document, f"'{name}'") if side is None else (f"{document} -> '{name}'", str(side))
        if isinstance(field, JSONField):
            return f"({path} -> {last})"
        return f"CAST(({path} ->> {last}) AS {field.db_type(connection)})"
    path = f"$.{name}" if side is None else f"$.{name}[{side}]"
    return f"json_extract({document}, '{path}')"


def differs(one: str, other: str) -> str:
    return f"{one} {'IS DISTINCT FROM' if connection.vendor == 'postgresql' else 'IS NOT'} {other}"


def give_keys(import_: Import, model: type[Model]) -> None:
    """Give each new row the key that it will have; see `sets.reserved_keys` for databases that did so before."""
    if connection.vendor == "postgresql":
        return
    where = f"of_import_id = %s AND kind = '{NEW}'"
    # The transaction holds the only lock for writing, and a key that was ever used is never used again.
    used = "SELECT seq FROM sqlite_sequence WHERE name = %s"
    last = f"max(coalesce((SELECT max(id) FROM {table(model)}), 0), coalesce(({used}), 0))"
    statement = f"UPDATE {ROWS} SET target = number + (SELECT {last}) WHERE {where}"
    execute(statement, [model._meta.db_table, import_.pk])


def new_value(model: type[Model], name: str) -> str:
    """Return what a new row will have in a column, as `insert_new` reads it of the plan."""
    return member("r." + quoted("values"), cast(Field, model._meta.get_field(name)))


def insert_new(
    import_: Import,
    model: type[Model],
    made: dict[str, str] | None = None,
    along: str = "",
    wanted: Sequence[Any] = (),
) -> int:
    """Insert the new rows of an import; columns that the file does not speak of have the defaults of the model.

    `made` are expressions for columns that follow from others; `along` joins what they need, with parameters `wanted`.
    """
    names, values, parameters = ["id"], ["r.target"], []
    for field in column_fields(model):
        value, default = member("r." + quoted("values"), field), field.get_default()
        if made and field.attname in made:
            value = made[field.attname]
        if default is not None and not isinstance(field, JSONField):
            value = f"coalesce({value}, %s)"
            parameters.append(field.get_db_prep_save(default, connection))
        elif isinstance(field, JSONField):
            value = f"coalesce({value}, {_json('{}')})"
        names.append(quoted(field.column))
        values.append(value)
    return execute(
        f"INSERT INTO {table(model)} ({', '.join(names)}) SELECT {', '.join(values)} FROM {ROWS} r {along} "
        f"WHERE r.of_import_id = %s AND r.kind = '{NEW}'",
        [*parameters, *wanted, import_.pk],
    )


def _json(text: str) -> str:
    return f"'{text}'::jsonb" if connection.vendor == "postgresql" else f"'{text}'"


def set_changed(import_: Import, model: type[Model], names: set[str], side: int) -> int:
    """Set the columns of the chosen rows among the changed to their old (`side` 0) or new (1) values."""
    fields = [field for field in column_fields(model) if field.attname in names]
    if not fields:
        return 0
    assignments = [
        f"{quoted(field.column)} = CASE WHEN {has('r.changes', field.attname)} "
        f"THEN {member('r.changes', field, side)} ELSE t.{quoted(field.column)} END"
        for field in fields
    ]
    return execute(
        f"UPDATE {table(model)} AS t SET {', '.join(assignments)} FROM {ROWS} r "
        f"WHERE r.of_import_id = %s AND r.kind = '{CHANGED}' AND r.target = t.id AND t.id IN ({CHOSEN})",
        [import_.pk],
    )


def put_aside(import_: Import, model: type[Model]) -> None:
    """Move the chosen rows whose places change out of the way of each other, so that they can change hands."""
    moving = f"{planned(CHANGED)} AND {has('changes', 'position')}"
    execute(
        f"UPDATE {table(model)} SET position = position + %s WHERE id IN ({CHOSEN}) AND id IN ({moving})",
        [half_of_positions(model), import_.pk],
    )


def planned(kind: str) -> str:
    """Return the query for the keys of an import's rows of one kind; it wants the import's key."""
    return f"SELECT target FROM {ROWS} WHERE of_import_id = %s AND kind = '{kind}'"


def changed_names(import_: Import) -> set[str]:
    """Return the columns that an import changes in some row."""
    each = "jsonb_object_keys(changes)" if connection.vendor == "postgresql" else "key"
    source = ROWS if connection.vendor == "postgresql" else f"{ROWS}, json_each({ROWS}.changes)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {each} FROM {source} WHERE of_import_id = %s AND kind = '{CHANGED}'",
            [import_.pk],
        )
        return {name for (name,) in cursor.fetchall()}


def differing(import_: Import, model: type[Model], names: set[str], side: int) -> str:
    """Return the query for the keys of changed rows that do not hold the values of one side; it wants the import's key.

    Figures, texts and keys are compared; what is noted beside them (JSON, instants) follows from those.
    """
    compared = [
        f"({has('r.changes', field.attname)} AND "
        f"{differs('t.' + quoted(field.column), member('r.changes', field, side))})"
        for field in column_fields(model)
        if field.attname in names and not isinstance(field, JSONField | DateTimeField)
    ]
    return (
        f"SELECT t.id FROM {ROWS} r JOIN {table(model)} t ON t.id = r.target "
        f"WHERE r.of_import_id = %s AND r.kind = '{CHANGED}' AND ({' OR '.join(compared) or '1 = 0'})"
    )
