"""Who has had a hand in a release, noted from the history that every edit writes."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

from awards.models import Release, ReleaseContent
from cityrank.publishing.models import Contribution


def note_author(release_id: int, person: AbstractBaseUser | None) -> None:
    """Remember that somebody entered or submitted something of a release; a second time changes nothing.

    Code that writes rows past the history (in bulk, by SQL) calls this itself.
    """
    if person is not None and person.pk is not None:
        note = Contribution(release_id=release_id, person_id=person.pk)
        Contribution.objects.bulk_create([note], ignore_conflicts=True)


def follow_history() -> None:
    post_create_historical_record.connect(_edited, dispatch_uid="cityrank-authors")


def _edited(instance: Model, history_user: Any = None, **kwargs: Any) -> None:
    if history_user is None or not isinstance(instance, ReleaseContent | Release):
        return
    if getattr(instance, "_is_move", False):
        return  # the workflow moved it; nothing of its content was entered
    release_id = _release_id(instance)
    request = getattr(HistoricalRecords.context, "request", None)
    # A save of 150 rows notes its author once. A request that is rolled back is over with its notes.
    noted = request.__dict__.setdefault("cityrank_noted", set()) if request is not None else set()
    if (release_id, history_user.pk) not in noted:
        note_author(release_id, history_user)
        noted.add((release_id, history_user.pk))


def _release_id(instance: ReleaseContent | Release) -> int:
    if isinstance(instance, Release):
        return instance.pk
    return instance.release_id if hasattr(instance, "release_id") else instance.owning_release.pk
