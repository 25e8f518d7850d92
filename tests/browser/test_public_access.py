"""Every kind of page for everybody: no violation that axe finds, light and dark, on a telephone and at a desk."""

from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pages import BUNDLED, DEMO, GONE
from tests.browser.sites import Site

PHONE, DESK = 390, 1280
OPTIONS = {"resultTypes": ["violations"]}


def violations(page: Page) -> list[tuple[str, str, str]]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(page.url, one["id"], node["html"][:200]) for one in found for node in one["nodes"]]


def faults(browser: Browser, width: int, scheme: str, addresses: Iterable[str]) -> list[object]:
    """Return what is wrong with pages: violations, what is wider than the screen, what the console complains of."""
    found: list[object] = []
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.on("console", lambda message: found.append((page.url, message.text)))
        page.on("pageerror", lambda error: found.append((page.url, str(error))))
        for address in addresses:
            response = page.goto(address)
            found += [] if response and response.ok else [(address, "is not there")]
            found += violations(page)
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            found += [(address, f"{wider} px wider than the screen")] if wider > 0 else []
    return found


def share(pages: dict[str, str], width: int, scheme: str) -> list[str]:
    """Return every other page. Each is seen in light and in dark, once on either screen, once in either language."""
    odd = (width == DESK) != (scheme == "dark")
    return [
        f"/en{path}" if (number // 2 % 2 == 0) != (scheme == "dark") else path
        for number, path in enumerate(pages.values())
        if number % 2 == odd
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])
def test_invented_editions_have_no_violation(
    browser: Browser, demo_site: Site, width: int, scheme: str
) -> None:
    addresses = [demo_site.url + path for path in share(DEMO, width, scheme)]
    assert faults(browser, width, scheme, addresses) == []


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_the_bundled_edition_has_no_violation(
    browser: Browser, bundled_site: Site, width: int, scheme: str
) -> None:
    language = "/en" if width == PHONE else ""
    addresses = [f"{bundled_site.url}{language}{path}" for path in BUNDLED.values()]
    assert faults(browser, width, scheme, addresses) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_are_gone_have_no_violation(page: Page, demo_site: Site, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    found = []
    for path in GONE.values():
        response = page.goto(f"{demo_site.url}{path}")
        assert response is not None
        assert response.status in (404, 410)
        found += violations(page)
    assert found == []


def test_pages_fit_screens_in_between_and_a_font_of_twice_the_size(page: Page, demo_site: Site) -> None:
    found = []
    for number, path in enumerate(DEMO.values()):
        page.goto(f"{demo_site.url}{'/en' if number % 2 else ''}{path}")
        for width in (768, 1920):
            page.set_viewport_size({"width": width, "height": 1000})
            for size in ("100%", "200%"):
                page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
                wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                found += [(path, width, size, wider)] if wider > 0 else []
    assert found == []
