"""Triggers that keep published releases unchanged, whatever program writes to the database.

The same rules in the dialect of SQLite and of PostgreSQL: a row of a release may be inserted, changed or deleted only
while that release is a draft, and it points at rows of the same release only. On SQLite, where no table can be altered
that another's trigger refers to, `migrate` takes them away first; on both it puts them back at its end. A data
migration that must correct frozen rows on PostgreSQL too wraps itself in `lifted()`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from awards.models import Edition, Release, ReleaseContent
from cityrank.publishing import moves
from cityrank.publishing.models import Contribution, Move

REFUSED = "cityrank: only rows of a draft release can be changed"
MIXED = "cityrank: a row of a release can point only at rows of the same release"
RELEASE_REFUSED = (
    "cityrank: a release that has been public keeps its content and cannot return to an earlier status"
)
FOUR_EYES = "cityrank: whoever entered or submitted something of a release cannot approve it"
APPENDED = "cityrank: the log is only ever added to"
INVENTED = "cityrank: invented and real editions do not share a database, and none becomes the other"
# From each status, the statuses that a release may move to; the rest is refused.
MOVES = {status: (status, *moves.targets(status)) for status in Release.Status.values}
FROZEN = ("published", "superseded", "withdrawn", "discarded")
# What may change on a frozen release: its status, until when it is the current one, and why it was withdrawn.
LOOSE_COLUMNS = ("status", "replaced_at", "withdrawal")


def guarded_models() -> list[type[ReleaseContent]]:
    return [model for model in apps.get_models() if issubclass(model, ReleaseContent)]


def install(using: str = "default") -> None:
    connection = connections[using]
    remove(using)
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    connection = connections[using]
    guarded: list[type[Model]] = [*_tables(), *LOGS, Edition]
    with connection.cursor() as cursor:
        for model in guarded:
            for name in _trigger_names(model):
                on = f" ON {model._meta.db_table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Take the guards away for the block. For data migrations and for emptying a database, nothing else."""
    remove(using)
    try:
        yield
    finally:
        install(using)


LOGS: tuple[type[Model], ...] = (Move, Contribution)


def _tables() -> list[type[Model]]:
    return [*guarded_models(), Release]


def _trigger_names(model: type[Model]) -> list[str]:
    events = ("insert", "update", "delete", "update_from", "four_eyes")
    return [f"guard_{model._meta.db_table}_{event}" for event in events]


def _statements(connection: BaseDatabaseWrapper) -> list[str]:
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    return [
        *(statement for model in guarded_models() for statement in make(model)),
        *_release_guard(connection.vendor),
        *_invented(connection.vendor),
        *(statement for model in LOGS for statement in _append_only(model, connection.vendor)),
    ]


def _owner(model: type[ReleaseContent]) -> tuple[str, str]:
    """Return the column of the row that leads to its release, and a query for the release's id by that column."""
    column, parent = model.way_to_release()
    if not parent:
        return column, "{row}." + column
    return column, f"(SELECT release_id FROM {parent} WHERE id = {{row}}.{column})"


def _mixed(model: type[ReleaseContent], row: str) -> str:
    """Return the condition that a row points at something of another release, or nothing if it points at nothing."""
    own, conditions = _owner(model), []
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not (isinstance(target, type) and issubclass(target, ReleaseContent)) or field.column == own[0]:
            continue
        column, parent = target.way_to_release()
        table = target._meta.db_table
        source = f"{table} t JOIN {parent} p ON p.id = t.{column}" if parent else f"{table} t"
        release = (
            f"SELECT {'p' if parent else 't'}.release_id FROM {source} WHERE t.id = {row}.{field.column}"
        )
        conditions.append(f"({row}.{field.column} IS NOT NULL AND ({release}) <> {own[1].format(row=row)})")
    return " OR ".join(conditions)


def _sqlite(model: type[ReleaseContent]) -> list[str]:
    table, owner, mixed = model._meta.db_table, _owner(model)[1], _mixed(model, "NEW")

    def refuse(row: str) -> str:
        return (
            f"SELECT RAISE(ABORT, '{REFUSED}') WHERE EXISTS "
            f"(SELECT 1 FROM awards_release WHERE id = {owner.format(row=row)} AND status <> 'draft');"
        )

    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
    whole = f"SELECT RAISE(ABORT, '{MIXED}') WHERE {mixed};" if mixed else ""
    return [
        f"CREATE TRIGGER guard_{table}_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN {' '.join(refuse(row) for row in rows[event])} {whole if 'NEW' in rows[event] else ''} END"
        for event in rows
    ]


def _postgresql(model: type[ReleaseContent]) -> list[str]:
    """One check for a statement, not for a row: 300,000 rows are inserted by one.

    The releases concerned are locked FOR SHARE whatever their status, so that a writer and somebody who is publishing
    the same release wait for each other.
    """
    table = model._meta.db_table
    column, parent = model.way_to_release()
    owners = f"SELECT {column} FROM touched"
    if parent:
        owners = f"SELECT release_id FROM {parent} WHERE id IN ({owners})"
    mixed = _mixed(model, "touched")
    whole = f"PERFORM 1 FROM touched WHERE {mixed}; IF FOUND THEN {_raise(MIXED)} END IF;" if mixed else ""
    whole = f"IF TG_OP <> 'DELETE' THEN {whole} END IF;" if whole else ""
    # event of the trigger, and the rows as they were before or are after it
    triggers = {
        "insert": ("INSERT", "NEW"),
        "update_from": ("UPDATE", "OLD"),
        "update": ("UPDATE", "NEW"),
        "delete": ("DELETE", "OLD"),
    }
    return [
        f"CREATE OR REPLACE FUNCTION guard_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE frozen boolean; BEGIN "
        # An aggregate, because a plain condition would be tested before the lock is waited for, on the old status.
        f"SELECT bool_or(status <> 'draft') INTO frozen FROM "
        f"(SELECT status FROM awards_release WHERE id IN ({owners}) FOR SHARE) AS owner; "
        f"IF frozen THEN {_raise(REFUSED)} END IF; {whole} RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER guard_{table}_{name} AFTER {event} ON {table} REFERENCING {rows} TABLE AS touched "
            f"FOR EACH STATEMENT EXECUTE FUNCTION guard_{table}()"
            for name, (event, rows) in triggers.items()
        ),
    ]


def _raise(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"


def _release_guard(vendor: str) -> list[str]:
    moved = " OR ".join(
        f"(OLD.status = '{old}' AND NEW.status NOT IN ({_quoted(news)}))" for old, news in MOVES.items()
    )
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    columns = [field.column for field in Release._meta.concrete_fields if field.column not in LOOSE_COLUMNS]
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    frozen = _quoted(FROZEN)
    refused = f"({moved}) OR (OLD.status IN ({frozen}) AND ({changed}))"
    if vendor == "sqlite":
        return [
            "CREATE TRIGGER guard_awards_release_update BEFORE UPDATE ON awards_release "
            f"WHEN {refused} BEGIN SELECT RAISE(ABORT, '{RELEASE_REFUSED}'); END",
            "CREATE TRIGGER guard_awards_release_four_eyes BEFORE UPDATE ON awards_release "
            f"WHEN {_approved_by_an_author()} BEGIN SELECT RAISE(ABORT, '{FOUR_EYES}'); END",
            "CREATE TRIGGER guard_awards_release_delete BEFORE DELETE ON awards_release "
            f"WHEN OLD.status <> 'draft' BEGIN SELECT RAISE(ABORT, '{RELEASE_REFUSED}'); END",
        ]
    error = _raise(RELEASE_REFUSED)
    return [
        "CREATE OR REPLACE FUNCTION guard_awards_release() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF OLD.status <> 'draft' THEN {error} END IF; RETURN OLD; END IF; "
        f"IF {refused} THEN {error} END IF; "
        f"IF {_approved_by_an_author()} THEN {_raise(FOUR_EYES)} END IF; RETURN NEW; END $$",
        *(
            f"CREATE TRIGGER guard_awards_release_{event} BEFORE {event.upper()} ON awards_release "
            "FOR EACH ROW EXECUTE FUNCTION guard_awards_release()"
            for event in ("update", "delete")
        ),
    ]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _approved_by_an_author() -> str:
    """The condition that a release is being approved by an author of it, or by nobody although it has authors."""
    authors = f"SELECT 1 FROM {Contribution._meta.db_table} c WHERE c.release_id = NEW.id"
    return (
        "NEW.status = 'approved' AND OLD.status <> 'approved' "
        f"AND EXISTS ({authors} AND (NEW.approved_by_id IS NULL OR c.person_id = NEW.approved_by_id))"
    )


def _invented(vendor: str) -> list[str]:
    table = Edition._meta.db_table
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER guard_{table}_insert BEFORE INSERT ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{INVENTED}') WHERE EXISTS "
            f"(SELECT 1 FROM {table} WHERE invented <> NEW.invented); END",
            f"CREATE TRIGGER guard_{table}_update BEFORE UPDATE ON {table} "
            f"WHEN OLD.invented <> NEW.invented BEGIN SELECT RAISE(ABORT, '{INVENTED}'); END",
        ]
    # The column stands in the body alone: in a condition of the trigger it could not be dropped by a migration. Two
    # who insert at once wait for each other, or neither would see the other's edition.
    differs = f"SELECT 1 FROM {table} WHERE invented <> NEW.invented"
    return [
        f"CREATE OR REPLACE FUNCTION guard_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF OLD.invented <> NEW.invented THEN {_raise(INVENTED)} END IF; RETURN NEW; END IF; "
        f"PERFORM pg_advisory_xact_lock(hashtext('{table}')); "
        f"IF EXISTS ({differs}) THEN {_raise(INVENTED)} END IF; RETURN NEW; END $$",
        *(
            f"CREATE TRIGGER guard_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
            for event in ("insert", "update")
        ),
    ]


def _append_only(model: type[Model], vendor: str) -> list[str]:
    table = model._meta.db_table
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER guard_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{APPENDED}'); END"
            for event in ("update", "delete")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION guard_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {_raise(APPENDED)} RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER guard_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
            for event in ("update", "delete")
        ),
    ]


def tables_exist(using: str = "default") -> bool:
    """Return whether every guarded table is there; while migrating backwards it may not be."""
    present = set(connections[using].introspection.table_names())
    return {model._meta.db_table for model in (*_tables(), *LOGS)} <= present
