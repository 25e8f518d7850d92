"""Who may do what with the accounts of others, and the things that can be done."""

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cityrank.accounts import sessions
from cityrank.accounts.models import Invitation
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import ACCOUNTS, AUDITOR, EVALUATOR, PUBLISHER, REVIEWER, ROLES, grants

ROLE_LABELS: dict[str, Promise] = {
    EVALUATOR: pgettext_lazy("role", "evaluator"),
    REVIEWER: pgettext_lazy("role", "reviewer"),
    PUBLISHER: pgettext_lazy("role", "publisher"),
    AUDITOR: pgettext_lazy("role", "auditor"),
}


def grantable(by: User) -> list[str]:
    """Return the roles that somebody may give with an invitation.

    Nobody passes on the right to invite: the circle of those who publish and invite grows only by a superuser.
    """
    if not by.is_active or not by.has_perm("accounts.add_invitation"):
        return []
    if by.is_superuser:
        return list(ROLES)
    given = grants()
    return [role for role in ROLES if (ACCOUNTS, "add_invitation") not in given[role]]


def role_names(groups: list[Group]) -> str:
    return ", ".join(str(ROLE_LABELS.get(group.name, group.name)) for group in groups)


def may_manage(by: User, person: User) -> bool:
    """Say whether somebody may end the sessions of another person and close their account."""
    return by.has_perm("accounts.manage_members") and (by.is_superuser or not person.is_superuser)


def end_sessions(person: User, by: User) -> int:
    """End all sessions of somebody; return how many there were."""
    _refuse_unless_managing(person, by)
    return sessions.end_all(person)


@transaction.atomic
def close(person: User, by: User) -> None:
    """Close an account: its sessions end, and what its owner has invited to is taken back."""
    _refuse_unless_managing(person, by)
    if person == by:
        raise Refused(_("You cannot close your own account."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    after_closing(person, by)


def after_closing(person: User, by: User) -> None:
    """What closing an account brings along, however it was closed."""
    from cityrank.accounts.invitations import revoke

    sessions.end_all(person)
    for invitation in Invitation.objects.pending().filter(invited_by=person):
        revoke(invitation, by)


def reopen(person: User, by: User) -> None:
    _refuse_unless_managing(person, by)
    person.is_active = True
    person.save(update_fields=["is_active"])


def _refuse_unless_managing(person: User, by: User) -> None:
    if not may_manage(by, person):
        raise Refused(_("Only a superuser may do this with this account."))
