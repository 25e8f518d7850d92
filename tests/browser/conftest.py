"""A real Chromium: the one of the machine, because `pip install` brings no browser along."""

import asyncio
import faulthandler
import os
import re
import signal
from collections.abc import Iterator

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from django.core.files.base import ContentFile
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from awards.models import Attachment
from scores.models import Ranking
from tests.browser import grid, sites
from tests.browser.people import PASSWORD, SignIn
from tests.browser.readers import KINDS, Reader
from tests.factories import accounts, awards, registry, scans, scores

# A machine that runs other tests beside this one is slow at times.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
# Not everything in a browser that waits has a limit of its own. In seconds, for one test.
LONGEST, LAST_RESORT = 120, 180


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser; a forgotten mark must not pull it into `make test`."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = os.environ.get("CHROMIUM")
    if not path:
        pytest.fail(
            "No Chromium was found. Install one, or name it: make test-browser CHROMIUM=/path/to/chromium"
        )
    # Chromium refuses its sandbox to root, which is who runs the tests in a container.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": sandbox}


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_waited_for_longer() -> Iterator[None]:
    """What a test opens by itself waits no longer than `expect` does."""
    original = Browser.new_context

    def new_context(self: Browser, **options: object) -> BrowserContext:
        context = original(self, **options)
        context.set_default_timeout(PATIENCE)
        return context

    Browser.new_context = new_context
    yield
    Browser.new_context = original


@pytest.fixture(autouse=True)
def _no_test_hangs(request: pytest.FixtureRequest, browser: Browser) -> Iterator[None]:
    """Close the browser's windows after `LONGEST`: the test fails at what it waits for, and the next one goes on."""

    def close(_number: int, _frame: object) -> None:
        loop = browser._impl_obj._loop
        for context in browser.contexts:  # thread safe, or a loop that waits for the browser would sleep on
            asyncio.run_coroutine_threadsafe(context._impl_obj.close(f"Not done after {LONGEST} s"), loop)

    if not request.path.name.startswith("test_"):
        yield  # pictures for the handbook and the contact sheet take their time
        return
    signal.signal(signal.SIGALRM, close)
    signal.alarm(LONGEST)
    shown = request.config.stash[
        fault_handler_stderr_fd_key
    ]  # what is written elsewhere is lost with the process
    faulthandler.dump_traceback_later(LAST_RESORT, exit=True, file=shown)
    yield
    signal.alarm(0)
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep SQLite in a file: in memory all threads of the server would share one connection and its transactions."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def foundation(tmp_path_factory: pytest.TempPathFactory) -> sites.Foundation:
    """What the sites have in common, made once: static files, and a database with tables and places."""
    return sites.Foundation.laid(tmp_path_factory.mktemp("foundation"))


@pytest.fixture(scope="session")
def demo_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sites.Site]:
    """A site of its own with the invented editions of five years."""
    if address := os.environ.get("DEMO_SITE"):  # one that runs already, while tests are written
        yield sites.Site(address, os.environ.get("DEMO_NEIGHBOUR", ""))
        return
    foundation = request.getfixturevalue("foundation")
    with sites.started(tmp_path_factory.mktemp("demo-site"), foundation, "demo_data") as site:
        yield site


@pytest.fixture(scope="session")
def bundled_site(
    foundation: sites.Foundation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sites.Site]:
    """A site of its own with the edition that comes with CityRank."""
    with sites.started(tmp_path_factory.mktemp("bundled-site"), foundation, "load_edition") as site:
        yield site


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def reader(request: pytest.FixtureRequest, browser: Browser, demo_site: sites.Site) -> Iterator[Reader]:
    """Somebody who reads the invented editions; what the console complains of fails the test."""
    language, width, has_scripts = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=has_scripts, accept_downloads=True
    )
    made = Reader(context.new_page(), demo_site.url, language, has_scripts)
    yield made
    context.close()
    assert made.complaints == []


@pytest.fixture
def sign_in(browser: Browser, live_server: object) -> Iterator[SignIn]:
    """Return a function that opens a browser of their own for somebody; complaints of the console fail the test."""
    complaints: list[str] = []
    contexts = []

    def open_as(name: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto(f"{live_server.url}/admin/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        expect(page).to_have_url(f"{live_server.url}/admin/")
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def ranking(transactional_db: None, settings: object, tmp_path: object) -> Ranking:
    """A table of four cities in a draft, as a picture, assigned to two evaluators."""
    settings.MEDIA_ROOT = tmp_path
    for number, (name, pinyin) in enumerate(grid.CITIES, 1):
        registry.place(f"3390{number:02}", f"{name}市", "prefecture", registry.zhejiang(), pinyin=pinyin)
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft), expected_count=4, cutoff=None, state="not_transcribed")
    table.scan = Attachment.objects.create(
        release=draft, title="通报附表", file=ContentFile(scans.picture(900, 1200), "scan.png")
    )
    table.scan_page = 1
    table.save()
    for name in ("ada", "ben", "cai"):
        accounts.user("evaluator", name)
    for name in ("ada", "ben"):
        accounts.takes_all(draft, name)
    return table


@pytest.fixture
def enter(browser: Browser, live_server: object, ranking: Ranking) -> Iterator[grid.Open]:
    """Return a function that signs somebody in and opens the entry; errors of our scripts fail the test."""
    errors: list[str] = []
    contexts = []

    def open_as(name: str, path: str = "enter/") -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.goto(f"{live_server.url}/admin/login/?next=/admin/scores/ranking/{ranking.pk}/{path}")
        grid.sign_in(page, name)
        expect(page).to_have_url(re.compile(f"/ranking/{ranking.pk}/{path}"))
        if path == "enter/":
            expect(grid.cell(page, "printed_rank", 1)).to_be_focused()  # the grid is there
        return page

    yield open_as
    for page in [page for context in contexts for page in context.pages]:
        grid.all_is_saved(page)  # or a late save would meet a database that is being emptied
    for context in contexts:
        context.close()
    assert errors == []
