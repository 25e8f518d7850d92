"""Two people at once. SQLite lets only one write at a time, so there is nothing to try there."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from awards.models import Edition, Recipient, Release
from cityrank.publishing.workflow import Refused, publish_release
from tests.factories import awards

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite has one writer at a time; row locks exist on PostgreSQL"
    ),
]


def in_threads(*actions: Callable[[], object]) -> list[object]:
    """Run the actions at the same time; return what each returned or raised."""
    results: list[object] = [None] * len(actions)

    def run(number: int, action: Callable[[], object]) -> None:
        try:
            results[number] = action()
        except (Refused, IntegrityError) as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_of_eight_people_who_publish_at_once_one_publishes_and_the_others_are_told() -> None:
    draft = awards.secret_draft(awards.published_edition())

    results = in_threads(*[lambda: publish_release(Release.objects.get(pk=draft.pk), reason="更正")] * 8)

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
        return publish_release(Release.objects.get(pk=draft.pk), reason="更正")

    results = in_threads(write, publish)

    assert isinstance(results[1], Release)
    assert Recipient.objects.of_release(draft).filter(printed_name="最后一刻").exists()


def test_a_row_written_after_the_publication_began_is_refused() -> None:
    draft = awards.secret_draft(awards.published_edition())
    publishing = threading.Event()

    def publish() -> None:
        with transaction.atomic():
            Edition.objects.select_for_update().get(pk=draft.edition_id)
            publish_release(Release.objects.get(pk=draft.pk), reason="更正")
            publishing.set()
            time.sleep(0.5)

    def write() -> int:
        publishing.wait(10)
        return Recipient.objects.of_release(draft).update(printed_name="太迟")

    results = in_threads(publish, write)

    assert isinstance(results[1], IntegrityError)
    assert not Recipient.objects.filter(printed_name="太迟").exists()
