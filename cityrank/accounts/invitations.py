"""Inviting somebody, taking it back, and accepting it.

The link carries a signed secret behind its `#`, which browsers send to no server: it stands in no log and in no
Referer. The database keeps its hash alone. It works once, for seven days.
"""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import Group, User
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cityrank.accounts.models import Invitation
from cityrank.accounts.people import grantable
from cityrank.publishing.refusals import Refused

HOLDS_FOR = dt.timedelta(days=7)
# A dot, because it stands in no secret and no signature, and needs no escape in an address.
SIGNER = Signer(sep=".", salt="cityrank.accounts.invitation")


@transaction.atomic
def invite(by: User, *, name: str, email: str, roles: list[str]) -> tuple[Invitation, str]:
    """Invite somebody; return the invitation and the secret of its link, which is known only now."""
    _refuse_roles(by, roles)
    email = email.lower()
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this e-mail address already."))
    if Invitation.objects.open().filter(email=email).exists():
        raise Refused(
            _("There is an open invitation for this e-mail address. Give it a new link, or revoke it.")
        )
    token = _new_token()
    invitation = Invitation.objects.create(
        name=name,
        email=email,
        invited_by=by,
        token_hash=_hash(token),
        expires_at=timezone.now() + HOLDS_FOR,
    )
    invitation.roles.set(Group.objects.filter(name__in=roles))
    return invitation, token


@transaction.atomic
def renew(invitation: Invitation, by: User) -> str:
    """Give an invitation a new link for another seven days; the former link is dead. Return the new secret."""
    invitation = _locked(invitation)
    _refuse_roles(by, _roles(invitation))
    if invitation.accepted_at:
        raise Refused(_("This invitation has been accepted."))
    if invitation.revoked_at:
        raise Refused(_("This invitation has been revoked. Write a new one."))
    token = _new_token()
    invitation.token_hash = _hash(token)
    invitation.invited_by, invitation.invited_at = by, timezone.now()
    invitation.expires_at = timezone.now() + HOLDS_FOR
    invitation.mailed_at = None
    invitation.save()
    return token


@transaction.atomic
def revoke(invitation: Invitation, by: User) -> Invitation:
    """Take an invitation back: its link says so from now on."""
    invitation = _locked(invitation)
    if invitation.accepted_at:
        raise Refused(_("This invitation has been accepted; close the account instead."))
    if not invitation.revoked_at:
        invitation.revoked_at, invitation.revoked_by = timezone.now(), by
        invitation.save()
    return invitation


def find(token: str) -> Invitation:
    """Return the invitation that a link is for, if it can be accepted; refuse with the reason if not."""
    try:
        SIGNER.unsign(token)
    except BadSignature:
        raise Refused(_no_invitation()) from None
    return held(_hash(token))


def held(token_hash: str) -> Invitation:
    """Return the invitation of somebody who has shown its link before, and of whom the hash was kept."""
    invitation = Invitation.objects.select_related("invited_by").filter(token_hash=token_hash).first()
    if not invitation:
        raise Refused(_no_invitation())
    _refuse_unless_open(invitation)
    return invitation


def _no_invitation() -> str:
    return _("This link is no invitation. Copy it whole from the message, or ask for a new one.")


@transaction.atomic
def accept(invitation: Invitation, *, username: str, password: str) -> User:
    """Make the account that an invitation is for. The link works this once."""
    shown = invitation.token_hash
    invitation = _locked(invitation)
    if invitation.token_hash != shown:
        raise Refused(_no_invitation())
    _refuse_unless_open(invitation)
    person = User(username=username, email=invitation.email, first_name=invitation.name, is_staff=True)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refused(_("Somebody has this user name already. Choose another one.")) from None
    person.groups.set(invitation.roles.all())
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save()
    return person


def link(token: str, base: str) -> str:
    """Return the address to send; `base` is where the site begins, with scheme and host."""
    return f"{base.rstrip('/')}{reverse('invitation')}#{token}"


def _new_token() -> str:
    return SIGNER.sign(secrets.token_urlsafe(32))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _locked(invitation: Invitation) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",)).select_related("invited_by").get(pk=invitation.pk)
    )


def _roles(invitation: Invitation) -> list[str]:
    return [group.name for group in invitation.roles.all()]


def _refuse_roles(by: User, roles: list[str]) -> None:
    if not roles:
        raise Refused(_("Choose at least one role."))
    if set(roles) - set(grantable(by)):
        raise Refused(_("You may not give this role. A superuser may."))


def _refuse_unless_open(invitation: Invitation) -> None:
    match invitation.state:
        case Invitation.State.ACCEPTED:
            raise Refused(_("This invitation has been used already. Sign in with the account that was made."))
        case Invitation.State.REVOKED:
            raise Refused(_("This invitation has been taken back. Ask for a new one."))
        case Invitation.State.EXPIRED:
            raise Refused(_("This invitation has expired after seven days. Ask for a new one."))
    if set(_roles(invitation)) - set(grantable(invitation.invited_by)):
        raise Refused(_("Whoever invited you may no longer give these roles. Ask for a new invitation."))
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refused(_("There is an account with this e-mail address already."))
