"""Tables are keyed beside their scan, from the keyboard, by people who do not see each other's entries."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, expect

from cityrank.publishing.models import Entry, EntryRow
from scores.models import Ranking, Score
from tests.browser.grid import (
    RIGHT,
    Open,
    cell,
    finish,
    is_saved,
    key_table,
    paste,
    sign_in,
)
from tests.factories import registry


def test_a_table_is_keyed_from_the_keyboard_alone_and_becomes_the_ranking(
    enter: Open, ranking: Ranking
) -> None:
    page = enter("ada")
    expect(page.locator("#ce-view img")).to_be_visible()
    assert page.evaluate("document.querySelector('#ce-view img').naturalWidth") == 900
    key_table(page, RIGHT)
    page.keyboard.press("Shift+Enter")  # one row up, the same column
    expect(cell(page, "printed_rank", 4)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Tab")
    expect(cell(page, "status", 2)).to_be_focused()
    is_saved(page)
    expect(page.locator("#ce-status")).to_contain_text("已于")
    page.locator("button[value=finish]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("button[value=reopen]")).to_be_visible()

    rows = Score.objects.filter(ranking=ranking).order_by("position")
    assert [(str(row.printed_rank), row.printed_name, f"{row.printed_score:.2f}") for row in rows] == RIGHT
    assert rows[0].provenance["printed_score"]["file"] == "通报附表"


def test_a_place_is_found_by_pinyin_in_the_peer_group_and_elsewhere_only_when_asked(
    enter: Open, ranking: Ranking
) -> None:
    registry.xihu()
    page = enter("ada")
    cell(page, "subject", 1).focus()
    page.keyboard.type("ning")
    options = page.locator("[role=option]")
    expect(options.first).to_contain_text("宁波市")
    expect(cell(page, "subject", 1)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(cell(page, "subject", 1)).to_have_value(re.compile("宁波市"))
    expect(cell(page, "subject", 1)).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.keyboard.type("西湖区")
    expect(options).to_have_count(1)  # nothing but the search in everything: a district is no member
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(options.first).to_contain_text("西湖区")
    page.keyboard.press("Tab")
    expect(cell(page, "subject", 2)).to_have_value(re.compile("西湖区"))


def test_what_looks_wrong_is_said_beside_the_row_as_it_is_typed(enter: Open, ranking: Ranking) -> None:
    page = enter("ada")
    note = page.locator("#ce-note-2")
    paste(page, "1\t杭州\t90.10\n2\t宁波\t190.10")
    expect(note).not_to_be_empty()
    expect(cell(page, "printed_score", 2)).to_have_attribute("aria-describedby", "ce-note-2")
    cell(page, "printed_score", 2).fill("88.123")
    expect(note).to_contain_text("小数")
    cell(page, "printed_score", 2).fill("8O")
    expect(note).not_to_contain_text("小数")
    cell(page, "printed_score", 2).fill("８８．１２")
    expect(note).to_be_empty()
    cell(page, "printed_rank", 2).fill("3")
    expect(note).not_to_be_empty()
    cell(page, "printed_rank", 2).fill("2")
    cell(page, "printed_name", 2).fill("杭州")
    cell(page, "printed_rank", 2).focus()
    expect(cell(page, "subject", 2)).to_have_value(re.compile("杭州"))
    expect(note).not_to_be_empty()


@pytest.mark.parametrize(
    "text",
    [
        "1\t杭州\t９０．１０\n2\t宁波\t88.20\n3\t温州\t85.30\n4\t嘉兴\t80.00\n",
        "城市\t得分\t名次\r\n杭州\t90.10\t1\r\n宁波\t88.20\t２\r\n温州\t85.30\t3\r\n嘉兴\t80.00\t4\r\n",
    ],
    ids=["in the order of the grid, full-width digits", "with headings in another order"],
)
def test_a_block_from_a_spreadsheet_is_pasted_at_the_cursor(enter: Open, ranking: Ranking, text: str) -> None:
    page = enter("ada")
    expect(cell(page, "printed_rank", 1)).to_be_focused()
    paste(page, text)
    for number, (_rank, name, _score) in enumerate(RIGHT, 1):
        expect(cell(page, "subject", number)).to_have_value(re.compile(name))
    is_saved(page)
    finish(page)
    rows = Score.objects.filter(ranking=ranking).order_by("position")
    assert [(str(row.printed_rank), row.printed_name, f"{row.printed_score:.2f}") for row in rows] == RIGHT


def test_nothing_typed_is_lost_while_the_network_is_gone(enter: Open, ranking: Ranking) -> None:
    page = enter("ada")
    page.keyboard.type("1")
    is_saved(page)
    page.context.set_offline(True)
    cell(page, "printed_name", 1).fill("杭州")
    cell(page, "printed_score", 2).fill("88.2")
    status = page.locator("#ce-status")
    expect(status).to_have_class(re.compile("ce-bad"))
    assert EntryRow.objects.get().printed_name == ""
    page.context.set_offline(False)
    is_saved(page)
    assert [row.printed_name for row in EntryRow.objects.order_by("position")] == ["杭州", ""]

    # The window is closed while the network is gone: the next one has what was typed.
    page.context.set_offline(True)
    cell(page, "printed_score", 3).fill("85.3")
    expect(status).to_have_class(re.compile("ce-bad"))
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)
    other.goto(page.url)
    expect(cell(other, "printed_score", 3)).to_have_value("85.3")
    is_saved(other)
    assert EntryRow.objects.get(position=3).printed_score == "85.3"


def test_typing_goes_on_after_the_session_has_ended_and_somebody_signs_in_again(
    enter: Open, ranking: Ranking
) -> None:
    page = enter("ada")
    page.keyboard.type("1")
    is_saved(page)
    Session.objects.all().delete()
    page.keyboard.press("Tab")
    page.keyboard.type("杭州")
    link = page.locator("#ce-status a")
    expect(link).to_be_visible()
    # Somebody else at the same computer does not get what Ada typed into an entry of their own.
    with page.context.expect_page() as opened:
        link.click()
    second = opened.value
    sign_in(second, "ben")
    expect(second).to_have_url(re.compile("/admin/$"))
    page.bring_to_front()
    page.keyboard.type("市")
    expect(page.locator("#ce-status")).to_contain_text("ben")
    assert not Entry.objects.filter(person__username="ben").exists()

    Session.objects.all().delete()
    second.goto(second.url)
    sign_in(second, "ada")
    expect(second).to_have_url(re.compile("/admin/$"))
    second.close()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    is_saved(page)
    assert EntryRow.objects.get().printed_name == "杭州"


def test_two_windows_of_one_entry_do_not_write_over_each_other(enter: Open, ranking: Ranking) -> None:
    page = enter("ada")
    other = page.context.new_page()
    other.goto(page.url)
    cell(page, "printed_name", 1).fill("杭州")
    is_saved(page)
    # Another cell of the same row: both are kept.
    cell(other, "printed_score", 1).fill("90.10")
    is_saved(other)
    expect(cell(other, "printed_name", 1)).to_have_value("杭州")
    row = EntryRow.objects.get()
    assert (row.printed_name, row.printed_score) == ("杭州", "90.10")
    # The same cell: nothing is written before the person has chosen.
    cell(page, "printed_score", 1).fill("91.10")
    choice = page.locator(".ce-choice")
    expect(choice).to_contain_text("90.10")
    row.refresh_from_db()
    assert row.printed_score == "90.10"
    choice.get_by_role("button").first.click()
    expect(choice).to_have_count(0)
    is_saved(page)
    row.refresh_from_db()
    assert (row.printed_name, row.printed_score) == ("杭州", "91.10")


def test_what_was_typed_into_a_draft_that_was_submitted_meanwhile_stays_readable(
    enter: Open, ranking: Ranking
) -> None:
    page = enter("ada")
    page.keyboard.type("1")
    is_saved(page)
    type(ranking.release).objects.filter(pk=ranking.release_id).update(status="in_review")
    page.keyboard.press("Tab")
    page.keyboard.type("杭州")
    expect(page.locator("#ce-status")).to_have_class(re.compile("ce-bad"))
    page.reload()
    expect(cell(page, "printed_name", 1)).to_have_value("杭州")
    expect(cell(page, "printed_name", 1)).to_be_disabled()
    page.locator("#ce-copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == "1\t杭州\t"
    assert EntryRow.objects.get().printed_name == ""


def test_the_row_being_keyed_is_highlighted_on_the_scan(enter: Open, ranking: Ranking) -> None:
    page = enter("ada")
    band = page.locator(".ce-band")
    expect(band).to_be_hidden()
    page.locator("[data-mark=first]").click()
    for _step in range(5):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(cell(page, "printed_rank", 1)).to_be_focused()
    cell(page, "printed_rank", 4).focus()
    page.locator("[data-mark=last]").click()
    page.locator("#ce-view").click(position={"x": 200, "y": 400})
    expect(band).to_be_visible()
    before = band.bounding_box()["y"] + page.evaluate("document.querySelector('#ce-view').scrollTop")
    cell(page, "printed_rank", 2).focus()
    after = band.bounding_box()["y"] + page.evaluate("document.querySelector('#ce-view').scrollTop")
    assert after < before

    width = page.evaluate("document.querySelector('.ce-sheet').clientWidth")
    page.locator("#ce-view").focus()
    page.keyboard.press("+")
    assert page.evaluate("document.querySelector('.ce-sheet').clientWidth") > width
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.querySelector('#ce-view').scrollLeft") > 0
    page.locator("#ce-view").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, 200)
    page.keyboard.up("Control")
    page.keyboard.press("0")
    assert page.evaluate("document.querySelector('.ce-sheet').clientWidth") == width
    page.reload()
    expect(band).to_be_visible()


def test_two_people_enter_a_table_and_a_third_decides_where_they_differ(
    enter: Open, ranking: Ranking, live_server: object
) -> None:
    Ranking.objects.filter(pk=ranking.pk).update(double_entry=True)
    ada, ben = enter("ada"), enter("ben")
    key_table(ada, RIGHT)
    is_saved(ada)
    expect(cell(ben, "printed_name", 1)).to_have_value("")
    key_table(ben, [*RIGHT[:2], ("3", "温州", "85.80"), RIGHT[3]])
    finish(ada)
    ada.goto(f"{live_server.url}/admin/scores/ranking/{ranking.pk}/compare/")
    expect(ada.locator(".ce-cells")).to_have_count(0)
    is_saved(ben)
    finish(ben)
    ben.goto(f"{live_server.url}/admin/scores/ranking/{ranking.pk}/compare/")
    expect(ben.locator(".ce-cells > li")).to_have_count(1)
    expect(ben.locator(".ce-choice")).to_have_count(0)  # who entered it does not decide
    assert not ranking.scores.exists()

    cai = enter("cai", "compare/")
    cai.get_by_role("button", name="85.30").click()
    expect(cai.locator(".ce-decided")).to_contain_text("85.30")
    assert [f"{row.printed_score:.2f}" for row in ranking.scores.order_by("position")] == [
        score for _rank, _name, score in RIGHT
    ]
    score = ranking.scores.get(position=3)
    assert score.verified_by.username == "cai"
    cai.goto(f"{live_server.url}/admin/scores/score/{score.pk}/change/")
    origin = cai.locator(".cr-origin")
    for text in ("通报附表", "ada", "ben", "cai", "85.80"):
        expect(origin).to_contain_text(text)


@pytest.mark.parametrize("language", ["", "/en"], ids=["chinese", "english"])
def test_on_a_phone_the_scan_stands_above_the_grid(
    enter: Open, ranking: Ranking, live_server: object, language: str
) -> None:
    page = enter("ada")
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("enter", "compare"):
        page.goto(f"{live_server.url}{language}/admin/scores/ranking/{ranking.pk}/{path}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{live_server.url}{language}/admin/scores/ranking/{ranking.pk}/enter/")
    scan, grid = (page.locator(one).bounding_box() for one in ("#ce-view", "#ce-grid"))
    assert scan["y"] + scan["height"] <= grid["y"]


def test_without_javascript_a_sentence_says_what_is_missing(
    browser: Browser, enter: Open, ranking: Ranking, live_server: object
) -> None:
    signed_in = enter("ada").context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/scores/ranking/{ranking.pk}/enter/")
    expect(page.locator("noscript .cr-error")).to_be_visible()
    assert "JavaScript" in page.locator("noscript .cr-error").inner_text()
    context.close()


def test_what_is_typed_over_a_subject_that_was_found_by_itself_takes_its_place(
    enter: Open, ranking: Ranking
) -> None:
    page = enter("ada")
    cell(page, "printed_name", 1).focus()
    page.keyboard.type("杭州")
    page.keyboard.press("Tab")
    subject = cell(page, "subject", 1)
    expect(subject).to_have_value(re.compile("杭州"))  # found while the cursor stands in the cell
    page.keyboard.type("ningbo")
    expect(subject).to_have_value("ningbo")
    page.locator("[role=option]", has_text="宁波").first.wait_for()
    page.keyboard.press("Enter")
    expect(subject).to_have_value(re.compile("宁波"))
