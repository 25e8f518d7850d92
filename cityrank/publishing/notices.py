"""E-mail to the person concerned: work given or sent back, a release submitted, returned, approved or scheduled.

Sent after the commit and beside the answer, so that no mail server keeps anybody from saving.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse

from cityrank.publishing import mail
from cityrank.publishing.models import Assignment, Move
from cityrank.publishing.moves import BY_ACTION
from cityrank.publishing.signals import assignments_changed, moved


def connect() -> None:
    moved.connect(tell_of_move, dispatch_uid="cityrank-mail-moves")
    assignments_changed.connect(tell_of_assignments, dispatch_uid="cityrank-mail-assignments")


def tell_of_move(move: Move, **kwargs: Any) -> None:
    """Write to those whom a move of a release concerns, but not to who made it."""
    people = _concerned(move).filter(is_active=True).exclude(email="").distinct()
    if move.by_id:
        people = people.exclude(pk=move.by_id)
    context = {"move": move, "release": move.release, "action": BY_ACTION[move.action].label}
    _send("move", people, context, reverse("admin:awards_release_change", args=[move.release_id]))


def _concerned(move: Move) -> Any:
    release, people = move.release, User.objects.all()
    assigned = Q(assignments__release=release)
    submitters = Move.objects.filter(release=release, action="submit").values("by")
    match move.action:
        case "submit":
            return _with_right(people, "review_release")
        case "return":
            return people.filter(assigned | Q(pk__in=submitters))
        case "approve":
            return people.filter(Q(pk__in=submitters) | Q(pk__in=_with_right(people, "publish_release")))
        case "schedule" | "unschedule" | "publish" | "settle" | "withdraw" | "discard":
            return people.filter(assigned | Q(pk__in=submitters))
    return people.none()


def _with_right(people: Any, codename: str) -> Any:
    right = Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename)
    return people.filter(right).distinct()


def tell_of_assignments(assignments: Sequence[Assignment], what: str, **kwargs: Any) -> None:
    """Write to whoever was given something or had it sent back; of what is done, to who assigned it.

    All of them are of one person and one release: who is given twenty tables gets one message.
    """
    first = assignments[0]
    person, by = first.person, first.assigned_by
    if what == "done":
        person, by = by, person
    if what == "returned":
        by = first.returned_by or by
    if person != by and person.email and person.is_active:
        context = {"assignments": assignments, "what": what, "by": by, "release": first.release}
        _send("assignment", [person], context, reverse("admin:awards_release_work", args=[first.release_id]))


def _send(template: str, people: Iterable[User], context: dict[str, Any], address: str) -> None:
    values = context | {"address": f"{settings.SITE_URL}{address}"}
    mail.send_aside([_message(template, person, values) for person in people])


def _message(template: str, person: User, values: dict[str, Any]) -> EmailMessage:
    return mail.written(template, person.email, lambda: values | {"person": person})
