"""Throw the database away, so that `make demo-reset` starts from nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Drop the embedded database in var/. Any other database is refused unless --force says that it is meant."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="drop a database outside var/, or one on a server, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Drop everything in the database of DATABASE_URL. Raises CommandError if it is not the embedded one."""
        embedded = connection.vendor == "sqlite" and is_inside_var(Path(connection.settings_dict["NAME"]))
        if not embedded and not options["force"]:
            raise CommandError(
                f"The database {connection.settings_dict['NAME']} is not the embedded one in var/ and stays as it is. "
                "If you mean to lose it: make demo-reset FORCE=1"
            )
        if connection.vendor == "sqlite":
            drop_files(Path(connection.settings_dict["NAME"]))
        else:
            drop_schema()


def is_inside_var(database: Path) -> bool:
    return settings.VAR_DIR.resolve() in database.resolve().parents


def drop_files(database: Path) -> None:
    connection.close()
    # The journal of a dropped database must not be replayed into the next one.
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def drop_schema() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
