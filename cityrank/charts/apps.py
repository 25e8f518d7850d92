from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartsConfig(AppConfig):
    name = "cityrank.charts"
    label = "charts"
    verbose_name = _("Charts")

    def ready(self) -> None:
        from cityrank.charts import keeping

        keeping.connect()
