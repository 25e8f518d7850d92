"""What waits for whom, and what the desk shows of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Award, Recipient, Release
from cityrank.publishing.assigning import assign, report_done, send_back
from cityrank.publishing.models import Assignment
from cityrank.publishing.waiting import Waiting, waiting_for
from cityrank.publishing.workflow import approve_release, return_release, submit_release
from tests.factories import accounts, awards, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, object]:
    return {name: accounts.user(name) for name in ("evaluator", "reviewer", "publisher", "auditor")}


def waits(person: object) -> Waiting:
    return waiting_for(person, Release.objects.in_preparation().select_related("edition"))


def desk(person: object) -> str:
    page = accounts.signed_in(person).get("/en/admin/")
    return " ".join(page.content.decode().split())


def test_nothing_waits_where_nothing_is_prepared(release: Release, people: dict) -> None:
    for person in people.values():
        assert waits(person) == Waiting()
        assert "Nothing at the moment." in desk(person)


def test_work_waits_for_whom_it_is_assigned_to_until_it_is_reported_as_done(
    draft: Release, people: dict
) -> None:
    first, second = Award.objects.of_release(draft)[:2]
    assign(draft, people["evaluator"], [first], people["publisher"], dt.date(2026, 12, 31))
    assign(draft, people["evaluator"], [second], people["publisher"], dt.date(2026, 12, 1))
    tasks = waits(people["evaluator"]).tasks
    assert [task.award for task in tasks] == [second, first]  # the first day first
    report_done(tasks[0], people["evaluator"])
    assert [task.award for task in waits(people["evaluator"]).tasks] == [first]
    assert [task.award for task in waits(people["publisher"]).deadlines] == [first]
    assert waits(people["reviewer"]).deadlines == []


def test_what_is_reported_as_done_waits_for_a_reviewer_until_it_is_verified(
    draft: Release, people: dict
) -> None:
    award = Award.objects.of_release(draft).first()
    assign(draft, people["evaluator"], [award], people["publisher"])
    assert waits(people["reviewer"]).to_verify == []
    report_done(Assignment.objects.get(), people["evaluator"])
    assert [task.award for task in waits(people["reviewer"]).to_verify] == [award]
    assert waits(people["evaluator"]).to_verify == waits(people["auditor"]).to_verify == []

    award.recipients.update(verified_at=dt.datetime.now(dt.UTC))
    assert Recipient.objects.filter(award=award).exists()
    assert waits(people["reviewer"]).to_verify == []


def test_a_table_whose_entries_differ_waits_for_a_third_person(people: dict) -> None:
    table = entries.table(double_entry=True)
    entries.finished(table, "ada")
    assert waits(people["reviewer"]).disputed == []
    entries.finished(table, "ben", [*entries.RIGHT[:2], ("3", "温州", "83.50")])
    for person in (people["reviewer"], entries.person("cai")):
        assert waits(person).disputed == [(table, 1)]
    assert reverse("admin:scores_ranking_compare", args=[table.pk]) in desk(people["reviewer"])
    for person in (people["auditor"], entries.person("ada"), entries.person("ben")):
        assert waits(person).disputed == []


def test_what_somebody_sent_back_stays_on_their_desk_until_it_is_handed_in_again(
    draft: Release, people: dict
) -> None:
    awards.acknowledge_all(draft)
    assign(draft, people["evaluator"], [draft], people["publisher"])
    send_back(Assignment.objects.get(), people["reviewer"], "缺来源")
    assert [task.comment for task in waits(people["reviewer"]).parts_sent_back] == ["缺来源"]
    assert "What you sent back" not in desk(people["publisher"])

    submit_release(draft, people["evaluator"])
    assert waits(people["reviewer"]).review == [draft]
    return_release(draft, people["reviewer"], "缺来源")
    assert waits(people["reviewer"]).releases_sent_back == [draft]
    assert waits(people["publisher"]).releases_sent_back == []
    submit_release(draft, people["evaluator"])
    assert waits(people["reviewer"]).releases_sent_back == []


def test_what_is_approved_waits_for_publishers_only(draft: Release, people: dict) -> None:
    awards.acknowledge_all(draft)
    submit_release(draft, people["evaluator"])
    approve_release(draft, people["reviewer"])
    assert waits(people["publisher"]).publish == [draft]
    assert waits(people["evaluator"]) == waits(people["reviewer"]) == Waiting()


def test_the_desk_marks_what_is_overdue_and_names_the_last_publication(draft: Release, people: dict) -> None:
    assign(draft, people["evaluator"], [draft], people["publisher"], dt.date(2020, 1, 31))
    for person in (people["evaluator"], people["publisher"]):
        page = desk(person)
        assert "due 2020-01-31, overdue" in page
        assert "Last publications" in page
        assert "2017-2018, release 1" in page


def test_it_costs_the_same_for_one_part_and_for_many(draft: Release, people: dict) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            waits(accounts.get("reviewer"))
        return len(captured)

    parts = list(Award.objects.of_release(draft))
    assign(draft, people["evaluator"], parts[:1], people["publisher"])
    Assignment.objects.update(state="done")
    few = queries()
    assign(draft, people["evaluator"], [*parts, draft], people["publisher"])
    Assignment.objects.update(state="done")
    assert queries() == few
