"""What the four people of a year do in the back office, in the words of its pages."""

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from awards.models import Award, Edition, Release
from scores.models import Ranking
from tests.browser.people import SignIn

# The name as printed, what is typed where the name alone does not lead to the city, and the score.
Row = tuple[str, str, str]


class Year:
    """What each of the four does, in the words of the pages."""

    def __init__(self, sign_in: SignIn, site: str, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.li, self.wang, self.zhao, self.chen = (sign_in(name) for name in ("li", "wang", "zhao", "chen"))

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.site}{path}")

    def step(self, page: Page, release: Release, label: str, **fields: str) -> None:
        """Press a button of the release's bar, fill in the page it leads to, and confirm."""
        self.open(page, f"/admin/awards/release/{release.pk}/change/")
        page.get_by_role("link", name=f"{label}…", exact=True).click()
        for name, value in fields.items():
            page.locator(f"[name={name}]").fill(value)
        page.get_by_role("button", name=label, exact=True).click()
        expect(page.get_by_text("现在的状态是")).to_be_visible()

    # --- Setting up ---------------------------------------------------------------------------------------------

    def set_up_the_next_edition(self, former: Release, label: str) -> Release:
        self.open(self.chen, f"/admin/awards/release/{former.pk}/structure/")
        self.chen.locator("[name=label]").fill(label)
        self.chen.get_by_role("button", name="建立", exact=True).click()
        expect(self.chen.get_by_text(f"已建立 {label}")).to_be_visible()
        return Release.objects.get(edition__label=label)

    def hang_up_the_scan(self, draft: Release, table: Ranking, picture: bytes) -> None:
        path = self.folder / "得分.png"
        path.write_bytes(picture)
        self.open(self.chen, f"/admin/awards/attachment/add/?release={draft.pk}")
        self.chen.locator("[name=title]").fill("得分表")
        self.chen.locator("[name=file]").set_input_files(path)
        self.chen.locator("[name=_save]").first.click()
        self.open(self.chen, f"/admin/scores/ranking/{table.pk}/change/")
        self.chen.locator("[name=double_entry]").check()
        self.chen.locator("[name=scan]").select_option(label="得分表")
        self.save(self.chen)

    def divide(self, draft: Release, name: str, *titles: str, due_on: str = "2026-11-25") -> None:
        self.open(self.chen, f"/admin/awards/release/{draft.pk}/work/")
        self.chen.locator("[name=person]").select_option(label=name)
        self.chen.locator("[name=due_on]").fill(due_on)
        for title in titles:
            self.chen.get_by_role("checkbox", name=title).check()
        self.chen.get_by_role("button", name="分派勾选的部分").click()
        expect(self.chen.get_by_text(f"已分派 {len(titles)} 个部分")).to_be_visible()

    # --- Entering -----------------------------------------------------------------------------------------------

    def open_the_grid(self, page: Page, table: Ranking) -> None:
        self.open(page, f"/admin/scores/ranking/{table.pk}/change/")
        page.get_by_role("link", name="对照扫描件录入").click()
        expect(page.locator("#ce-view img")).to_be_visible()
        expect(page.locator("[name^=printed_rank-]:focus")).to_be_visible()  # the first empty row

    def key_in(self, page: Page, table: Ranking, rows: Sequence[Row], message: str) -> None:
        """Key a table and finish it, with nothing but the keyboard, beside the scan."""
        self.open_the_grid(page, table)
        self.finish(page, rows, message)

    def go_on(self, page: Page, table: Ranking, rows: Sequence[Row], first: int, message: str) -> None:
        """Key the rest of a table from the row `first`, and finish it."""
        self.open_the_grid(page, table)
        page.locator(f"[name=printed_rank-{first}]").focus()
        self.finish(page, rows, message, first)

    def finish(self, page: Page, rows: Sequence[Row], message: str, first: int = 1) -> None:
        self.type_rows(page, rows, first)
        page.get_by_role("button", name="完成", exact=True).click()
        expect(page.get_by_text(message).first).to_be_visible()

    def type_rows(self, page: Page, rows: Sequence[Row], first: int = 1) -> None:
        keys = page.keyboard
        for number, (name, pinyin, figure) in enumerate(rows, first):
            keys.type(str(number))
            keys.press("Tab")
            keys.type(name)
            keys.press("Tab")
            if pinyin:
                keys.type(pinyin)
                expect(page.locator("[role=option]").first).to_contain_text(name[:2])
            else:
                expect(page.locator(f"[name=subject-{number}]")).to_have_value(re.compile(name))
            keys.press("Tab")  # takes a suggestion along
            keys.type(figure)
            keys.press("Enter")
            expect(page.locator(f"[name=printed_rank-{number + 1}]")).to_be_focused()
        expect(page.locator("#ce-status")).to_contain_text("已于")

    def decide(self, table: Ranking, value: str) -> None:
        """Take one of the two values that were entered, where they differ."""
        self.open(self.chen, f"/admin/scores/ranking/{table.pk}/compare/")
        self.chen.get_by_role("button", name=value, exact=True).click()
        expect(self.chen.get_by_role("button", name=value, exact=True)).to_have_count(0)

    def fill_in_the_award(self, award: Award, winner: str, by: Page | None = None) -> None:
        self.name_a_winner(award, 1, winner, by or self.li)
        self.choose_the_winner(award, 1, winner, by or self.li)

    def name_a_winner(self, award: Award, number: int, printed: str, by: Page) -> None:
        """Add a row with the name as printed, whoever that is."""
        self.open(by, f"/admin/awards/award/{award.pk}/change/")
        by.get_by_role("link", name="添加另一个").first.click()
        by.locator(f"[name=recipients-{number - 1}-printed_name]").fill(printed)
        self.save(by)

    def choose_the_winner(self, award: Award, number: int, name: str, by: Page) -> None:
        """Say which place the printed name means."""
        self.open(by, f"/admin/awards/award/{award.pk}/change/")
        by.locator(f"#id_recipients-{number - 1}-subject + .select2").click()
        by.locator(".select2-search__field").fill(name)
        by.locator(".select2-results__option", has_text=name).first.click()
        self.save(by)

    def change_a_score(self, table: Ranking, position: int, score: str) -> None:
        self.open(self.li, f"/admin/scores/ranking/{table.pk}/change/")
        self.li.locator(f"[name=scores-{position - 1}-printed_score]").fill(score)
        self.save(self.li)

    def save(self, page: Page) -> None:
        page.locator("[name=_save]").first.click()
        expect(page.get_by_text("成功").first).to_be_visible()

    # --- Looking over it ----------------------------------------------------------------------------------------

    def line(self, page: Page, draft: Release, title: str) -> Locator:
        """Open the page of the work, and return the line of one part."""
        self.open(page, f"/admin/awards/release/{draft.pk}/work/")
        return page.get_by_role("row").filter(has=page.get_by_role("link", name=title, exact=True))

    def send_back(self, draft: Release, title: str, comment: str) -> None:
        """Have the reviewer return one part to whoever enters it."""
        line = self.line(self.zhao, draft, title)
        line.locator("summary").first.click()
        line.locator("textarea").first.fill(comment)
        line.get_by_role("button", name="退回", exact=True).first.click()
        expect(self.zhao.get_by_text(comment)).to_be_visible()

    def verify(self, draft: Release, title: str) -> None:
        """Have the reviewer confirm the rows of one part."""
        line = self.line(self.zhao, draft, title)
        line.get_by_role("button", name="标为已核对").click()
        expect(self.zhao.get_by_text("已核对 1 行")).to_be_visible()

    def let_the_warnings_stand(self, page: Page, draft: Release, reason: str, leave: int = 0) -> None:
        """Acknowledge the open warnings one by one, as the page asks for; `leave` so many of them open."""
        self.open(page, f"/admin/awards/release/{draft.pk}/checks/")
        waiting = page.locator("details", has_text="为何可以保留")
        for left in range(waiting.count(), leave, -1):
            expect(waiting).to_have_count(left)
            waiting.first.locator("summary").click()
            waiting.first.locator("textarea").fill(reason)
            waiting.first.get_by_role("button").click()
        expect(waiting).to_have_count(leave)

    # --- Correcting ---------------------------------------------------------------------------------------------

    def start_a_correction(self, label: str) -> tuple[Release, Ranking]:
        """Start a draft from the published release; return it with its first table."""
        self.open(self.chen, f"/admin/awards/edition/{Edition.objects.get(label=label).pk}/change/")
        self.chen.get_by_role("button", name="新建草稿").click()
        correction = Release.objects.get(edition__label=label, number=2)
        return correction, Ranking.objects.filter(release=correction).earliest("position")
