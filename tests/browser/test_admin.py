"""A correction from the first click to the public page, by people without superuser rights, in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from awards.models import Award, Release
from scores.models import Ranking
from tests.factories import accounts, awards, registry

PASSWORD = "a-long-test-password"


@pytest.fixture
def edition(transactional_db: None) -> Release:
    registry.taizhou()
    for role in ("evaluator", "publisher"):
        accounts.user(role)
    return awards.published_edition(rows=3)


@pytest.fixture
def sign_in(browser: Browser, live_server: object) -> Iterator[Callable[[str], Page]]:
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


def save(page: Page) -> None:
    page.locator("[name=_save]").first.click()
    expect(page.locator("text=成功").first).to_be_visible()


def test_an_evaluator_corrects_a_draft_and_a_publisher_publishes_it(
    sign_in: Callable[[str], Page], live_server: object, edition: Release
) -> None:
    evaluator = sign_in("evaluator")
    award = Award.objects.get(release=edition, slug="award-1")
    evaluator.goto(f"{live_server.url}/admin/awards/award/{award.pk}/change/")
    expect(evaluator.locator("[name=recipients-0-printed_name]")).to_have_count(
        0
    )  # public, so nothing to type in
    evaluator.get_by_role("button", name="新建草稿").click()

    copy = Award.objects.get(release__number=2, slug="award-1")
    evaluator.goto(f"{live_server.url}/admin/awards/award/{copy.pk}/change/")
    evaluator.fill("[name=recipients-0-printed_name]", "台州")
    evaluator.locator("#id_recipients-0-subject + .select2").click()
    evaluator.locator(".select2-search__field").fill("taizhou")
    evaluator.locator(".select2-results__option", has_text="台州市").click()
    save(evaluator)
    reader = evaluator.context.browser.new_page()
    reader.goto(f"{live_server.url}/editions/2017-2018/awards/award-1/")
    expect(reader.get_by_text("台州")).to_have_count(0)

    publisher = sign_in("publisher")
    draft = Release.objects.get(number=2)
    publisher.goto(f"{live_server.url}/admin/awards/release/{draft.pk}/change/")
    publisher.get_by_role("link", name="发布…").click()
    publisher.locator("[name=reason]").fill("更正获奖名单")
    publisher.get_by_role("button", name="立即发布").click()

    reader.goto(f"{live_server.url}/editions/2017-2018/awards/award-1/")
    expect(reader.get_by_role("link", name="台州")).to_be_visible()
    reader.goto(f"{live_server.url}/editions/2017-2018/releases/1/awards/award-1/")
    expect(reader.get_by_text("台州")).to_have_count(0)
    expect(reader.get_by_role("link", name="第1镇").first).to_be_visible()
    reader.close()


@pytest.mark.parametrize("language", ["", "/en"], ids=["chinese", "english"])
def test_the_pages_of_an_evaluator_are_quiet_in_both_languages(
    sign_in: Callable[[str], Page], live_server: object, edition: Release, language: str
) -> None:
    page = sign_in("evaluator")
    ranking = Ranking.objects.get(release=edition, slug="cities-50")
    for path in (
        "/",
        "/awards/edition/",
        f"/awards/release/{edition.pk}/change/",
        "/awards/award/",
        "/awards/recipient/",
        "/scores/score/",
        f"/scores/ranking/{ranking.pk}/change/",
        f"/scores/ranking/{ranking.pk}/history/",
        "/scores/groupaverage/",
        "/registry/place/",
        "/registry/city/",
    ):
        response = page.goto(f"{live_server.url}{language}/admin{path}")
        assert response.status == 200, path
        page.wait_for_load_state("networkidle")


def test_on_a_phone_a_form_with_a_table_is_no_wider_than_the_screen(
    sign_in: Callable[[str], Page], live_server: object, edition: Release
) -> None:
    draft = awards.secret_draft(edition)
    page = sign_in("evaluator")
    page.set_viewport_size({"width": 390, "height": 844})
    award = Award.objects.filter(release=draft).first()
    for path in (
        f"/awards/award/{award.pk}/change/",
        f"/awards/release/{draft.pk}/change/",
        "/scores/score/",
    ):
        page.goto(f"{live_server.url}/admin{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
