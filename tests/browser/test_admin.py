"""A correction in a draft, and the pages of an evaluator, by people without superuser rights, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from awards.models import Award, Release
from cityrank.publishing.workflow import start_draft
from scores.models import Ranking
from tests.factories import accounts, awards, registry


@pytest.fixture
def edition(transactional_db: None) -> Release:
    registry.taizhou()
    for role in ("evaluator", "publisher"):
        accounts.user(role)
    return awards.published_edition(rows=3)


def save(page: Page) -> None:
    page.locator("[name=_save]").first.click()
    expect(page.locator("text=成功").first).to_be_visible()


def test_an_evaluator_corrects_a_draft_while_readers_go_on_reading_what_is_published(
    sign_in: Callable[[str], Page], live_server: object, edition: Release
) -> None:
    draft = start_draft(edition.edition)
    accounts.takes_all(draft)
    evaluator = sign_in("evaluator")
    award = Award.objects.get(release=edition, slug="award-1")
    evaluator.goto(f"{live_server.url}/admin/awards/award/{award.pk}/change/")
    # Public, so there is nothing to type in.
    expect(evaluator.locator("[name=recipients-0-printed_name]")).to_have_count(0)
    evaluator.get_by_role("button", name="在草稿（第 2 版）中打开").click()
    evaluator.fill("[name=recipients-0-printed_name]", "台州")
    evaluator.locator("#id_recipients-0-subject + .select2").click()
    evaluator.locator(".select2-search__field").fill("taizhou")
    evaluator.locator(".select2-results__option", has_text="台州市").click()
    save(evaluator)
    copy = Award.objects.get(release=draft, slug="award-1")
    assert copy.recipients.first().printed_name == "台州"

    reader = evaluator.context.browser.new_page()
    reader.goto(f"{live_server.url}/editions/2017-2018/awards/award-1/")
    expect(reader.get_by_role("link", name="第1镇").first).to_be_visible()
    expect(reader.get_by_text("台州")).to_have_count(0)
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
