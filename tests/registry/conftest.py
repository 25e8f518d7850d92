"""The reader's language, and the whole gazetteer for the one module of tests that needs it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from cityrank.registry.gazetteer.load import load_gazetteer


@pytest.fixture
def english() -> Iterator[None]:
    """The test is run for a reader of English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def full_gazetteer(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The real gazetteer, in a transaction that the whole module shares and that leaves nothing behind."""
    # Test databases are made only for tests with this mark; without one, this would be the developer's own.
    if not request.node.get_closest_marker("django_db"):
        pytest.fail("a module that uses full_gazetteer has to be marked django_db as a whole")
    with django_db_blocker.unblock(), transaction.atomic():
        load_gazetteer()
        yield
        transaction.set_rollback(True)
