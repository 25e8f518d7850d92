"""Asking the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

V1 = "/api/v1/"


@pytest.fixture
def ask(client: Client) -> Callable[..., HttpResponse]:
    """Return a function that asks for an address below /api/v1/, or for a whole one."""

    def ask(address: str, **headers: str) -> HttpResponse:
        return client.get(address if address.startswith(("/", "http")) else V1 + address, headers=headers)

    return ask


@pytest.fixture
def rows(ask: Callable[..., HttpResponse]) -> Callable[[str], list[dict[str, Any]]]:
    """Return a function that gives the rows of a list, which must be answered."""

    def rows(address: str) -> list[dict[str, Any]]:
        answer = ask(address)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["results"]

    return rows


@pytest.fixture
def refused(ask: Callable[..., HttpResponse]) -> Callable[..., dict[str, Any]]:
    """Return a function that gives the problem an address is answered with, checked for its form."""

    def refused(address: str, status: int = 400) -> dict[str, Any]:
        answer = ask(address)
        assert answer.status_code == status, answer.content.decode()
        assert answer.headers["Content-Type"] == "application/problem+json"
        body = answer.json()
        assert (body["type"], body["status"]) == ("about:blank", status)
        assert body["title"]
        assert body["detail"]
        return body

    return refused
