"""E-mail of the accounts."""

from typing import Any

from django.utils import timezone

from cityrank.accounts.models import Invitation
from cityrank.accounts.people import role_names
from cityrank.publishing import mail


def send_invitation(invitation: Invitation, address: str) -> bool:
    """Write to the invited; say whether it went out."""

    def values() -> dict[str, Any]:
        return {
            "invitation": invitation,
            "roles": role_names(list(invitation.roles.all())),
            "inviter": invitation.invited_by.get_full_name() or invitation.invited_by.get_username(),
            "address": address,
        }

    sent = mail.send([mail.written("invitation", invitation.email, values)])
    if sent:
        Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
    return sent
