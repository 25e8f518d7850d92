from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cityrank.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from cityrank.publishing import authors, notices

        # This app comes after those with the other guarded tables, and so after their permissions.
        pre_migrate.connect(before_migrate, sender=self, dispatch_uid="cityrank-before-migrate")
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="cityrank-after-migrate")
        authors.follow_history()
        notices.connect()


def before_migrate(using: str, plan: list, **kwargs: Any) -> None:
    """Let migrations alter tables: SQLite refuses to rebuild one that a trigger elsewhere refers to."""
    from cityrank.publishing import guards

    if plan and connections[using].vendor == "sqlite" and guards.tables_exist(using):
        guards.remove(using)


def after_migrate(using: str, plan: list | None = None, **kwargs: Any) -> None:
    """Put the guards back and give the roles their permissions; both are safe to repeat."""
    from cityrank.publishing import guards, roles

    if guards.tables_exist(using):
        guards.install(using)
        roles.ensure_roles(using)
