"""What somebody is told after too many failures, and how they are let in again."""

import math

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityrank.accounts.admin_frame import framed
from cityrank.accounts.devices import client_address
from cityrank.publishing.refusals import Refused

STATUS = 429


def answer(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """Say that a name is locked at this address, and for how long. django-axes calls it."""
    sentence = locked(get_client_username(request, credentials), client_address(request))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"detail": sentence}, status=STATUS)

    @framed
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "account/locked.html", {"sentence": sentence}, status=STATUS)

    shown: HttpResponse = page(request)
    return shown


def locked(username: str | None, address: str) -> str:
    minutes = minutes_left(username, address)
    return ngettext(
        "Too many failed attempts to sign in. Try again in %(minutes)s minute.",
        "Too many failed attempts to sign in. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def minutes_left(username: str | None, address: str) -> int:
    pause = get_cool_off()
    attempts = AccessAttempt.objects.filter(username=username, ip_address=address)
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return max(1, math.ceil((last + pause - timezone.now()).total_seconds() / 60))


def refuse_if_locked(request: HttpRequest, username: str) -> None:
    """The second step of a sign-in obeys the same lock as the first."""
    if not AxesProxyHandler.is_allowed(request, {"username": username}):
        raise ValidationError(locked(username, client_address(request)))


def lift(person: User, by: User) -> int:
    """Let somebody in again; return how many counters of failures were cleared."""
    if not by.is_superuser:
        raise Refused(_("Only a superuser may do this with this account."))
    return int(reset(username=person.get_username()))
