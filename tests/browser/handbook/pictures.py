"""The pictures of the handbook, taken while a made-up year is played. Run by `make handbook`; it writes into docs/.

Nothing is left to the machine: the clock stands still at hours that are set here, and figures and names are invented.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from awards.models import Award, Release
from scores.models import Ranking
from tests.browser.handbook import made_up
from tests.browser.handbook.camera import Camera
from tests.browser.people import SignIn
from tests.browser.year import Year
from tests.factories import accounts

LABEL = "2025-2026"
REASON = "示例通报没有写明。"
BEGIN = dt.datetime(2026, 11, 20, 1, 0, tzinfo=dt.UTC)
HOUR = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def former(clock: object, transactional_db: None, settings: object, tmp_path: Path) -> Release:
    settings.MEDIA_ROOT = tmp_path
    made_up.people()
    return made_up.last_year()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


class Play:
    """A year, day by day; each day leaves pictures behind."""

    def __init__(self, year: Year, camera: Camera, clock: time_machine.Traveller, former: Release) -> None:
        self.year, self.camera, self.clock, self.former = year, camera, clock, former

    def day(self, number: int, hour: int = 9) -> None:
        """Put the clock to an hour of Beijing on a day of November 2026."""
        self.clock.move_to(dt.datetime(2026, 11, number, hour - 8, tzinfo=dt.UTC))

    def page(self, name: str) -> str:
        return f"/admin/awards/release/{self.draft.pk}/{name}/"

    def accounts(self) -> None:
        self.day(20)

        def fill(page: Page) -> None:
            page.locator("[name=name]").fill("He Ping")
            page.locator("[name=email]").fill("he@example.org")
            page.locator("[name=roles]").first.check()

        self.camera.take(
            self.year.chen, "/admin/accounts/invitation/add/", "01-invitation", fill, until=".cr-panel"
        )
        accounts.with_app(accounts.get("wang"))
        self.camera.take(
            self.year.wang, "/admin/account/second-factor/", "02-second-factor", until=".cr-account"
        )

    def set_up(self, scan: bytes) -> None:
        self.day(20, 10)
        self.camera.take(
            self.year.chen,
            f"/admin/awards/release/{self.former.pk}/structure/",
            "04-structure",
            lambda page: page.locator("[name=label]").fill(LABEL),
            until=".cr-panel",
        )
        self.draft = self.year.set_up_the_next_edition(self.former, LABEL)
        self.table = Ranking.objects.get(release=self.draft)
        self.travel, self.parks = Award.objects.filter(release=self.draft).order_by("position")
        self.year.hang_up_the_scan(self.draft, self.table, scan)
        table, travel, parks = (row.title_printed for row in (self.table, self.travel, self.parks))
        self.year.divide(self.draft, "li", table, travel)
        self.year.divide(self.draft, "wang", table, travel, parks, due_on="2026-11-27")

    def enter(self, lines: list[float]) -> None:
        self.day(23, 10)
        self.year.fill_in_the_award(self.travel, "宁波")
        self.key_beside_the_scan(self.year.li, lines)
        self.year.send_back(self.draft, self.travel.title_printed, "还缺一个获奖城市。")
        self.camera.take(self.year.chen, self.page("work"), "05-work", until=".cr-panel")
        self.camera.take(self.year.li, "/admin/", "03-desk", until=".cr-panel")
        self.two_people_and_one_row()

    def key_beside_the_scan(self, page: Page, lines: list[float]) -> None:
        """Key the first rows of the table; the picture shows the next one begun, and where it lies on the scan."""
        self.year.open_the_grid(page, self.table)
        self.year.type_rows(page, made_up.PRINTED[:5])

        def mark(page: Page) -> None:
            expect(page.locator("[name=printed_score-5]")).to_have_value("79.4")
            for row, which in ((1, "first"), (5, "last")):
                page.locator(f"[name=printed_name-{row}]").focus()
                page.locator(f"[data-mark={which}]").click()
                box = page.locator("#ce-view img").bounding_box()
                page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * lines[row - 1])
            page.locator("[name=printed_rank-6]").focus()

        self.camera.take(
            page, f"/admin/scores/ranking/{self.table.pk}/enter/", "07-entry", mark, until="#ce-finish"
        )

    def two_people_and_one_row(self) -> None:
        """Two people have one row open; whoever saves second is shown both texts."""
        path = f"/admin/awards/award/{self.travel.pk}/change/"
        for language, theirs, mine in (("zh", "宁波市", "宁波（市）"), ("en", "宁波", "宁波（市）")):
            for page in (self.year.li, self.year.wang):
                self.camera.open(page, path, language)
            for page, text in ((self.year.wang, theirs), (self.year.li, mine)):
                page.locator("[name=recipients-0-printed_name]").fill(text)
                page.locator("[name=_save]").first.click()
                page.wait_for_load_state("networkidle")
            self.camera.shoot(self.year.li, "06-conflict", language)

    def settle(self) -> None:
        """Both finish the table, the coordinator decides the cell that differs, and the checks are looked at."""
        self.day(24)
        self.year.go_on(self.year.li, self.table, made_up.PRINTED[5:], 6, "榜单等待第二人录入")
        misread = [*made_up.PRINTED[:3], ("无锡", "", "82.6"), *made_up.PRINTED[4:]]
        self.year.key_in(self.year.wang, self.table, misread, "由第三人裁定")
        compare = f"/admin/scores/ranking/{self.table.pk}/compare/"
        self.camera.take(self.year.chen, compare, "08-compare")
        self.year.decide(self.table, "82.0")
        self.year.fill_in_the_award(self.parks, "绍兴", by=self.year.wang)
        self.year.name_a_winner(self.parks, 2, "苏州城", by=self.year.wang)
        self.year.let_the_warnings_stand(self.year.li, self.draft, REASON, leave=3)
        self.camera.take(self.year.li, self.page("checks"), "09-checks")
        self.year.choose_the_winner(self.parks, 2, "苏州", by=self.year.wang)
        self.year.let_the_warnings_stand(self.year.li, self.draft, REASON)

    def hand_over(self) -> None:
        """Submitted, returned, submitted again, approved; the log is read."""
        self.day(25)
        self.year.step(self.year.li, self.draft, "提交")
        self.day(25, 14)
        self.year.step(self.year.zhao, self.draft, "退回", reason="请核对第八行的城市。")
        self.day(26)
        self.year.step(self.year.li, self.draft, "提交", reason="已核对，通报原文为“嘉兴城”。")
        self.day(26, 11)
        self.camera.take(self.year.zhao, self.page("step/approve"), "10-approve", until=".cr-panel")
        self.year.step(self.year.zhao, self.draft, "批准")
        self.camera.take(self.year.chen, self.page("log"), "11-log", until=".cr-panel")

    def publish(self) -> None:
        self.day(27)

        def fill(page: Page) -> None:
            page.locator("[name=on]").fill("2026-12-01")
            page.locator("[name=at]").fill("10:00")

        preview = f"/admin/preview/{LABEL}/1/rankings/{self.table.slug}/"
        self.camera.take(self.year.chen, preview, "12-preview", until="main table")
        self.camera.take(self.year.chen, self.page("step/schedule"), "13-schedule", fill, until=".cr-panel")
        self.year.step(self.year.chen, self.draft, "排期", on="2026-12-01", at="10:00")
        self.clock.move_to(HOUR)

    def correct(self, reader: Page) -> None:
        """A figure turns out to be misprinted; readers see what was corrected."""
        self.clock.move_to(HOUR + dt.timedelta(days=1))
        correction, copy = self.year.start_a_correction(LABEL)
        self.year.divide(correction, "li", copy.title_printed, due_on="2026-12-04")
        self.year.change_a_score(copy, 8, "71.8")
        self.year.verify(correction, copy.title_printed)
        self.year.step(self.year.li, correction, "提交")
        self.year.step(self.year.zhao, correction, "批准")
        self.year.step(self.year.chen, correction, "发布", reason="示例通报更正了第八行的得分。")
        self.camera.take(reader, f"/editions/{LABEL}/errata/", "14-errata", until="article")


def test_the_pictures_of_the_handbook(
    former: Release,
    clock: time_machine.Traveller,
    sign_in: SignIn,
    live_server: object,
    tmp_path: Path,
    reader: Page,
) -> None:
    play = Play(Year(sign_in, live_server.url, tmp_path), Camera(live_server.url), clock, former)
    scan, lines = made_up.bulletin(reader)
    play.accounts()
    play.set_up(scan)
    play.enter(lines)
    play.settle()
    play.hand_over()
    play.publish()
    play.correct(reader)
