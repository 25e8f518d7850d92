"""A second factor is set up, asked for, required, and taken away."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cityrank.accounts import second_factor
from cityrank.accounts.checks import refuse_unknown_roles
from cityrank.publishing.refusals import Refused
from tests.factories import accounts

pytestmark = pytest.mark.django_db

JUNK = [
    "",
    "{}",
    "[1]",
    "null",
    "not json",
    '{"id": 1, "response": {}}',
    '{"id": "AQ", "rawId": "AQ", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30"}}',
]
CODE = "mfa_authenticate"


@pytest.fixture
def publisher() -> User:
    return accounts.user("publisher")


@pytest.fixture
def required(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR = ["publisher"]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_app_is_set_up_with_its_first_code_and_gives_recovery_codes_once(publisher: User) -> None:
    client = accounts.signed_in(publisher)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml")
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.context["form"].errors
    assert not second_factor.has_one(publisher)

    codes = client.post(reverse("mfa_activate_totp"), {"code": accounts.code(secret)}, follow=True)
    assert codes.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(codes.context["unused_codes"]) == 10
    assert second_factor.has_one(publisher)
    shown = codes.context["unused_codes"][0]
    assert shown in codes.content.decode()
    assert shown not in client.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_signing_in_asks_for_the_code_of_the_app(publisher: User) -> None:
    secret = accounts.with_app(publisher)
    client = Client()
    assert accounts.sign_in(client, "publisher").headers["Location"] == reverse(CODE)
    assert not is_signed_in(client)
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.post(reverse(CODE), {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    response = client.post(reverse(CODE), {"code": accounts.code(secret)})
    assert response.headers["Location"] == reverse("admin:index")
    assert is_signed_in(client)


def test_a_code_that_was_seen_over_the_shoulder_does_not_work_again(publisher: User) -> None:
    secret = accounts.with_app(publisher)
    code = accounts.code(secret)
    for client, works in ((Client(), True), (Client(), False)):
        accounts.sign_in(client, "publisher")
        client.post(reverse(CODE), {"code": code})
        assert is_signed_in(client) is works


def test_not_even_while_a_slow_clock_would_still_show_it(publisher: User) -> None:
    secret = accounts.with_app(publisher)
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, 0, 1, tzinfo=dt.UTC), tick=False) as clock:
        code = accounts.code(secret)
        for seconds, works in ((0, True), (35, False)):
            clock.shift(seconds)
            client = Client()
            accounts.sign_in(client, "publisher")
            client.post(reverse(CODE), {"code": code})
            assert is_signed_in(client) is works


def test_a_code_of_the_period_before_is_accepted(publisher: User) -> None:
    secret = accounts.with_app(publisher)
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, 0, 1, tzinfo=dt.UTC), tick=False) as clock:
        code = accounts.code(secret)
        clock.shift(35)
        client = Client()
        accounts.sign_in(client, "publisher")
        client.post(reverse(CODE), {"code": code})
        assert is_signed_in(client)


def test_a_recovery_code_works_once(publisher: User) -> None:
    accounts.with_app(publisher)
    codes = Authenticator.objects.get(user=publisher, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    for client, works in ((Client(), True), (Client(), False)):
        accounts.sign_in(client, "publisher")
        client.post(reverse(CODE), {"code": code})
        assert is_signed_in(client) is works


@pytest.mark.parametrize("credential", JUNK)
@pytest.mark.parametrize("name", ["mfa_login_webauthn", CODE])
def test_a_passkey_that_is_none_is_refused_without_an_error_of_the_server(
    publisher: User, credential: str, name: str
) -> None:
    accounts.with_app(publisher)
    client = Client()
    accounts.sign_in(client, "publisher")
    response = client.post(reverse(name), {"credential": credential})
    assert response.status_code in (200, 302)
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", JUNK)
def test_junk_is_not_added_as_a_passkey(publisher: User, credential: str) -> None:
    client = accounts.signed_in(publisher)
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_where_it_is_required_nothing_else_works_until_it_is_set_up(publisher: User, required: None) -> None:
    client = Client()
    accounts.sign_in(client, "publisher")
    for name in ("admin:index", "admin:awards_release_changelist", "usersessions_list"):
        response = client.get(reverse(name))
        assert response.headers["Location"] == reverse("mfa_index"), name
    refused = client.post(reverse("admin:index"), headers={"accept": "application/json"})
    assert refused.status_code == 403
    assert "second factor" in refused.json()["detail"]

    page = client.get(reverse("admin:index"), follow=True)
    assert "Set one up" in page.content.decode()
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": accounts.code(secret)})
    assert client.get(reverse("admin:index")).status_code == 200


def test_without_it_somebody_is_a_stranger_outside_of_the_admin(
    publisher: User, required: None, rf: Any
) -> None:
    from cityrank.accounts.middleware import SecondFactorFirst

    request = rf.get("/editions/")
    client = accounts.signed_in(publisher)
    request.session, request.user = client.session, publisher
    seen = []
    middleware = SecondFactorFirst(lambda request: seen.append(request.user.is_authenticated))
    middleware(request)
    accounts.with_app(publisher)
    request.user = publisher
    middleware(request)
    assert seen == [False, True]


def test_only_the_groups_that_are_named_need_one(publisher: User, required: None) -> None:
    assert accounts.signed_in(accounts.user("reviewer")).get(reverse("admin:index")).status_code == 200
    assert accounts.signed_in(accounts.chief()).get(reverse("admin:index")).status_code == 200


def test_superusers_can_be_named_too(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR = ["superuser"]
    response = accounts.signed_in(accounts.chief()).get(reverse("admin:index"))
    assert response.headers["Location"] == reverse("mfa_index")


def test_a_role_that_does_not_exist_stops_the_start(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR = ["publishers"]
    with pytest.raises(ImproperlyConfigured, match="publishers"):
        refuse_unknown_roles()
    settings.MFA_REQUIRED_FOR = ["publisher", "superuser"]
    refuse_unknown_roles()


def test_the_last_one_stays_where_one_is_required(publisher: User, required: None) -> None:
    accounts.with_app(publisher)
    client = accounts.signed_in(publisher)
    for ask in (client.get, client.post):
        assert "requires a second factor" in ask(reverse("mfa_deactivate_totp")).content.decode()
    assert second_factor.has_one(publisher)


def test_the_last_passkey_stays_where_one_is_required(publisher: User, required: None) -> None:
    data = {"name": "key", "credential": {}}
    keys = [Authenticator.objects.create(user=publisher, type="webauthn", data=data) for _ in range(2)]
    client = accounts.signed_in(publisher)
    remove = [reverse("mfa_remove_webauthn", args=[key.pk]) for key in keys]
    client.post(remove[0])
    said = [str(message) for message in client.get(reverse("mfa_index")).context["messages"]]
    client.post(remove[1])
    said = [str(message) for message in client.get(reverse("mfa_index")).context["messages"]]
    assert said == ["Your role requires a second factor. Set up another one first, then remove this one."]
    assert list(Authenticator.objects.filter(type="webauthn")) == [keys[1]]


def test_where_none_is_required_it_can_be_given_up(publisher: User) -> None:
    accounts.with_app(publisher)
    accounts.signed_in(publisher).post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_changing_it_asks_for_the_password_again_some_time_after_signing_in(publisher: User) -> None:
    client = accounts.signed_in(publisher)
    session = client.session
    session["cityrank_signed_in_at"] = 0
    session.save()
    response = client.get(reverse("mfa_activate_totp"))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    confirm = {"password": accounts.PASSWORD, "next": reverse("mfa_activate_totp")}
    client.post(reverse("account_reauthenticate"), confirm)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_nobody_touches_the_key_of_another(publisher: User) -> None:
    data = {"name": "key", "credential": {}}
    key = Authenticator.objects.create(user=publisher, type="webauthn", data=data)
    other = accounts.signed_in(accounts.user("reviewer"))
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert other.post(reverse(name, args=[key.pk]), {"name": "mine"}).status_code == 404


def test_a_superuser_frees_somebody_who_has_lost_the_telephone(publisher: User) -> None:
    accounts.with_app(publisher)
    act = reverse("admin:auth_user_act", args=[publisher.pk])
    accounts.signed_in(accounts.chief()).post(act, {"action": "remove_second_factors"})
    assert accounts.sign_in(Client(), "publisher").headers["Location"] == reverse("admin:index")
    with pytest.raises(Refused):
        second_factor.remove_all(accounts.user("reviewer"), publisher)


def test_a_required_second_factor_costs_two_queries_a_page(publisher: User, settings: Any) -> None:
    accounts.with_app(publisher)
    client = accounts.signed_in(publisher)
    client.get(reverse("admin:awards_line_changelist"))
    with CaptureQueriesContext(connection) as without:
        client.get(reverse("admin:awards_line_changelist"))
    settings.MFA_REQUIRED_FOR = ["publisher"]
    with CaptureQueriesContext(connection) as needed:
        client.get(reverse("admin:awards_line_changelist"))
    assert len(needed) - len(without) <= 2
