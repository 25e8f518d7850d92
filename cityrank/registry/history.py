"""simple-history listens to the concrete class only; a Place saved as City or Town must leave a trace too."""

from django.db.models.signals import post_delete, post_save, pre_delete

from cityrank.registry.models import PLACE_HISTORY, City, Place, Town


def follow_proxies() -> None:
    for proxy in (City, Town):
        proxy._meta.simple_history_manager_attribute = Place._meta.simple_history_manager_attribute  # type: ignore[attr-defined, union-attr]
        post_save.connect(
            PLACE_HISTORY.post_save, sender=proxy, weak=False, dispatch_uid=f"history-save-{proxy.__name__}"
        )
        pre_delete.connect(
            PLACE_HISTORY.pre_delete, sender=proxy, weak=False, dispatch_uid=f"history-pre-{proxy.__name__}"
        )
        post_delete.connect(
            PLACE_HISTORY.post_delete, sender=proxy, weak=False, dispatch_uid=f"history-post-{proxy.__name__}"
        )
