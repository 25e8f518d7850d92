"""A table on the page of somebody else: shown where the operator of the site has allowed it, and nowhere else."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Site, free_port

TABLE = "/editions/2023/rankings/prefectures-50/"
ROWS = "table.scores tbody tr"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[[Page, int, str], None]]:
    """Return a function that opens a page of another origin with a piece of code in it."""
    servers: list[subprocess.Popen[bytes]] = []

    def shown(page: Page, port: int, text: str) -> None:
        (tmp_path / "index.html").write_text(
            f"<!doctype html><title>Elsewhere</title>{text}", encoding="utf-8"
        )
        command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "-d", str(tmp_path)]
        servers.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
        for _attempt in range(100):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        page.goto(f"http://127.0.0.1:{port}/")

    yield shown
    for server in servers:
        server.kill()
        server.wait()


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
    elsewhere(page, neighbour(demo_site), code("code-iframe"))
    expect(page.frame_locator("iframe").locator(ROWS)).to_have_count(20)
    expect(page.frame_locator("iframe").locator("aside.invented")).to_be_visible()


def test_one_line_of_script_shows_it_as_high_as_it_is(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable
) -> None:
    elsewhere(page, neighbour(demo_site), code("code-script"))
    expect(page.frame_locator("iframe").locator(ROWS)).to_have_count(20)
    page.wait_for_function("document.querySelector('iframe').offsetHeight > 600")


def test_a_frozen_and_dark_one_stays_so(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable
) -> None:
    text = code("code-iframe", "?release=frozen&theme=dark")
    assert "/releases/1/" in text
    elsewhere(page, neighbour(demo_site), text)
    body = page.frame_locator("iframe").locator("body")
    expect(body).to_be_visible()
    colour = body.evaluate("element => getComputedStyle(element).backgroundColor")
    assert max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 80


def test_a_page_that_is_not_allowed_shows_nothing(
    page: Page, demo_site: Site, code: Callable, elsewhere: Callable
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    elsewhere(page, free_port(), code("code-iframe"))
    page.wait_for_timeout(2000)
    assert page.frame_locator("iframe").locator(ROWS).count() == 0
    assert any("frame-ancestors" in text for text in refused)


def test_a_page_of_the_site_itself_is_never_framed(page: Page, demo_site: Site, elsewhere: Callable) -> None:
    text = f"<iframe src='{demo_site.url}{TABLE}'></iframe>"
    elsewhere(page, neighbour(demo_site), text)
    page.wait_for_timeout(2000)
    assert page.frame_locator("iframe").locator(ROWS).count() == 0
