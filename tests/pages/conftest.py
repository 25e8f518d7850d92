"""Pages by language: everything is read in Chinese at the address, in English below /en."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

# Returns the text of a page that must exist, or that must have another status.
Reader = Callable[..., str]


@pytest.fixture
def read(client: Client, db: None) -> Reader:
    def read(path: str, status: int = 200) -> str:
        response = client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return unescape(" ".join(response.content.decode().split()))

    return read
