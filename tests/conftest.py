"""Fixtures that every test may use."""

from collections.abc import Iterator

import pytest
from django.core.management.commands.flush import Command as Flush
from django.test import Client

from awards.models import Release
from cityrank.publishing import guards
from tests.factories import accounts, awards


@pytest.fixture(scope="session", autouse=True)
def _emptying_the_database_is_allowed() -> Iterator[None]:
    """Tests with real transactions are cleaned up by `flush`, which the guards would refuse on SQLite."""
    original = Flush.handle

    def handle(self: Flush, **options: object) -> None:
        guards.remove()
        original(self, **options)  # emits post_migrate, which puts the guards back

    Flush.handle = handle
    yield
    Flush.handle = original


@pytest.fixture
def release(db: None) -> Release:
    """A small published edition 2017-2018 of two series; see `tests.factories.awards.published_edition`."""
    return awards.published_edition()


@pytest.fixture
def draft(release: Release) -> Release:
    """Release 2 of the same edition, a draft with other winners, scores, figures and texts. All of it is secret."""
    return awards.secret_draft(release)


@pytest.fixture
def evaluator(client: Client, db: None) -> Client:
    """A client signed in as somebody of the group evaluator, without superuser rights."""
    client.force_login(accounts.user("evaluator"))
    return client
