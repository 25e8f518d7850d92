"""What every answer has in common: languages, other sites, methods."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from awards.models import Release
from cityrank.api.urls import RESOURCES

Ask = Callable[..., HttpResponse]


def test_the_root_lists_every_resource(release: Release, ask: Ask) -> None:
    listed = ask("/api/v1/").json()
    assert set(listed) == {word.replace("-", "_") for word in RESOURCES} | {"schema", "docs"}
    assert all(ask(address).status_code == 200 for address in listed.values())


@pytest.mark.parametrize(
    "address", ["recipients/", "awards/2017-2018/award-1/", "recipients/?level=x", "nothing/"]
)
def test_the_answer_does_not_depend_on_the_language_of_the_reader(
    release: Release, ask: Ask, address: str
) -> None:
    chinese, english = ask(address, accept_language="zh-CN"), ask(address, accept_language="en")
    assert chinese.content == english.content
    assert "accept-language" not in english.headers.get("Vary", "").lower()
    assert "Content-Language" not in english.headers


def test_an_english_session_changes_nothing(release: Release, ask: Ask, client: Client) -> None:
    before = ask("recipients/").content
    client.cookies["django_language"] = "en"
    assert ask("recipients/").content == before


@pytest.mark.parametrize("address", ["/api/v1/awards/", "/api/v1/nothing/", "/api/v1/awards/?x=1"])
def test_other_sites_may_read(release: Release, ask: Ask, address: str) -> None:
    answer = ask(address, origin="https://elsewhere.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_other_sites_may_only_read(release: Release, client: Client) -> None:
    headers = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    answer = client.options("/api/v1/awards/", headers=headers)
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_other_sites_may_not_read_the_pages(release: Release, client: Client) -> None:
    answer = client.get("/", headers={"origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_head_and_options_are_answered(release: Release, client: Client) -> None:
    head = client.head("/api/v1/awards/")
    assert (head.status_code, head.content) == (200, b"")
    assert (client.options("/api/v1/awards/").status_code, client.options("/api/v1/").status_code) == (
        204,
        200,
    )
