"""What django-allauth asks the project to decide."""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cityrank.accounts import second_factor
from cityrank.accounts.devices import client_address, describe
from cityrank.publishing import mail

# Signing in proves who somebody is for as long as typing the password again does.
FRESH_FOR = 300
SIGNED_IN_AT = "cityrank_signed_in_at"
CONFIRM_BY = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code of the app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_reauthentication_required(self, *, app: str) -> bool:
        signed_in_at = self.request.session.get(SIGNED_IN_AT, 0)
        if time.time() - signed_in_at < FRESH_FOR:
            return False
        return bool(super().is_reauthentication_required(app=app))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Name the ways of proving oneself by the words of the other pages."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = CONFIRM_BY.get(method["id"], method["description"])
        return methods

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Begin the link at the public address of the site, where one is set."""
        address: str = super().get_reset_password_from_key_url(key)
        return f"{settings.SITE_URL}{urlsplit(address).path}" if settings.SITE_URL else address

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        values = {"request": self.request, "email": email, "current_site": Site(self.request)} | context
        # How long a mail server takes would tell whether an address has an account.
        mail.send_aside([self.render_mail(template_prefix, email, values)])


class Site:
    """The name that the letters of allauth begin with."""

    name = "CityRank"

    def __init__(self, request: HttpRequest) -> None:
        self.domain = request.get_host()


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def _get_user_identifier(self, user: User) -> str:
        return user.get_username()

    def _get_site_name(self) -> str:
        return "CityRank"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        return describe(context.request.META.get("HTTP_USER_AGENT", ""))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factor.may_remove(authenticator)

    def validation_error(self, code: str, *args: Any) -> Any:
        error = super().validation_error(code, *args)
        if code == "cannot_delete_authenticator":
            error.message = second_factor.why_not()
        return error
