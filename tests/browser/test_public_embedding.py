"""A table on the page of somebody else: shown where the operator of the site has allowed it, and nowhere else."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Site, free_port

TABLE = "/editions/2023/rankings/prefectures-50/"
ROWS = "table.scores tbody tr"


class Quiet(SimpleHTTPRequestHandler):
    timeout = 10  # a browser opens connections that it never uses

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[[Page, int, str], None]]:
    """Return a function that opens a page of another origin with a piece of code in it."""
    servers: list[ThreadingHTTPServer] = []

    def shown(page: Page, port: int, text: str) -> None:
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(tmp_path)))
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{port}/")

    yield shown
    for server in servers:
        server.shutdown()
        server.server_close()


def around(text: str) -> str:
    return f"<!doctype html><title>Elsewhere</title><body><p>What we say about it.</p>{text}<p>The end.</p>"


def neighbour(site: Site) -> int:
    return urlsplit(site.neighbour).port or 0


@pytest.fixture
def code(browser: Browser, demo_site: Site) -> Callable[[str], str]:
    """Return a function that takes the code of an id from the page that offers it, as people copy it."""

    def copied(name: str, query: str = "") -> str:
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{demo_site.url}{TABLE}embedding/{query}")
            return page.locator(f"#{name}").input_value()

    return copied


def test_an_allowed_page_shows_the_table_in_a_frame(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable
) -> None:
    elsewhere(page, neighbour(demo_site), around(code("code-iframe")))
    expect(page.frame_locator("iframe").locator(ROWS)).to_have_count(20)
    expect(page.frame_locator("iframe").locator("aside.invented")).to_be_visible()


@pytest.mark.parametrize("place", [around, str], ids=["in-a-page", "alone"])
def test_one_line_of_script_shows_it_as_high_as_it_is(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable, place: Callable[[str], str]
) -> None:
    elsewhere(page, neighbour(demo_site), place(code("code-script")))
    # First that it shows: in a frame that is not loaded, because nobody sees it, Playwright waits without end.
    page.wait_for_function("document.querySelector('iframe')?.offsetHeight > 600")
    expect(page.frame_locator("iframe").locator(ROWS)).to_have_count(20)
    height = page.evaluate("document.querySelector('iframe').offsetHeight")
    page.wait_for_timeout(500)
    assert (
        page.evaluate("document.querySelector('iframe').offsetHeight") == height
    )  # it does not grow on and on


def test_a_frozen_and_dark_one_stays_so(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable
) -> None:
    text = code("code-iframe", "?release=frozen&theme=dark")
    assert "/releases/1/" in text
    elsewhere(page, neighbour(demo_site), around(text))
    body = page.frame_locator("iframe").locator("body")
    expect(body).to_be_visible()
    colour = body.evaluate("element => getComputedStyle(element).backgroundColor")
    assert max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 80


def test_a_page_that_is_not_allowed_shows_nothing(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    elsewhere(page, free_port(), around(code("code-iframe")))
    page.wait_for_timeout(2000)
    assert page.frame_locator("iframe").locator(ROWS).count() == 0
    assert any("frame-ancestors" in text for text in refused)


def test_a_page_of_the_site_itself_is_never_framed(page: Page, demo_site: Site, elsewhere: Callable) -> None:
    text = f"<iframe src='{demo_site.url}{TABLE}'></iframe>"
    elsewhere(page, neighbour(demo_site), around(text))
    page.wait_for_timeout(2000)
    assert page.frame_locator("iframe").locator(ROWS).count() == 0
