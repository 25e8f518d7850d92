"""A forgotten password is set anew by a link in an e-mail, and nobody learns who has an account."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse

from tests.factories import accounts

pytestmark = pytest.mark.django_db

NEW = {"password1": "willow-harbour-9", "password2": "willow-harbour-9"}


@pytest.fixture
def person() -> User:
    person = accounts.user("evaluator")
    person.email = "li@example.org"
    person.save()
    return person


def ask(email: str, client: Client | None = None) -> Any:
    response = (client or Client()).post(reverse("account_reset_password"), {"email": email}, follow=True)
    accounts.wait_for_mail()
    return response


def address() -> str:
    return re.search(r"https?://\S+", mail.outbox[0].body)[0]


def test_the_link_of_the_message_sets_a_new_password_and_ends_all_sessions(person: User) -> None:
    desk = Client()
    accounts.sign_in(desk, "evaluator")
    ask("LI@example.org")
    assert mail.outbox[0].to == ["li@example.org"]
    client = Client()
    page = client.get(address(), follow=True)
    assert page.redirect_chain[-1][0].endswith("-set-password/")
    assert "12" in page.context["form"].fields["password1"].help_text
    done = client.post(page.request["PATH_INFO"], NEW, follow=True)
    assert done.redirect_chain[-1][0] == reverse("account_reset_password_from_key_done")
    assert accounts.sign_in(Client(), "evaluator", NEW["password1"]).status_code == 302
    assert desk.get(reverse("admin:index")).status_code == 302
    again = Client().get(address(), follow=True)
    assert "form" not in again.context or "token_fail" in again.context


def test_the_link_begins_at_the_public_address_of_the_site(person: User, settings: Any) -> None:
    settings.SITE_URL = "https://cityrank.example"
    ask("li@example.org")
    assert address().startswith("https://cityrank.example/en/admin/account/password/reset/")


def test_a_new_password_lifts_the_lock(person: User) -> None:
    for _ in range(8):
        accounts.sign_in(Client(), "evaluator", "wrong-password-1")
    ask("li@example.org")
    client = Client()
    page = client.get(address(), follow=True)
    client.post(page.request["PATH_INFO"], NEW)
    assert accounts.sign_in(Client(), "evaluator", NEW["password1"]).status_code == 302


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(person: User) -> None:
    pages = [ask(email) for email in ("li@example.org", "nobody@example.org")]
    texts = [re.sub(r'value="[^"]{64}"', "", page.content.decode()) for page in pages]
    assert texts[0] == texts[1]
    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_message(person: User) -> None:
    person.is_active = False
    person.save()
    ask("li@example.org")
    assert mail.outbox == []


def test_asking_again_and_again_is_refused(person: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "2/m/key"}
    answers = [ask("li@example.org").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert len(mail.outbox) == 2


def test_a_mail_server_that_fails_is_not_noticed_from_outside(person: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{Broken.__name__}"
    assert ask("li@example.org").status_code == 200


class Broken(BaseEmailBackend):
    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError


def test_a_second_factor_is_asked_for_after_the_new_password(person: User) -> None:
    accounts.with_app(person)
    ask("li@example.org")
    client = Client()
    page = client.get(address(), follow=True)
    client.post(page.request["PATH_INFO"], NEW)
    answer = accounts.sign_in(client, "evaluator", NEW["password1"])
    assert answer.headers["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"oldpassword": "wrong"}, "oldpassword"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "something-else-4"}, "password2"),
    ],
)
def test_a_password_is_changed_by_who_knows_the_old_one_and_keeps_the_rules(
    person: User, typed: dict, field: str
) -> None:
    client = accounts.signed_in(person)
    page = client.post(reverse("account_change_password"), {"oldpassword": accounts.PASSWORD, **NEW} | typed)
    assert list(page.context["form"].errors) == [field]
    assert client.get(reverse("admin:password_change")).headers["Location"] == reverse(
        "account_change_password"
    )
