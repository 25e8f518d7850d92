"""Who signs in, who fails, and who is locked out for how long."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings as project
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cityrank.accounts.admin_sign_ins import way
from cityrank.accounts.devices import describe
from cityrank.accounts.invitations import accept, find, invite
from tests.factories import accounts

pytestmark = pytest.mark.django_db

LIMIT = project.AXES_FAILURE_LIMIT


@pytest.fixture
def person() -> User:
    """Somebody who came by an invitation."""
    publisher = accounts.user("publisher")
    _invitation, token = invite(publisher, name="李晓", email="li@example.org", roles=["evaluator"])
    return accept(find(token), username="lixiao", password=accounts.PASSWORD)


def fail(name: str = "lixiao", times: int = LIMIT, client: Client | None = None) -> Any:
    client = client or Client()
    for _ in range(times):
        response = accounts.sign_in(client, name, "wrong-password-1")
    return response


def may_sign_in(name: str = "lixiao", client: Client | None = None) -> bool:
    return accounts.sign_in(client or Client(), name).status_code == 302


def test_the_admin_sends_everybody_to_one_page_and_back_to_what_was_wanted(person: User) -> None:
    client = Client()
    wanted = reverse("admin:awards_award_changelist")
    page = client.get(wanted, follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    data = {"username": "lixiao", "password": accounts.PASSWORD, "next": wanted}
    assert client.post(reverse("account_login"), data).headers["Location"] == wanted
    assert client.get(reverse("admin:login"), follow=True).request["PATH_INFO"] == reverse("admin:index")


def test_nobody_is_led_to_another_site(person: User) -> None:
    data = {"username": "lixiao", "password": accounts.PASSWORD, "next": "https://evil.example/"}
    assert Client().post(reverse("account_login"), data).headers["Location"] == reverse("admin:index")


@pytest.mark.parametrize("path", ["signup/", "email/", "login/code/", "confirm-email/x/", "social/signup/"])
def test_nobody_signs_up(person: User, path: str) -> None:
    for client in (Client(), accounts.signed_in(person)):
        page = client.get(f"/en/admin/account/{path}", follow=True)
        assert page.status_code == 404 or page.request["PATH_INFO"] == reverse("account_login")


def test_the_eighth_failure_locks_the_name_at_that_address(person: User) -> None:
    assert fail(times=LIMIT - 1).status_code == 200
    locked = fail(times=1)
    assert locked.status_code == 429
    assert "60 minutes" in locked.content.decode()
    assert not may_sign_in()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert may_sign_in(client=elsewhere)
    assert may_sign_in("publisher")


def test_the_page_says_how_long_the_lock_lasts_and_it_does_not_grow(person: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fail()
    with time_machine.travel(now + dt.timedelta(minutes=48), tick=False):
        page = accounts.sign_in(Client(), "lixiao").content.decode()
        assert "12 minutes" in page
    with time_machine.travel(now + dt.timedelta(minutes=61), tick=False):
        assert may_sign_in()


def test_the_page_of_the_lock_is_in_both_languages_and_under_the_policy(person: User) -> None:
    fail()
    for language, mark in (("en", 'lang="en"'), ("zh-hans", 'lang="zh-hans"')):
        with override(language):
            page = accounts.sign_in(Client(), "lixiao")
        assert mark in page.content.decode()
        assert "60" in page.content.decode()
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_lock_tells_nothing_of_whether_there_is_such_a_person(person: User) -> None:
    for times in (1, LIMIT):
        answers = []
        for name in ("lixiao", "nobody"):
            response = fail(name, times)
            answers.append((response.status_code, response.content.decode().replace(name, "")))
        assert answers[0][0] == answers[1][0]
        assert len(answers[0][1]) == len(answers[1][1])


def test_a_superuser_lifts_the_lock(person: User) -> None:
    fail()
    act = reverse("admin:auth_user_act", args=[person.pk])
    publisher = User.objects.get(username="publisher")
    accounts.signed_in(publisher).post(act, {"action": "lift_lock"})
    assert not may_sign_in()
    accounts.signed_in(accounts.chief()).post(act, {"action": "lift_lock"})
    assert may_sign_in()


def test_guessing_the_second_factor_locks_too(person: User) -> None:
    secret = accounts.with_app(person)
    client = Client()
    accounts.sign_in(client, "lixiao")
    for _ in range(LIMIT):
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert response.status_code == 429
    response = client.post(reverse("mfa_authenticate"), {"code": accounts.code(secret)})
    assert "_auth_user_id" not in client.session
    assert not may_sign_in()
    assert AccessFailureLog.objects.filter(username="lixiao").count() >= LIMIT
    assert "000000" not in str(AccessAttempt.objects.values())


def test_every_sign_in_and_every_failure_is_in_the_log_with_how_and_when_it_ended(person: User) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    fail(times=1, client=client)
    accounts.sign_in(client, "lixiao")
    client.post(reverse("admin:logout"))
    secret = accounts.with_app(person)
    accounts.sign_in(client, "lixiao")
    client.post(reverse("mfa_authenticate"), {"code": accounts.code(secret)})

    rows = list(AccessLog.objects.filter(username="lixiao").order_by("pk"))
    assert [way(row.path_info) for row in rows] == ["password", "password and second factor"]
    assert [bool(row.logout_time) for row in rows] == [True, False]
    failure = AccessFailureLog.objects.get(username="lixiao")
    assert (way(failure.path_info), describe(failure.user_agent)) == ("password", "Firefox, Linux")


def test_the_log_names_a_passkey_in_both_languages() -> None:
    for language in ("en", "zh-hans"):
        with override(language):
            address = reverse("mfa_login_webauthn")
        assert way(address) == "passkey"


def test_attempts_during_a_lock_are_in_the_log(person: User) -> None:
    fail()
    before = AccessFailureLog.objects.count()
    fail(times=2)
    assert AccessFailureLog.objects.count() == before + 2
    assert AccessFailureLog.objects.filter(locked_out=True).count() == 3


def test_superusers_and_auditors_read_the_log_and_nobody_writes_it(person: User) -> None:
    fail(times=1)
    accounts.sign_in(Client(), "lixiao")
    lists = [f"admin:axes_{name}_changelist" for name in ("accesslog", "accessfailurelog", "accessattempt")]
    readers = [accounts.user("auditor"), accounts.chief()]
    for reader in readers:
        client = accounts.signed_in(reader)
        for name in lists:
            assert client.get(reverse(name)).status_code == 200
        row = AccessLog.objects.filter(username="lixiao").latest("pk")
        page = client.get(reverse("admin:axes_accesslog_change", args=[row.pk]))
        assert page.status_code == 200
        assert not page.context["has_change_permission"]
        assert client.post(reverse("admin:axes_accesslog_delete", args=[row.pk])).status_code == 403
    for role in ("reviewer", "publisher"):
        other = User.objects.filter(username=role).first() or accounts.user(role)
        for name in lists:
            assert accounts.signed_in(other).get(reverse(name)).status_code == 403


def test_an_auditor_reads_people_without_their_passwords_and_changes_none(person: User) -> None:
    client = accounts.signed_in(accounts.user("auditor"))
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 200
    address = reverse("admin:auth_user_change", args=[person.pk])
    page = client.get(address)
    assert page.status_code == 200
    assert person.password[-10:] not in page.content.decode()
    assert not re.search("argon2|md5|salt|hash", page.content.decode())
    assert client.post(address, {"username": "x"}).status_code == 403
    act = reverse("admin:auth_user_act", args=[person.pk])
    client.post(act, {"action": "close"})
    person.refresh_from_db()
    assert person.is_active


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_added(person: User, settings: Any) -> None:
    headers = {"x-forwarded-for": "198.51.100.1, 203.0.113.7"}
    accounts.sign_in(Client(headers=headers), "lixiao")
    assert AccessLog.objects.latest("pk").ip_address == "127.0.0.1"
    settings.BEHIND_PROXY = True
    accounts.sign_in(Client(headers=headers), "lixiao")
    assert AccessLog.objects.latest("pk").ip_address == "203.0.113.7"


@pytest.mark.parametrize("forwarded", ["unknown", "203.0.113.7:4711", "", "a, b", "1.2.3.4, <script>"])
def test_junk_from_a_proxy_is_no_address_and_no_error(person: User, settings: Any, forwarded: str) -> None:
    settings.BEHIND_PROXY = True
    client = Client(headers={"x-forwarded-for": forwarded})
    assert may_sign_in(client=client)
    assert client.get(reverse("admin:index")).status_code == 200
    assert AccessLog.objects.latest("pk").ip_address == "127.0.0.1"


def test_an_account_without_access_to_the_admin_is_told_so_and_not_sent_in_a_circle(person: User) -> None:
    person.is_staff = False
    person.save()
    client = Client()
    page = client.post(
        reverse("account_login"), {"username": "lixiao", "password": accounts.PASSWORD}, follow=True
    )
    assert page.request["PATH_INFO"] == reverse("account_logout")
    assert "does not open the admin" in page.content.decode()


def test_a_flood_from_one_address_is_slowed_down(person: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [accounts.sign_in(Client(), f"guess-{number}", "wrong") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Too many requests" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 MicroMessenger/8.0", "WeChat, Android"),
        ("", "unknown device"),
    ],
)
def test_a_device_is_named_so_that_its_owner_knows_it(says: str, means: str) -> None:
    assert describe(says) == means
