"""Settings that would otherwise fail silently."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cityrank.accounts.second_factor import SUPERUSER
from cityrank.publishing.roles import ROLES


def refuse_unknown_roles() -> None:
    """A role that is spelled wrong in MFA_REQUIRED_FOR would leave its members unprotected; it stops the start."""
    known = (*ROLES, SUPERUSER)
    unknown = sorted(set(settings.MFA_REQUIRED_FOR) - set(known))
    if unknown:
        raise ImproperlyConfigured(
            f"MFA_REQUIRED_FOR names {', '.join(unknown)}; write some of: {', '.join(known)}."
        )
