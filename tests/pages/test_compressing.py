"""Public pages travel compressed, and nothing that may hold a secret does."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from awards.models import Release
from cityrank.pages.compressing import CompressPublic
from tests.factories import accounts

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}
LONG = "同样的内容" * 200


def test_a_page_is_sent_compressed_to_browsers_that_can_read_it(client: Client, release: Release) -> None:
    plain = client.get("/editions/2017-2018/")
    packed = client.get("/editions/2017-2018/", **GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in plain


def test_tables_and_the_api_are_compressed_too(client: Client, release: Release) -> None:
    for path in ("/editions/2017-2018/rankings/cities-50/table.csv", "/api/v1/editions/"):
        assert client.get(path, **GZIP)["Content-Encoding"] == "gzip", path


def test_nothing_is_compressed_for_somebody_who_is_signed_in(release: Release) -> None:
    client = accounts.signed_in(accounts.user("evaluator"))
    assert "Content-Encoding" not in client.get("/editions/2017-2018/", **GZIP)


def test_a_form_that_is_posted_is_not_compressed(client: Client, db: None) -> None:
    answer = client.get(reverse("account_login"), **GZIP)
    assert answer.cookies["csrftoken"]
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/zip"])
def test_what_is_compressed_in_itself_is_left_alone(kind: str) -> None:
    answer = HttpResponse(LONG, content_type=kind)
    middleware = CompressPublic(lambda request: answer)
    assert "Content-Encoding" not in middleware(RequestFactory().get("/", **GZIP))


@pytest.mark.parametrize("kind", ["image/svg+xml", "application/atom+xml", "application/vnd.vega.v5+json"])
def test_what_is_text_at_heart_is_compressed(kind: str) -> None:
    answer = HttpResponse(LONG, content_type=kind)
    middleware = CompressPublic(lambda request: answer)
    assert middleware(RequestFactory().get("/", **GZIP))["Content-Encoding"] == "gzip"
