"""Keys follow what they are made of: a subject or one of its other names that is saved or deleted."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from cityrank.registry.models import Alias, App, City, Organisation, Place, Subject, Town
from cityrank.registry.searching.writing import write_keys

_SUBJECTS = (Subject, Place, City, Town, Organisation, App)


def follow() -> None:
    for model in _SUBJECTS:
        post_save.connect(
            _subject_saved, sender=model, weak=False, dispatch_uid=f"search-keys-{model.__name__}"
        )
    post_save.connect(_alias_saved, sender=Alias, weak=False, dispatch_uid="search-keys-alias-saved")
    post_delete.connect(_alias_deleted, sender=Alias, weak=False, dispatch_uid="search-keys-alias-deleted")


def _subject_saved(instance: Subject, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # A fixture brings its own keys.
    if not raw:
        write_keys(instance, is_new=created)


def _alias_saved(instance: Alias, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        write_keys(instance.subject)


def _alias_deleted(instance: Alias, origin: Any = None, **kwargs: Any) -> None:
    # Other names that go along with their subject need nothing: its keys go too.
    subject = Subject.objects.filter(pk=instance.subject_id).select_related("place").first()
    if subject is not None and not isinstance(origin, Subject):
        write_keys(subject)
