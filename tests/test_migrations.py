"""Migrations can be taken back and applied again, on a database that holds a published edition."""

import pytest
from django.core.management import call_command
from django.db import connection

from awards.models import Recipient
from cityrank.publishing import guards
from tests.factories import awards

OURS = ("registry", "awards", "scores", "accounts", "exchange")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back_on_a_filled_database_and_applied_again() -> None:
    awards.published_edition(rows=2)
    try:
        for app in reversed(OURS):
            call_command("migrate", app, "zero", verbosity=0)
        remaining = connection.introspection.table_names()
        assert [table for table in remaining if table.split("_")[0] in OURS] == []
    finally:
        call_command("migrate", verbosity=0)

    assert guards.tables_exist()
    awards.published_edition(rows=1)
    assert Recipient.objects.count() == 1


def test_migrations_are_named_for_what_they_do() -> None:
    from django.db.migrations.loader import MigrationLoader

    names = [name for app, name in MigrationLoader(None).disk_migrations if app in OURS]
    assert names
    assert [name for name in names if "_auto_" in name] == []
