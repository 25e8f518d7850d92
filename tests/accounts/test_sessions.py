"""One's sessions are listed and ended; so are those of others, by who may."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from axes.models import AccessLog
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cityrank.accounts import people
from cityrank.accounts.invitations import invite
from cityrank.accounts.models import Invitation
from cityrank.publishing.refusals import Refused
from tests.factories import accounts

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"


@pytest.fixture
def person() -> User:
    return accounts.user("evaluator")


def device(agent: str, name: str = "evaluator") -> Client:
    client = Client(headers={"user-agent": agent})
    assert accounts.sign_in(client, name).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def lines(client: Client) -> list:
    return client.get(reverse("usersessions_list")).context["lines"]


def test_the_list_shows_device_address_and_times_and_marks_the_present_one(person: User) -> None:
    desk, phone = device(FIREFOX), device(IPHONE)
    assert [(line.device, line.is_current) for line in lines(desk)] == [
        ("Firefox, Linux", True),
        ("Safari, iPhone", False),
    ]
    assert lines(phone)[0].device == "Safari, iPhone"
    assert {line.row.ip for line in lines(desk)} == {"127.0.0.1"}


def test_last_seen_follows_to_the_minute_from_where_the_session_is_used(person: User) -> None:
    client = device(FIREFOX)
    later = timezone.now() + dt.timedelta(minutes=5)
    cache.clear()  # as a minute later
    with time_machine.travel(later, tick=False):
        client.get(reverse("admin:index"), REMOTE_ADDR="203.0.113.9")
    row = UserSession.objects.get()
    assert (row.ip, row.last_seen_at) == ("203.0.113.9", later)
    assert row.created_at < later


def test_one_session_is_ended_and_the_present_one_goes_on(person: User) -> None:
    desk, phone = device(FIREFOX), device(IPHONE)
    other = lines(desk)[1].row
    desk.post(reverse("usersessions_list"), {"session": other.pk})
    assert is_in(desk)
    assert not is_in(phone)
    assert len(lines(desk)) == 1


def test_all_others_are_ended_at_once_and_the_log_says_when(person: User) -> None:
    desk, *others = [device(FIREFOX), device(IPHONE), device("curl/8")]
    page = desk.post(reverse("usersessions_list"), {"session": "others"}, follow=True)
    assert "2 other sessions were ended" in page.content.decode()
    assert is_in(desk)
    assert not any(is_in(client) for client in others)
    assert AccessLog.objects.filter(username="evaluator", logout_time=None).count() == 1


def test_nobody_ends_the_session_of_another_here(person: User) -> None:
    desk = device(FIREFOX)
    accounts.user("reviewer")
    stranger = device(IPHONE, "reviewer")
    for asked in (UserSession.objects.get(user=person).pk, "x", "9" * 30, ""):
        assert stranger.post(reverse("usersessions_list"), {"session": asked}).status_code == 302
    assert is_in(desk)
    assert Client().get(reverse("usersessions_list")).status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(person: User) -> None:
    desk, phone = device(FIREFOX), device(IPHONE)
    began = UserSession.objects.get(user_agent=FIREFOX).created_at
    new = {"oldpassword": accounts.PASSWORD, "password1": "willow-harbour-9", "password2": "willow-harbour-9"}
    desk.post(reverse("account_change_password"), new)
    assert is_in(desk)
    assert not is_in(phone)
    assert [(line.row.created_at, line.is_current) for line in lines(desk)] == [(began, True)]
    desk.post(reverse("admin:logout"))
    assert not AccessLog.objects.filter(username="evaluator", logout_time=None).exists()


def test_a_session_that_has_died_is_not_listed(person: User) -> None:
    desk, phone = device(FIREFOX), device(IPHONE)
    phone.session.flush()
    assert len(lines(desk)) == 1


def test_a_publisher_ends_all_sessions_of_somebody_but_not_those_of_a_superuser(person: User) -> None:
    desk, phone = device(FIREFOX), device(IPHONE)
    boss = accounts.chief()
    throne = device(FIREFOX, "chief")
    publisher = accounts.signed_in(accounts.user("publisher"))
    for one in (person, boss):
        publisher.post(reverse("admin:auth_user_act", args=[one.pk]), {"action": "end_sessions"})
    assert not is_in(desk)
    assert not is_in(phone)
    assert is_in(throne)


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "auditor"])
def test_nobody_else_does(person: User, role: str) -> None:
    desk = device(FIREFOX)
    other = accounts.user(role, "other")
    accounts.signed_in(other).post(
        reverse("admin:auth_user_act", args=[person.pk]), {"action": "end_sessions"}
    )
    assert is_in(desk)
    with pytest.raises(Refused):
        people.close(person, other)


def test_closing_an_account_ends_its_sessions_for_good_and_takes_its_invitations_back() -> None:
    leaving = accounts.user("publisher", "leaving")
    desk = device(FIREFOX, "leaving")
    invitation, _token = invite(leaving, name="李", email="li@example.org", roles=["evaluator"])
    publisher = accounts.signed_in(accounts.user("publisher"))
    act = reverse("admin:auth_user_act", args=[leaving.pk])
    publisher.post(act, {"action": "close"})
    assert not is_in(desk)
    assert accounts.sign_in(Client(), "leaving").headers.get("Location") != reverse("admin:index")
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.REVOKED
    publisher.post(act, {"action": "reopen"})
    assert not is_in(desk)
    assert accounts.sign_in(Client(), "leaving").headers["Location"] == reverse("admin:index")


def test_a_superuser_who_unticks_active_closes_the_account_as_well(person: User) -> None:
    desk = device(FIREFOX)
    boss = accounts.signed_in(accounts.chief())
    address = reverse("admin:auth_user_change", args=[person.pk])
    form = boss.get(address).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in ("username", "first_name", "last_name", "email")}
    data |= {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00", "is_staff": "on"}
    assert boss.post(address, data).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert not UserSession.objects.filter(user=person).exists()
    assert not is_in(desk)


def test_nobody_closes_their_own_account_by_mistake() -> None:
    publisher = accounts.user("publisher")
    with pytest.raises(Refused, match="your own"):
        people.close(publisher, publisher)


def test_the_list_costs_the_same_for_one_session_and_for_three(person: User) -> None:
    desk = device(FIREFOX)
    lines(desk)
    with CaptureQueriesContext(connection) as one:
        lines(desk)
    device(IPHONE)
    device("curl/8")
    with CaptureQueriesContext(connection) as three:
        assert len(lines(desk)) == 3
    assert len(one) == len(three)


def test_the_list_of_people_costs_the_same_for_one_row_and_for_three(person: User) -> None:
    boss = accounts.signed_in(accounts.chief())
    address = reverse("admin:auth_user_changelist")
    boss.get(address)
    with CaptureQueriesContext(connection) as few:
        boss.get(address)
    for name in ("a", "b"):
        accounts.user("evaluator", name)
    with CaptureQueriesContext(connection) as more:
        boss.get(address)
    assert len(few) == len(more)


def test_public_pages_write_nothing_down_and_ask_nobody_who_they_are(person: User) -> None:
    client = device(FIREFOX)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response: Any = client.get("/about/")
    assert not [query for query in queries if "session" in query["sql"]]
    assert "Cookie" not in response.headers.get("Vary", "")
