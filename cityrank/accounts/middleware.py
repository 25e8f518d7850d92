"""What is asked of everybody who is signed in."""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cityrank.accounts import second_factor, sessions

Answer = Callable[[HttpRequest], HttpResponse]

BACK_OFFICE = re.compile(r"/(?:[a-z-]+/)?admin/")
# What somebody may do who has yet to set up a second factor: set it up, or leave.
SETTING_UP = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "admin:logout",
    "admin:jsi18n",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
}


def in_back_office(request: HttpRequest) -> bool:
    return bool(BACK_OFFICE.match(request.path_info))


class LastSeen:
    """Keep the list of sessions up to date. The public pages are left alone: they know nobody."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if in_back_office(request) and request.session.session_key and request.user.is_authenticated:
            sessions.see(request)
        return self.get_response(request)


class SecondFactorFirst:
    """Lead whoever lacks a required second factor to setting it up; elsewhere they count as not signed in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.MFA_REQUIRED_FOR and request.session.session_key and not in_back_office(request):
            user = request.user
            request.user = SimpleLazyObject(lambda: AnonymousUser() if _is_held_up(user) else user)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.MFA_REQUIRED_FOR or not in_back_office(request):
            return None
        if (match and match.view_name in SETTING_UP) or not _is_held_up(request.user):
            return None
        sentence = _("Your role requires a second factor. Set one up to go on.")
        if "text/html" not in request.headers.get("Accept", "text/html"):
            return JsonResponse({"detail": sentence}, status=403)
        messages.warning(request, sentence)
        return HttpResponseRedirect(reverse("mfa_index"))


def _is_held_up(user: object) -> bool:
    return bool(getattr(user, "is_authenticated", False)) and second_factor.is_missing(user)  # type: ignore[arg-type]
