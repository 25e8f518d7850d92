"""Who needs a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cityrank.publishing.refusals import Refused

# Recovery codes stand in for one of these and are none themselves.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# In MFA_REQUIRED_FOR, stands beside the names of groups.
SUPERUSER = "superuser"


def with_second_factor(people: "QuerySet[User]") -> "QuerySet[User]":
    """Add `has_second_factor` to each."""
    held = Authenticator.objects.filter(user=OuterRef("pk"), type__in=KINDS)
    return people.annotate(has_second_factor=Exists(held))


def is_required(user: User) -> bool:
    wanted = settings.MFA_REQUIRED_FOR
    if not wanted:
        return False
    return (user.is_superuser and SUPERUSER in wanted) or user.groups.filter(name__in=wanted).exists()


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=KINDS).exists()


def is_missing(user: User) -> bool:
    """Say whether somebody has to set one up before anything else."""
    return is_required(user) and not has_one(user)


def may_remove(authenticator: Authenticator) -> bool:
    """The last one stays where one is required; recovery codes can always be replaced."""
    if authenticator.type not in KINDS:
        return True
    others = Authenticator.objects.filter(user=authenticator.user, type__in=KINDS).exclude(
        pk=authenticator.pk
    )
    return others.exists() or not is_required(authenticator.user)


def why_not() -> str:
    return _("Your role requires a second factor. Set up another one first, then remove this one.")


def remove_all(person: User, by: User) -> None:
    """Take all second factors from somebody who has lost them; they set up new ones after signing in."""
    if not by.is_superuser:
        raise Refused(_("Only a superuser may do this with this account."))
    Authenticator.objects.filter(user=person).delete()
