from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "cityrank.registry"
    label = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from cityrank.registry import history
        from cityrank.registry.searching import checks, following

        history.follow_proxies()
        following.follow()
        checks.register_checks()
