"""What holds for every page: no script, no inline style, one small style sheet, errors that need nothing."""

import gzip
import re

import pytest
from django.test import Client, RequestFactory

from cityrank.pages.assets import composed
from cityrank.pages.views import errors
from tests.pages.conftest import Reader

PAGES = [
    "/", "/editions/", "/editions/2017-2018/", "/editions/2017-2018/series/1/", "/editions/2017-2018/series/8/",
    "/editions/2017-2018/awards/award-1/", "/editions/2017-2018/rankings/cities-50/", "/editions/2017-2018/averages/",
    "/editions/2017-2018/releases/1/", "/editions/2017-2018/errata/", "/editions/2017-2018/releases/1/errata/",
    "/places/330106/", "/organisations/institute/", "/search/?q=hangzhou", "/about/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_the_strict_policy(client: Client, release: object, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_one_main_part_and_no_address_used_twice(
    client: Client, release: object, path: str
) -> None:
    page = client.get(path).content.decode()
    assert len(re.findall("<h1", page)) == 1
    assert len(re.findall("<main", page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<table") == page.count("<caption")


@pytest.mark.parametrize("path", PAGES)
def test_no_template_leaves_an_empty_value_behind(read: Reader, release: object, path: str) -> None:
    text = re.sub("<[^>]*>", " ", read(path))
    assert not re.search(r"\bNone\b|\bNaN\b|\{\{|\{%|%\(", text)


def test_pages_work_before_anything_was_published(read: Reader, db: None) -> None:
    assert "No edition has been published yet." in read("/en/")
    assert "No edition has been published yet." in read("/en/editions/")


def test_the_style_sheet_stays_small_and_asks_nobody_else() -> None:
    text = composed()
    assert len(gzip.compress(text.encode())) < 14_000
    assert "url(" not in text
    assert "@import" not in text
    # A block left open would swallow all that follows, and no browser says so.
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize(
    ("path", "words"), [("/", "zh-Hans"), ("/en/places/1/", "Something broke on our side")]
)
def test_the_page_for_errors_needs_neither_database_nor_middleware(path: str, words: str) -> None:
    # Without the fixture `db`, any query would be an error.
    response = errors.server_error(RequestFactory().get(path))
    assert response.status_code == 500
    assert words in response.content.decode()


def test_the_page_for_errors_is_there_even_when_its_template_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr(errors, "get_template", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "500" in response.content.decode()


def test_a_page_that_broke_answers_500(
    client: Client, release: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr("cityrank.pages.views.home.open_gate", broken)
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
