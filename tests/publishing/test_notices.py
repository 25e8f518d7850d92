"""Who is written to, about what, and what happens when the mail server does not play along."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import DjangoCaptureOnCommitCallbacks

from awards.models import Award, Release
from cityrank.publishing.assigning import assign, report_done, send_back
from cityrank.publishing.models import Assignment
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import approve_release, return_release, submit_release
from tests.factories import accounts, awards

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    def open(self) -> None:
        raise OSError("connection refused")


class Silent(BaseEmailBackend):
    """Does not answer until it is let go."""

    let_go = threading.Event()
    came_to: list[bool] = []

    def send_messages(self, messages: list) -> int:
        self.came_to.append(self.let_go.wait(20))
        return 0


@pytest.fixture
def people() -> dict[str, object]:
    made = {name: accounts.user(name) for name in ("evaluator", "reviewer", "publisher", "auditor")}
    made["colleague"] = accounts.user("evaluator", "colleague")
    for name, person in made.items():
        person.email = f"{name}@example.org"
        person.save()
    return made


@pytest.fixture
def sent(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> object:
    """Return what runs an action as a request does, and gives the messages it has sent."""

    def run(action: object) -> list:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action()
        accounts.wait_for_mail()
        return sorted(mail.outbox, key=lambda message: message.to)

    return run


def receivers(messages: list) -> list[str]:
    return [message.to[0].split("@")[0] for message in messages]


@pytest.fixture
def clear(draft: Release, people: dict) -> Release:
    """A draft that may be submitted, entered by nobody who is asked here."""
    awards.acknowledge_all(draft)
    return draft


def test_who_is_given_several_parts_gets_one_message_with_all_of_them(
    draft: Release, people: dict, sent: object
) -> None:
    parts = list(Award.objects.of_release(draft))
    assert len(parts) >= 2
    day = dt.date(2026, 11, 30)
    messages = sent(lambda: assign(draft, people["evaluator"], parts, people["publisher"], day))
    assert receivers(messages) == ["evaluator"]
    chinese, english = messages[0].body.split("\n\n--\n\n")
    for part in parts:
        assert str(part) in chinese
    assert english.count("due 2026-11-30") == len(parts)
    assert f"/admin/awards/release/{draft.pk}/work/" in messages[0].body

    again = sent(lambda: assign(draft, people["evaluator"], parts, people["publisher"], day))
    assert again == []  # nothing is new


def test_what_is_sent_back_is_told_with_its_comment_and_what_is_done_to_who_assigned_it(
    draft: Release, people: dict, sent: object
) -> None:
    assign(draft, people["evaluator"], [draft], people["publisher"])
    work = Assignment.objects.get()
    assert receivers(sent(lambda: report_done(work, people["evaluator"]))) == ["publisher"]
    messages = sent(lambda: send_back(work, people["reviewer"], "第三行与通报不符。"))
    assert receivers(messages) == ["evaluator"]
    assert "第三行与通报不符。" in messages[0].body


def test_a_submission_is_told_to_reviewers_a_return_to_those_who_enter(
    clear: Release, people: dict, sent: object
) -> None:
    assign(clear, people["colleague"], [clear], people["publisher"])
    assert receivers(sent(lambda: submit_release(clear, people["evaluator"]))) == ["reviewer"]
    messages = sent(lambda: return_release(clear, people["reviewer"], "请核对第二表。"))
    assert receivers(messages) == ["colleague", "evaluator"]
    assert all("请核对第二表。" in message.body for message in messages)


def test_an_approval_is_told_to_who_submitted_and_to_publishers(
    clear: Release, people: dict, sent: object
) -> None:
    submit_release(clear, people["evaluator"])
    messages = sent(lambda: approve_release(clear, people["reviewer"]))
    assert receivers(messages) == ["evaluator", "publisher"]


def test_nobody_is_written_to_without_an_address_or_after_leaving(
    clear: Release, people: dict, sent: object
) -> None:
    people["reviewer"].is_active = False
    people["reviewer"].save()
    accounts.user("reviewer", "without-address")
    assert sent(lambda: submit_release(clear, people["evaluator"])) == []


def test_a_move_that_is_rolled_back_is_told_to_nobody(draft: Release, people: dict, sent: object) -> None:
    def refused() -> None:
        with pytest.raises(Refused):  # warnings are open
            submit_release(draft, people["evaluator"])

    assert sent(refused) == []


def test_a_mail_server_that_refuses_keeps_nobody_from_saving(
    draft: Release, people: dict, sent: object, settings: object
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    form = {"action": "assign", "person": people["evaluator"].pk, "parts": "rest"}
    client = accounts.signed_in(people["publisher"])
    sent(lambda: client.post(f"/admin/awards/release/{draft.pk}/work/", form))
    assert Assignment.objects.get().person == people["evaluator"]


def test_nobody_waits_for_a_mail_server_that_does_not_answer(
    draft: Release,
    people: dict,
    settings: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Silent"
    with django_capture_on_commit_callbacks(execute=True):
        assign(draft, people["evaluator"], [draft], people["publisher"])
    Silent.let_go.set()
    accounts.wait_for_mail()
    assert Silent.came_to == [True]  # it was still being waited for when the action was over
