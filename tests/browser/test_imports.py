"""A table is handed in, looked at, written and undone, in a real browser and on a narrow screen."""

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from cityrank.exchange import running
from cityrank.exchange.models import Import
from scores.models import Ranking, Score
from tests.browser.people import SignIn
from tests.factories import accounts, awards, registry, scores

ROWS = [("名次", "城市", "得分"), (1, "杭州", 91.2), (2, "宁波", 90.5), (3, "乌有市", 89)]


@pytest.fixture
def table(transactional_db: None, settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path / "media"
    draft = awards.empty_draft()
    for code, name in {"330100": "杭州市", "330200": "宁波市"}.items():
        registry.place(code, name, "prefecture", registry.zhejiang())
    table = scores.ranking(awards.series(draft, 8), state="not_transcribed", cutoff=4)
    accounts.user("evaluator", "mei")
    accounts.takes_all(draft, "mei")
    return table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "得分.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("地市")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        book.add_worksheet("草稿").hide()
    return path


def hand_in(page: Page, server: object, table: Ranking, file: Path, language: str = "") -> None:
    page.goto(f"{server.url}{language}/admin/exchange/import/add/?into=ranking-{table.pk}")
    page.set_input_files("input[type=file]", file)
    page.click("form.cr-panel button[type=submit]")
    expect(page).to_have_url(re.compile("/change/"))


@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_file_to_the_rows_and_back(
    sign_in: SignIn, live_server: object, table: Ranking, file: Path, language: str
) -> None:
    page = sign_in("mei")
    page.goto(f"{live_server.url}{language}/admin/scores/ranking/{table.pk}/change/")
    expect(page.locator(f"a.cr-go[href*='ranking-{table.pk}']")).to_be_visible()
    hand_in(page, live_server, table, file, language)
    expect(page.locator(".ci-row")).to_have_count(3)
    expect(page.locator(".ci-notices")).to_contain_text("草稿")
    page.click(".ci-count.ci-refused")
    expect(page.locator(".ci-row")).to_have_count(1)
    expect(page.locator(".ci-problem")).to_contain_text("乌有市")
    with page.expect_download() as download:
        page.click("a[href$='/refused/']")
    assert download.value.suggested_filename.endswith(".xlsx")

    page.click("form[action$='/confirm/'] button")
    expect(page.locator("#ci-done")).to_be_visible()
    written = [
        (slug, f"{score:f}") for slug, score in Score.objects.values_list("subject__slug", "printed_score")
    ]
    assert written == [("330100", "91.2000"), ("330200", "90.5000")]

    page.click(".ci-undo summary")
    page.click("form[action$='/undo/'] button")
    expect(page.locator(".cr-status").first).to_be_visible()
    expect(page.locator("form[action$='/undo/']")).to_have_count(0)
    assert not Score.objects.exists()


def test_a_large_file_is_read_while_one_waits(
    sign_in: SignIn, live_server: object, table: Ranking, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LARGE_FILE", 0)
    monkeypatch.setattr(running, "LARGE_IMPORT", 0)
    page = sign_in("mei")
    hand_in(page, live_server, table, file)
    expect(page.locator(".ci-row")).to_have_count(3)
    page.click("form[action$='/confirm/'] button")
    expect(page.locator("#ci-done")).to_be_visible()
    assert Import.objects.get().state == "done"


def test_nothing_stands_out_at_the_side_of_a_narrow_screen(
    sign_in: SignIn, live_server: object, table: Ranking, file: Path
) -> None:
    page = sign_in("mei")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/en/admin/exchange/import/add/?into=ranking-{table.pk}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    hand_in(page, live_server, table, file, "/en")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("form[action$='/confirm/'] button")
    expect(page.locator("#ci-done")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{live_server.url}/en/admin/awards/release/{table.release_id}/import/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
