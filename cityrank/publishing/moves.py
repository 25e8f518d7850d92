"""The one table of a release's moves: from which status to which, who may, and whether a reason is asked for.

The workflow, the guards of the database, the buttons of the admin and the drawing in the documentation all read it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Release

Status = Release.Status


@dataclass(frozen=True)
class Transition:
    """`permission` is empty where only a program moves, as part of something else or when an hour has come."""

    action: str
    label: Promise
    sources: tuple[str, ...]
    target: str
    permission: str = ""
    needs_reason: bool = False


TRANSITIONS = (
    Transition("start", _("start"), (), Status.DRAFT, "awards.coordinate_release"),
    Transition("correct", _("correct"), (), Status.DRAFT, "awards.coordinate_release"),
    Transition("submit", _("submit"), (Status.DRAFT,), Status.IN_REVIEW, "awards.submit_release"),
    Transition(
        "return",
        _("return"),
        (Status.IN_REVIEW, Status.APPROVED),
        Status.DRAFT,
        "awards.review_release",
        needs_reason=True,
    ),
    Transition("approve", _("approve"), (Status.IN_REVIEW,), Status.APPROVED, "awards.review_release"),
    Transition("schedule", _("schedule"), (Status.APPROVED,), Status.SCHEDULED, "awards.publish_release"),
    Transition(
        "unschedule",
        _("take off the schedule"),
        (Status.SCHEDULED,),
        Status.APPROVED,
        "awards.publish_release",
    ),
    Transition(
        "publish",
        _("publish"),
        (Status.APPROVED, Status.SCHEDULED),
        Status.PUBLISHED,
        "awards.publish_release",
    ),
    Transition("settle", _("published at its hour"), (Status.SCHEDULED,), Status.PUBLISHED),
    Transition("supersede", _("superseded"), (Status.PUBLISHED,), Status.SUPERSEDED),
    Transition(
        "withdraw",
        _("withdraw"),
        (Status.PUBLISHED, Status.SUPERSEDED),
        Status.WITHDRAWN,
        "awards.publish_release",
        needs_reason=True,
    ),
    Transition(
        "discard",
        _("discard"),
        (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED),
        Status.DISCARDED,
        "awards.coordinate_release",
        needs_reason=True,
    ),
)
BY_ACTION = {transition.action: transition for transition in TRANSITIONS}


def targets(status: str) -> tuple[str, ...]:
    """Return the statuses that a release may move to from `status`."""
    return tuple(dict.fromkeys(move.target for move in TRANSITIONS if status in move.sources))
