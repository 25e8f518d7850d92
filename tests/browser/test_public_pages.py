"""What a reader meets, in a real browser: both languages, a phone and a desk, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from awards.models import Release
from tests.factories import awards, registry

PATHS = [
    "/",
    "/editions/",
    "/editions/2017-2018/",
    "/editions/2017-2018/series/1/",
    "/editions/2017-2018/awards/award-1/",
    "/editions/2017-2018/rankings/cities-50/",
    "/editions/2017-2018/rankings/picture/",
    "/editions/2017-2018/averages/",
    "/editions/2017-2018/releases/1/",
    "/editions/2017-2018/errata/",
    "/editions/2017-2018/releases/1/errata/",
    "/places/330106/",
    "/organisations/institute/",
    "/search/?q=hangzhou",
    "/about/",
]


@pytest.fixture
def edition(transactional_db: None) -> Release:
    registry.zone()
    return awards.published_edition(rows=3)


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(390, "dark", ""), (1280, "light", "/en")],
    ids=["chinese-phone-dark", "english-desk-light"],
)
def test_every_page_is_quiet_fits_the_screen_and_is_accessible(
    page: Page, live_server: object, edition: Release, width: int, scheme: str, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in PATHS:
        response = page.goto(f"{live_server.url}{language}{path}")
        assert response.status == 200, path
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{path} is {width} px wider than the screen"
        violations = Axe().run(page).response["violations"]
        assert [(path, found["id"], found["nodes"][0]["html"]) for found in violations] == []
    assert complaints == []


def test_a_reader_goes_from_the_home_page_to_a_winner_without_javascript(
    browser: Browser, live_server: object, edition: Release
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url)
    page.locator("a[href='/editions/2017-2018/series/1/']").first.click()
    page.locator("a[href='/editions/2017-2018/awards/award-1/']").first.click()
    page.get_by_role("link", name="第1镇").first.click()
    expect(page).to_have_url(f"{live_server.url}/places/330106101/")
    expect(page.locator("h1")).to_contain_text("第1镇")
    context.close()


def test_a_reader_finds_a_city_by_its_pinyin(page: Page, live_server: object, edition: Release) -> None:
    page.goto(live_server.url)
    page.locator("input[name=q]").first.fill("hangzhou")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="杭州市").first.click()
    expect(page).to_have_url(f"{live_server.url}/places/330100/")


def test_the_language_switch_keeps_the_page(page: Page, live_server: object, edition: Release) -> None:
    page.goto(f"{live_server.url}/editions/2017-2018/averages/")
    page.locator("a[hreflang=en]").first.click()
    expect(page).to_have_url(f"{live_server.url}/en/editions/2017-2018/averages/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_first_tab_leads_past_the_navigation(page: Page, live_server: object, edition: Release) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""
