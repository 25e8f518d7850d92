"""Rows written as sets: what Django's own bulk methods do too, several times faster and in constant memory.

Values are what the database driver takes: int, str, Decimal, datetime, None; JSON as text. PostgreSQL takes rows by
COPY, SQLite by one prepared statement for all of them.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, cast

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Field, Model

_CHOSEN = "cityrank_chosen_rows"
# The query for the keys that `choose` keeps.
CHOSEN = f"SELECT id FROM {_CHOSEN}"


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Any]) -> None:
    """Insert rows, each with a value for each of the columns (names of columns of the table)."""
    into, names = table(model), ", ".join(map(quoted, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} ({names}) VALUES ({marks})", rows)  # type: ignore[arg-type]


def reserved_keys(model: type[Model], count: int) -> list[int]:
    """Return keys for rows that may be inserted later, which nothing else will get. Empty on SQLite.

    There keys can only be given by whoever holds the lock for writing.
    """
    if connection.vendor != "postgresql" or not count:
        return []
    with connection.cursor() as cursor:
        sequence = "nextval(pg_get_serial_sequence(%s, %s))"
        cursor.execute(
            f"SELECT {sequence} FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def need_not_last() -> None:
    """Do not wait until what the open transaction writes is on the disk; a later one that is waited for brings it."""
    if connection.vendor == "postgresql":
        execute("SET LOCAL synchronous_commit TO OFF")


def count_anew(model: type[Model]) -> None:
    """Let the database look at rows that have just come in by the thousand, so that it joins them sensibly."""
    if connection.vendor == "postgresql":
        execute(f"ANALYZE {table(model)}")


def execute(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Execute a statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def pieces(rows: Iterable[Any], size: int) -> Iterable[list]:
    """Yield lists of up to `size` rows."""
    iterator = iter(rows)
    while piece := list(islice(iterator, size)):
        yield piece


def choose(query: str, parameters: Sequence[Any]) -> int:
    """Keep the keys that a query returns, for the statements that follow in the same transaction; return how many."""
    forget_chosen()
    execute(f"CREATE TEMPORARY TABLE {_CHOSEN} (id bigint PRIMARY KEY)")
    return execute(f"INSERT INTO {_CHOSEN} {query}", parameters)


def forget_chosen() -> None:
    execute(f"DROP TABLE IF EXISTS {_CHOSEN}")


def quoted(name: str | None) -> str:
    """Return the name of a column as it stands in a statement."""
    assert name is not None  # only fields without a column of their own have none
    return connection.ops.quote_name(name)


def table(model: type[Model]) -> str:
    """Return the name of a model's table as it stands in a statement."""
    return quoted(model._meta.db_table)


def greatest(field: Field) -> int:
    """Return the greatest number that a column of whole numbers can hold on every database; SQLite would take more."""
    return BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()][1]


def half_of_positions(model: type[Model]) -> int:
    """Return half of the greatest position that a list can have; no list is longer, so the other half is free."""
    return greatest(cast(Field, model._meta.get_field("position"))) // 2
