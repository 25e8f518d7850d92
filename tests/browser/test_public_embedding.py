"""A table on the page of somebody else: shown where the operator of the site has allowed it, and nowhere else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Site

TABLE = "/editions/2023/rankings/prefectures-50/"
ROWS = "table.scores tbody tr"


class _Handler(BaseHTTPRequestHandler):
    """Answers every path with the same page."""

    def __init__(self, text: str, *args: object) -> None:
        self.text = text
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Elsewhere</title>{self.text}".encode())

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests look at the page."""


@contextmanager
def serving(text: str, port: int) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, text))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def code(browser: Browser, demo_site: Site) -> Callable[[str], str]:
    """Return a function that takes the code of an id from the page that offers it, as people copy it."""

    def copied(name: str, query: str = "") -> str:
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{demo_site.url}{TABLE}embedding/{query}")
            return page.locator(f"#{name}").input_value()

    return copied


def test_an_allowed_page_shows_the_table_in_a_frame(page: Page, demo_site: Site, code: Callable) -> None:
    with serving(code("code-iframe"), urlsplit(demo_site.neighbour).port or 0) as address:
        page.goto(address)
        expect(page.frame_locator("iframe").locator(ROWS)).to_have_count(20)
        expect(page.frame_locator("iframe").locator("aside.invented")).to_be_visible()


def test_one_line_of_script_shows_it_as_high_as_it_is(page: Page, demo_site: Site, code: Callable) -> None:
    with serving(code("code-script"), urlsplit(demo_site.neighbour).port or 0) as address:
        page.goto(address)
        expect(page.frame_locator("iframe").locator(ROWS)).to_have_count(20)
        page.wait_for_function("document.querySelector('iframe').offsetHeight > 600")


def test_a_frozen_and_dark_one_stays_so(page: Page, demo_site: Site, code: Callable) -> None:
    text = code("code-iframe", "?release=frozen&theme=dark")
    assert "/releases/1/" in text
    with serving(text, urlsplit(demo_site.neighbour).port or 0) as address:
        page.goto(address)
        body = page.frame_locator("iframe").locator("body")
        expect(body).to_be_visible()
        colour = body.evaluate("element => getComputedStyle(element).backgroundColor")
        assert max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 80


def test_a_page_that_is_not_allowed_shows_nothing(page: Page, demo_site: Site, code: Callable) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    with serving(code("code-iframe"), 0) as address:
        page.goto(address)
        page.wait_for_timeout(2000)
        assert page.frame_locator("iframe").locator(ROWS).count() == 0
    assert any("frame-ancestors" in text for text in refused)


def test_a_page_of_the_site_itself_is_never_framed(page: Page, demo_site: Site) -> None:
    text = f"<iframe src='{demo_site.url}{TABLE}'></iframe>"
    with serving(text, urlsplit(demo_site.neighbour).port or 0) as address:
        page.goto(address)
        page.wait_for_timeout(2000)
        assert page.frame_locator("iframe").locator(ROWS).count() == 0
