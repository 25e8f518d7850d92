"""A bulletin is handed in, answered as one goes along, and written, in a real browser and on a narrow screen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from awards.models import Recipient
from cityrank.exchange.models import BulletinReading
from tests.browser.people import SignIn
from tests.exchange.bulletin.texts import BULLETIN, places
from tests.factories import accounts, registry

JILIN = "place:most-influential:2:吉林"


@pytest.fixture
def file(transactional_db: None, settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    places()
    registry.wenzhou()
    accounts.user("publisher", "mei")
    path = tmp_path / "通报.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_file_to_the_draft(sign_in: SignIn, live_server: object, file: Path, language: str) -> None:
    page = sign_in("mei")
    page.goto(f"{live_server.url}{language}/admin/exchange/bulletinreading/add/")
    page.set_input_files("input[type=file]", file)
    page.click("form.cr-panel button[type=submit]")
    expect(page).to_have_url(re.compile("/change/"))
    expect(page.locator(".cb-piece", has_text="杭州、吉林")).to_contain_text("浙江省杭州市")

    page.click(".cr-actions a.cr-button")
    page.check("input[value='220200']")
    expect(page.locator("#cb-status")).to_contain_text("2")
    page.reload()
    expect(page.locator("fieldset")).to_have_count(2)
    page.check("input[value='keep']")
    expect(page.locator("#cb-status")).to_contain_text("1")
    # What is suggested is taken along by the button without having been touched.
    page.click("#cb-form button[type=submit]")
    expect(page).to_have_url(re.compile("/confirm/"))
    page.click("section form button[type=submit]")
    expect(page).to_have_url(re.compile("/awards/release/"))
    assert Recipient.objects.filter(subject__slug="220200").exists()


def test_another_place_is_searched_for_and_saved(sign_in: SignIn, live_server: object, file: Path) -> None:
    page = sign_in("mei")
    page.goto(f"{live_server.url}/admin/exchange/bulletinreading/add/")
    page.set_input_files("input[type=file]", file)
    page.click("form.cr-panel button[type=submit]")
    page.click(".cr-actions a.cr-button")
    question = page.locator("fieldset", has_text="吉林")
    question.locator(".select2-selection").click()
    page.keyboard.type("wenzhou")
    page.locator(".select2-results__option", has_text="温州市").click()

    expect(page.locator("#cb-status")).to_contain_text("2")
    expect(question.locator("[value='@other']")).to_be_checked()
    assert BulletinReading.objects.get().answers == {JILIN: "330300"}


def test_nothing_stands_out_at_the_side_of_a_narrow_screen(
    sign_in: SignIn, live_server: object, file: Path
) -> None:
    page = sign_in("mei")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/en/admin/exchange/bulletinreading/add/")
    page.set_input_files("input[type=file]", file)
    page.click("form.cr-panel button[type=submit]")
    for name in ("change", "questions", "confirm"):
        page.goto(re.sub("/(change|questions)/", f"/{name}/", page.url))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
