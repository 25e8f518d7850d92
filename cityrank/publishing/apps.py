from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cityrank.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        # Apps without models send no signal; scores is the last of those with guarded tables.
        pre_migrate.connect(
            before_migrate, sender=apps.get_app_config("scores"), dispatch_uid="cityrank-before-migrate"
        )
        post_migrate.connect(
            after_migrate, sender=apps.get_app_config("scores"), dispatch_uid="cityrank-after-migrate"
        )


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
