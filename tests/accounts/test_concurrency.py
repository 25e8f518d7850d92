"""Several people with one link at the same moment. SQLite lets only one write at a time."""

import threading
from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.db import connection

from cityrank.accounts.invitations import accept, find, invite
from cityrank.publishing.refusals import Refused
from tests.factories import accounts

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite has one writer at a time; row locks exist on PostgreSQL"
    ),
]


def test_of_eight_people_who_use_one_link_at_once_one_gets_the_account() -> None:
    _invitation, token = invite(
        accounts.user("publisher"), name="李晓", email="li@example.org", roles=["evaluator"]
    )
    ready, results = threading.Barrier(8), Counter()

    def use(number: int) -> None:
        try:
            invitation = find(token)
            ready.wait(timeout=30)
            accept(invitation, username=f"guest-{number}", password="willow-harbour-9")
            results["accepted"] += 1
        except Refused:
            results["refused"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert results == {"accepted": 1, "refused": 7}
    assert User.objects.filter(email="li@example.org").count() == 1
