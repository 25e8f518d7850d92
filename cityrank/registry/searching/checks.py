"""What `manage.py check --database default` and `migrate` say of the keys."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connection

from cityrank.registry.models import SearchKey
from cityrank.registry.searching.writing import without_keys


def register_checks() -> None:
    checks.register(keys_are_there, checks.Tags.database)


def keys_are_there(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn where search cannot find everybody."""
    if (
        "default" not in (databases or ())
        or SearchKey._meta.db_table not in connection.introspection.table_names()
    ):
        return []
    missing = without_keys().count()
    if not missing:
        return []
    return [
        checks.Warning(
            f"Search cannot find {missing} places, organisations or apps: their search keys are missing.",
            hint="Run `manage.py rebuild_search`.",
            id="registry.W001",
        )
    ]
