"""Somebody is invited, and joins by the link; nobody else does."""

import datetime as dt
import logging
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cityrank.accounts.invitations import accept, find, invite, renew, revoke
from cityrank.accounts.models import Invitation
from cityrank.publishing.refusals import Refused
from tests.factories import accounts

pytestmark = pytest.mark.django_db

CHOSEN = {"username": "lixiao", "password1": "willow-harbour-9", "password2": "willow-harbour-9"}


@pytest.fixture
def publisher() -> User:
    return accounts.user("publisher")


def to_evaluator(by: User, email: str = "li@example.org") -> tuple[Invitation, str]:
    return invite(by, name="李晓", email=email, roles=["evaluator"])


def show(token: str, client: Client | None = None) -> Any:
    """Send the secret of a link, as the script of the page does."""
    return (client or Client()).post(reverse("invitation"), {"token": token}, follow=True)


def sentence(response: Any) -> str:
    return " ".join(re.findall(r'role="alert">\s*([^<]+?)\s*<', response.content.decode()))


def test_an_invitation_becomes_an_account_with_the_roles_it_names(publisher: User) -> None:
    client = accounts.signed_in(publisher)
    form = {"name": "李晓", "email": "Li@Example.org", "roles": ["evaluator", "auditor"]}
    page = client.post(reverse("admin:accounts_invitation_add"), form)
    address = page.context["address"]
    assert address in page.content.decode()
    assert address in mail.outbox[0].body
    assert mail.outbox[0].to == ["li@example.org"]

    guest = Client()
    page = show(urlsplit(address).fragment, guest)
    assert "李晓" in page.content.decode()
    page = guest.post(reverse("invitation_accept"), CHOSEN, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_login")
    person = User.objects.get(username="lixiao")
    assert {group.name for group in person.groups.all()} == {"evaluator", "auditor"}
    assert (person.is_staff, person.is_superuser, person.email) == (True, False, "li@example.org")
    assert accounts.sign_in(Client(), "lixiao", "willow-harbour-9").headers["Location"] == "/en/admin/"
    assert Invitation.objects.get().accepted_by == person


def test_the_secret_reaches_neither_the_server_in_an_address_nor_the_database_nor_a_log(
    publisher: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = accounts.signed_in(publisher)
    form = {"name": "李晓", "email": "li@example.org", "roles": ["evaluator"]}
    address = client.post(reverse("admin:accounts_invitation_add"), form).context["address"]
    parts = urlsplit(address)
    secret = parts.fragment
    assert secret
    assert secret not in parts.path + parts.query

    guest = Client()
    page = show(secret, guest)
    guest.post(reverse("invitation_accept"), CHOSEN)
    assert secret not in page.request["PATH_INFO"]
    assert secret not in str(dict(guest.session))
    assert secret not in caplog.text
    assert secret not in str(Invitation.objects.values())


def test_the_pages_of_an_invitation_are_not_indexed_not_kept_and_tell_no_other_site_where_one_was() -> None:
    headers = Client().get(reverse("invitation")).headers
    assert "noindex" in headers["X-Robots-Tag"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert (
        "'unsafe-inline'"
        not in headers["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    )


def test_a_link_works_once_and_says_so_the_second_time(publisher: User) -> None:
    _invitation, token = to_evaluator(publisher)
    accept(find(token), username="lixiao", password="willow-harbour-9")
    page = show(token)
    assert page.status_code == 410
    assert sentence(page) == "This invitation has been used already. Sign in with the account that was made."
    assert User.objects.filter(email="li@example.org").count() == 1


def test_two_windows_with_the_same_invitation_make_one_account(publisher: User) -> None:
    _invitation, token = to_evaluator(publisher)
    first, second = Client(), Client()
    for client in (first, second):
        show(token, client)
    assert first.post(reverse("invitation_accept"), CHOSEN).status_code == 302
    page = second.post(reverse("invitation_accept"), CHOSEN | {"username": "other"})
    assert page.status_code == 410
    assert "used already" in sentence(page)
    assert not User.objects.filter(username="other").exists()


def test_a_link_dies_after_seven_days(publisher: User) -> None:
    _invitation, token = to_evaluator(publisher)
    with time_machine.travel(timezone.now() + dt.timedelta(days=6, hours=23), tick=False):
        assert find(token)
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1), tick=False):
        assert "expired" in sentence(show(token))


def test_a_link_dies_when_it_is_taken_back_also_for_who_has_opened_it(publisher: User) -> None:
    invitation, token = to_evaluator(publisher)
    guest = Client()
    show(token, guest)
    act = reverse("admin:accounts_invitation_act", args=[invitation.pk])
    accounts.signed_in(publisher).post(act, {"action": "revoke"})
    assert "taken back" in sentence(guest.post(reverse("invitation_accept"), CHOSEN))
    assert "taken back" in sentence(show(token))
    assert Invitation.objects.get().revoked_by == publisher


def test_a_new_link_ends_the_former_one(publisher: User) -> None:
    invitation, token = to_evaluator(publisher)
    act = reverse("admin:accounts_invitation_act", args=[invitation.pk])
    page = accounts.signed_in(publisher).post(act, {"action": "renew"})
    fresh = urlsplit(page.context["address"]).fragment
    assert "no invitation" in sentence(show(token))
    assert show(fresh).status_code == 200
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("token", ["nonsense", "a.b", "x" * 500, "￿.\x00"])
def test_whoever_guesses_learns_nothing(publisher: User, token: str) -> None:
    _invitation, real = to_evaluator(publisher)
    tampered = real[:-2] + ("aa" if real[-2:] != "aa" else "bb")
    said = {sentence(show(guess)) for guess in ("nonsense", tampered)}
    assert len(said) == 1
    assert "no invitation" in said.pop()
    assert show(token).status_code in (200, 410)


def test_the_whole_link_may_be_pasted(publisher: User) -> None:
    _invitation, token = to_evaluator(publisher)
    assert "李晓" in show(f" https://cityrank.example/admin/account/invitation/#{token} ").content.decode()


def test_a_mail_server_that_fails_is_said_and_the_link_is_there_all_the_same(
    publisher: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{Broken.__name__}"
    form = {"name": "李晓", "email": "li@example.org", "roles": ["evaluator"]}
    page = accounts.signed_in(publisher).post(reverse("admin:accounts_invitation_add"), form)
    assert "could not be sent" in sentence(page)
    assert show(urlsplit(page.context["address"]).fragment).status_code == 200
    assert Invitation.objects.get().mailed_at is None


class Broken(BaseEmailBackend):
    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "123456789012", "password2": "123456789012"}, "password1"),
        ({"password1": "li@example.org", "password2": "li@example.org"}, "password1"),
        ({"password2": "something-else-4"}, "password2"),
        ({"username": "Publisher"}, "username"),
        ({"username": "two words"}, "username"),
    ],
)
def test_what_cannot_be_chosen_is_said_at_its_field_and_the_invitation_stays(
    publisher: User, chosen: dict, field: str
) -> None:
    _invitation, token = to_evaluator(publisher)
    guest = Client()
    show(token, guest)
    page = guest.post(reverse("invitation_accept"), CHOSEN | chosen)
    assert list(page.context["form"].errors) == [field]
    assert guest.post(reverse("invitation_accept"), CHOSEN).status_code == 302


def test_the_rules_for_a_password_stand_on_the_form(publisher: User) -> None:
    _invitation, token = to_evaluator(publisher)
    assert "12" in show(token).context["form"].fields["password1"].help_text


def test_a_publisher_does_not_pass_on_the_right_to_invite_and_a_superuser_does(publisher: User) -> None:
    client = accounts.signed_in(publisher)
    form = {"name": "王", "email": "wang@example.org", "roles": ["publisher"]}
    page = client.post(reverse("admin:accounts_invitation_add"), form)
    assert "roles" in page.context["form"].errors
    with pytest.raises(Refused, match="may not give"):
        invite(publisher, name="王", email="wang@example.org", roles=["publisher"])
    assert invite(accounts.chief(), name="王", email="wang@example.org", roles=["publisher"])


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "auditor"])
def test_nobody_else_invites(role: str, publisher: User) -> None:
    invitation, _token = to_evaluator(publisher)
    client = accounts.signed_in(accounts.user(role))
    assert client.get(reverse("admin:accounts_invitation_add")).status_code == 403
    act = reverse("admin:accounts_invitation_act", args=[invitation.pk])
    assert client.post(act, {"action": "revoke"}).status_code == 403
    with pytest.raises(Refused):
        invite(User.objects.get(username=role), name="x", email="x@example.org", roles=["evaluator"])


def test_an_invitation_dies_with_the_right_of_who_wrote_it(publisher: User) -> None:
    _invitation, token = to_evaluator(publisher)
    publisher.groups.clear()
    assert "no longer" in sentence(show(token))


def test_an_address_is_invited_once_and_not_when_it_has_an_account(publisher: User) -> None:
    to_evaluator(publisher)
    with pytest.raises(Refused, match="open invitation"):
        to_evaluator(publisher, "LI@example.org")
    User.objects.create_user("wang", "Wang@example.org", "x")
    with pytest.raises(Refused, match="an account"):
        to_evaluator(publisher, "wang@example.org")


def test_the_list_shows_how_every_invitation_stands_and_by_whom(publisher: User) -> None:
    accepted, token = to_evaluator(publisher, "accepted@example.org")
    accept(find(token), username="lixiao", password="willow-harbour-9")
    revoked, _token = to_evaluator(publisher, "revoked@example.org")
    revoke(revoked, publisher)
    expired, _token = to_evaluator(publisher, "expired@example.org")
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    to_evaluator(publisher, "open@example.org")

    auditor = accounts.signed_in(accounts.user("auditor"))
    for state in Invitation.State.values:
        page = auditor.get(reverse("admin:accounts_invitation_changelist"), {"state": state})
        assert [row.email for row in page.context["cl"].result_list] == [f"{state}@example.org"]
    everything = auditor.get(reverse("admin:accounts_invitation_changelist")).content.decode()
    assert "lixiao" in everything
    one = auditor.get(reverse("admin:accounts_invitation_change", args=[accepted.pk]))
    assert one.status_code == 200
    assert 'value="renew"' not in one.content.decode()


def test_what_has_ended_is_neither_renewed_nor_revoked(publisher: User) -> None:
    invitation, token = to_evaluator(publisher)
    accept(find(token), username="lixiao", password="willow-harbour-9")
    for action in (renew, revoke):
        with pytest.raises(Refused, match="has been accepted"):
            action(invitation, publisher)


def test_the_list_of_invitations_costs_the_same_for_one_row_and_for_three(
    publisher: User, django_assert_max_num_queries: Any
) -> None:
    client = accounts.signed_in(publisher)
    counts = []
    for count in (1, 2):
        for number in range(count):
            to_evaluator(publisher, f"{count}-{number}@example.org")
        with django_assert_max_num_queries(30) as queries:
            client.get(reverse("admin:accounts_invitation_changelist"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
