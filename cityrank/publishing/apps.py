from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cityrank.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        # The tables of the last app are there when its signal comes, so one receiver does for all of them.
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="cityrank-after-migrate")


def after_migrate(using: str, plan: list | None = None, **kwargs: Any) -> None:
    """Put the guards back and give the roles their permissions; both are safe to repeat."""
    from cityrank.publishing import guards, roles

    if guards.tables_exist(using):
        guards.install(using)
        roles.ensure_roles(using)
