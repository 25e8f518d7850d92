"""Every error below /api/ has one form, whichever part of the program it comes from."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from awards.models import Release
from cityrank.api import recipients
from cityrank.api.urls import RESOURCES

Ask = Callable[..., HttpResponse]


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/", "/api/v1/nothing/", "/api/v1/nothing", "/api/v1/awards/x/y/z/"]
)
def test_an_address_that_does_not_exist(db: None, refused: Callable, address: str) -> None:
    assert "/api/v1/" in refused(address, 404)["detail"]


def test_an_address_without_its_last_slash_leads_on(db: None, ask: Ask, client: Client) -> None:
    answer = ask("awards?page_size=1")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/awards/?page_size=1")
    assert client.post("/api/v1/awards").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(release: Release, client: Client, method: str) -> None:
    for word in [*RESOURCES, "awards/2017-2018/award-1"]:
        answer = getattr(client, method)(f"/api/v1/{word}/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_another_format_is_not_acceptable(db: None, ask: Ask) -> None:
    answer = ask("awards/", accept="text/csv")
    assert (answer.status_code, answer.json()["title"]) == (406, "Not Acceptable")


def test_a_browser_that_takes_anything_gets_json(db: None, ask: Ask) -> None:
    answer = ask("awards/", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("debug", [False, True])
def test_a_crash_shows_no_trace(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch, settings: object, debug: bool
) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("password=hunter2")

    settings.DEBUG = debug
    monkeypatch.setattr(recipients.Recipients, "rows", crash)
    client.raise_request_exception = False
    answer = client.get("/api/v1/recipients/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert b"hunter2" not in answer.content
    assert b"Traceback" not in answer.content


def test_a_request_that_django_itself_refuses(db: None, client: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["cityrank.example"]
    assert client.get("/api/v1/awards/").json()["status"] == 400
    query = "&".join(f"p{n}=1" for n in range(10_000))
    answer = client.get(f"/api/v1/awards/?{query}", headers={"host": "cityrank.example"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_pages_keep_their_own_errors(db: None, client: Client) -> None:
    assert client.get("/nowhere-at-all/").headers["Content-Type"].startswith("text/html")
