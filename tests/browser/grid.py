"""The grid beside a scan, as a person at the keyboard uses it."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import PASSWORD

CITIES = [
    ("杭州", "hang zhou shi"),
    ("宁波", "ning bo shi"),
    ("温州", "wen zhou shi"),
    ("嘉兴", "jia xing shi"),
]
Open = Callable[[str], Page]


def all_is_saved(page: Page) -> None:
    if page.locator("#ce-grid[data-open=yes]").count():
        is_saved(page)
    page.wait_for_load_state("networkidle")


def sign_in(page: Page, name: str) -> None:
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")


def cell(page: Page, name: str, row: int) -> Locator:
    return page.locator(f"[name={name}-{row}]")


def is_saved(page: Page) -> None:
    """Wait until the server has everything: nothing is kept on this computer any more."""
    page.wait_for_function("!Object.keys(localStorage).some(key => /^cityrank-entry-.*:/.test(key))")


def key_table(page: Page, rows: list[tuple[str, str, str]]) -> None:
    """Type rows as a person does: rank, Tab, name, Tab (the subject is found), Tab, score, Enter."""
    for number, (rank, name, score) in enumerate(rows, 1):
        expect(cell(page, "printed_rank", number)).to_be_focused()
        page.keyboard.type(rank)
        page.keyboard.press("Tab")
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        expect(cell(page, "subject", number)).to_have_value(re.compile(name))
        page.keyboard.press("Tab")
        page.keyboard.type(score)
        page.keyboard.press("Enter")


def finish(page: Page) -> None:
    page.locator("button[value=finish]").click()
    expect(page.locator("button[value=finish]")).to_have_count(0)


RIGHT = [("1", "杭州", "90.10"), ("2", "宁波", "88.20"), ("3", "温州", "85.30"), ("4", "嘉兴", "80.00")]


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")
