"""These tests read the sentences that people are told, in English."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils.translation import override

from tests.factories import accounts


@pytest.fixture(autouse=True)
def _english(_default_language: None) -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Codes that were used stay in the cache beyond a test, and a message may still be on its way."""
    cache.clear()
    yield
    accounts.wait_for_mail()
