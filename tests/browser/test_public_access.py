"""Every kind of page for everybody: no violation that axe finds, light and dark, on a telephone and at a desk."""

from collections.abc import Iterable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pages import BUNDLED, DEMO, GONE
from tests.browser.sites import Site

SCREENS = {"phone-light": (390, "light"), "desk-dark": (1280, "dark")}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(params=SCREENS.values(), ids=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def violations(page: Page, options: dict | None = None) -> list[tuple[str, str, str]]:
    found = Axe().run(page, options=options).response["violations"]
    return [(page.url, one["id"], one["nodes"][0]["html"][:200]) for one in found]


def faults(page: Page, addresses: Iterable[str]) -> list[object]:
    """Return what is wrong with pages: violations, what is wider than the screen, what the console complains of."""
    found: list[object] = []
    page.on("console", lambda message: found.append((page.url, message.text)))
    for address in addresses:
        page.goto(address)
        found += violations(page)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found += [(address, f"{wider} px wider than the screen")] if wider > 0 else []
    return found


@pytest.mark.parametrize("language", ["", "/en"], ids=["chinese", "english"])
def test_invented_editions_have_no_violation(screen: Page, demo_site: Site, language: str) -> None:
    assert faults(screen, [f"{demo_site.url}{language}{path}" for path in DEMO.values()]) == []


@pytest.mark.parametrize("language", ["", "/en"], ids=["chinese", "english"])
def test_the_bundled_edition_has_no_violation(screen: Page, bundled_site: Site, language: str) -> None:
    assert faults(screen, [f"{bundled_site.url}{language}{path}" for path in BUNDLED.values()]) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_colours_have_contrast_on_the_other_screens(
    browser: Browser, demo_site: Site, width: int, scheme: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        found = []
        for path in DEMO.values():
            page.goto(f"{demo_site.url}{path}")
            found += violations(page, COLOURS)
    assert found == []


def test_pages_that_are_gone_have_no_violation(screen: Page, demo_site: Site) -> None:
    found = []
    for path in GONE.values():
        screen.goto(f"{demo_site.url}{path}")
        found += violations(screen)
    assert found == []


@pytest.mark.parametrize("width", [768, 1920])
def test_pages_fit_screens_in_between_and_a_font_of_twice_the_size(
    browser: Browser, demo_site: Site, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 1000}) as context:
        page = context.new_page()
        found = []
        for path in DEMO.values():
            page.goto(f"{demo_site.url}{path}")
            for size in ("100%", "200%"):
                page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
                wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                found += [(path, size, wider)] if wider > 0 else []
    assert found == []
