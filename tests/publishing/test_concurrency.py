"""Two people at once, and eight, and fifty."""

import threading
import time

import pytest
from django.db import IntegrityError, transaction

from awards.models import Edition, Recipient, Release
from cityrank.publishing.entering import finish, open_entry, save_rows
from cityrank.publishing.workflow import Refused, publish_unattended
from tests.factories import accounts, awards, entries
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_people_who_publish_at_once_one_publishes_and_the_others_are_told() -> None:
    draft = awards.secret_draft(awards.published_edition())

    results = at_once(*[lambda: publish_unattended(Release.objects.get(pk=draft.pk), reason="更正")] * 8)

    assert sum(isinstance(result, Release) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 7
    assert Release.objects.filter(status="published").count() == 1


def test_a_row_written_while_somebody_publishes_is_either_published_or_refused() -> None:
    draft = awards.secret_draft(awards.published_edition())
    writing = threading.Event()

    def write() -> None:
        with transaction.atomic():
            Recipient.objects.of_release(draft).filter(position=1).update(printed_name="最后一刻")
            writing.set()
            time.sleep(0.5)  # the transaction is open while the other one publishes

    def publish() -> Release:
        writing.wait(10)
        return publish_unattended(Release.objects.get(pk=draft.pk), reason="更正")

    results = at_once(write, publish)

    assert isinstance(results[1], Release)
    assert Recipient.objects.of_release(draft).filter(printed_name="最后一刻").exists()


def test_a_row_written_after_the_publication_began_is_refused() -> None:
    draft = awards.secret_draft(awards.published_edition())
    publishing = threading.Event()

    def publish() -> None:
        with transaction.atomic():
            Edition.objects.select_for_update().get(pk=draft.edition_id)
            publish_unattended(Release.objects.get(pk=draft.pk), reason="更正")
            publishing.set()
            time.sleep(0.5)

    def write() -> int:
        publishing.wait(10)
        return Recipient.objects.of_release(draft).update(printed_name="太迟")

    results = at_once(publish, write)

    assert isinstance(results[1], IntegrityError)
    assert not Recipient.objects.filter(printed_name="太迟").exists()


def test_of_two_windows_that_save_a_row_at_once_one_is_told_what_the_other_saved() -> None:
    table = entries.table()
    entry, ada = entries.typed(table, "ada"), entries.person("ada")
    scores = [f"{number}.00" for number in range(60, 68)]
    rows = [
        entries.row(1, ("1", "杭州", score), version=100 + number, base=1)
        for number, score in enumerate(scores)
    ]

    results = at_once(*[lambda sent=sent: save_rows(entry, [sent], ada) for sent in rows])

    stored = entry.rows.get(position=1)
    assert [result.versions for result in results if result.versions] == [{1: stored.version}]
    others = [result.overtaken[0] for result in results if not result.versions]
    assert {one.printed_score for one in others} == {stored.printed_score}
    assert len(others) == 7


def test_of_three_people_who_begin_a_table_at_once_two_enter_it() -> None:
    table = entries.table(double_entry=True)
    accounts.takes_all(table.release, "cai")

    people = [entries.person(name) for name in ("ada", "ben", "cai")]
    results = at_once(*[lambda by=by: open_entry(table, by) for by in people])

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert sorted(table.entries.values_list("number", flat=True)) == [1, 2]


def test_two_people_who_finish_at_once_settle_the_table() -> None:
    table = entries.table(double_entry=True)
    both = [(entries.typed(table, name), entries.person(name)) for name in ("ada", "ben")]

    results = at_once(*[lambda pair=pair: finish(*pair) for pair in both])

    assert {result.state for result in results} == {"finished"}
    assert table.scores.count() == 3


def test_what_is_finished_while_the_release_is_submitted_is_settled_or_refused() -> None:
    table = entries.table()
    entry, ada = entries.typed(table, "ada"), entries.person("ada")

    def submit() -> None:
        with transaction.atomic():
            Release.objects.select_for_update().get(pk=table.release_id)
            Release.objects.filter(pk=table.release_id).update(status="in_review")

    finished, _submitted = at_once(lambda: finish(entry, ada), submit)

    entry.refresh_from_db()
    is_settled = table.scores.count() == 3
    assert is_settled is not isinstance(finished, Refused)
    assert (entry.state == "finished") is is_settled
