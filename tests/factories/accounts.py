"""People."""

import threading
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from awards.models import Award, Release
from cityrank.publishing.mail import THREAD
from cityrank.publishing.models import Assignment
from scores.models import Ranking

BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "a-long-test-password"


def user(role: str, name: str = "") -> object:
    """Return somebody with the rights of one role and no others."""
    person = get_user_model().objects.create_user(name or role, password=PASSWORD, is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    person.backend = BACKEND
    return person


def takes_all(release: Release, name: str = "evaluator") -> None:
    """Assign every part of a draft to somebody who is there already."""
    person = get_user_model().objects.get(username=name)
    parts = [{"part": "rest"}]
    parts += [{"part": "award", "award": award} for award in Award.objects.of_release(release)]
    parts += [{"part": "ranking", "ranking": ranking} for ranking in Ranking.objects.of_release(release)]
    for part in parts:
        Assignment.objects.get_or_create(release=release, person=person, assigned_by=person, **part)


def chief() -> object:
    """Return a superuser."""
    person = get_user_model().objects.create_superuser("chief", "chief@example.org", PASSWORD)
    person.backend = BACKEND
    return person


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sign_in(client: Client, name: str, password: str = PASSWORD) -> HttpResponse:
    """Sign in as people do, by the form."""
    return client.post(reverse("account_login"), {"username": name, "password": password})


def with_app(person: object) -> str:
    """Give somebody an authenticator app with recovery codes; return the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code(secret: str) -> str:
    """Return what the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wait_for_mail() -> None:
    """Wait for the messages that are sent beside an answer."""
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()


def get(name: str) -> object:
    return get_user_model().objects.get(username=name)
