"""A whole year in the back office, by four people without superuser rights, in real browsers of their own.

The next edition is set up and divided, a table is keyed twice from its scan by keyboard, a third person decides what
differs, the draft is submitted, returned, submitted again, approved and scheduled; the hour comes; a mistake is found
and corrected in public.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from awards.models import Award, Release
from cityrank.publishing.models import Move
from scores.models import Ranking, Score
from tests.browser.people import SignIn
from tests.browser.year import Row, Year
from tests.factories import accounts, awards, registry, scans, scores

HOUR = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)  # 10:00 in Beijing


def rows(*scores: str) -> list[Row]:
    """Return the three cities with these scores, the last one printed with a name that nobody knows."""
    cities = (("杭州", ""), ("台州", ""), ("温州城", "wenzhou"))
    return [(name, typed, score) for (name, typed), score in zip(cities, scores, strict=True)]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 11, 20, 1, 0, tzinfo=dt.UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def last_year(
    clock: time_machine.Traveller, transactional_db: None, settings: object, tmp_path: Path
) -> Release:
    """The published edition 2017-2018: an award with one winner and a table of three cities."""
    settings.MEDIA_ROOT = tmp_path
    for role, name in (
        ("evaluator", "li"),
        ("evaluator", "wang"),
        ("reviewer", "zhao"),
        ("publisher", "chen"),
    ):
        accounts.user(role, name)
    places = [registry.hangzhou(), registry.taizhou(), registry.wenzhou()]
    draft = awards.empty_draft(title_zh="2017-2018评估结果")
    awards.award(
        awards.series(draft, 1, title_zh="最具影响力"),
        winners=[("杭州", places[0])],
        title_listed="2017-2018年度最具影响力智慧城市",
        title_printed="2017-2018年度最具影响力智慧城市",
    )
    table = scores.ranking(awards.series(draft, 8, title_zh="综合排名"), expected_count=3, cutoff=3)
    for position, place in enumerate(places, 1):
        scores.score(table, position, place, Decimal(90 - position))
    return awards.publish_unattended(draft)


def nobody_sees(read: Callable[[str], int], label: str) -> None:
    for path in (f"/editions/{label}/", f"/api/v1/editions/{label}/", f"/editions/{label}/releases/1/"):
        assert read(path) == 404, path


@pytest.fixture
def read(live_server: object, page: Page) -> Callable[[str], int]:
    """Return a function that opens a public page as a reader and gives the status of the answer."""
    return lambda path: page.goto(f"{live_server.url}{path}").status


def test_a_year_from_the_clone_to_the_correction(
    clock: time_machine.Traveller,
    last_year: Release,
    sign_in: SignIn,
    live_server: object,
    tmp_path: Path,
    read: Callable[[str], int],
    page: Page,
) -> None:
    year = Year(sign_in, live_server.url, tmp_path)

    # Set up and divided.
    draft = year.set_up_the_next_edition(last_year, "2018-2019")
    table, award = Ranking.objects.get(release=draft), Award.objects.get(release=draft)
    assert award.title_printed == "2018-2019年度最具影响力智慧城市"
    year.hang_up_the_scan(draft, table, scans.picture())
    year.divide(draft, "li", table.title_printed, award.title_printed)
    year.divide(draft, "wang", table.title_printed)
    year.open(year.wang, "/admin/")
    expect(year.wang.get_by_role("link", name=table.title_printed).first).to_be_visible()

    # Keyed twice; neither sees the other's; a third decides the one cell that differs.
    year.key_in(year.li, table, rows("91.2", "88.1", "85.0"), "榜单等待第二人录入")
    year.key_in(year.wang, table, rows("91.2", "86.1", "85.0"), "由第三人裁定")
    assert not Score.objects.filter(ranking=table).exists()
    year.decide(table, "88.1")
    found = Score.objects.filter(ranking=table).order_by("position").values_list("printed_score", flat=True)
    assert list(found) == [Decimal("91.2"), Decimal("88.1"), Decimal("85.0")]
    year.fill_in_the_award(award, "台州")
    year.let_the_warnings_stand(year.li, draft, "通报没有写明。")

    # Submitted, returned with a comment, submitted again, approved, scheduled.
    year.step(year.li, draft, "提交")
    year.step(year.zhao, draft, "退回", reason="请核对第二行。")
    year.open(year.li, f"/admin/awards/release/{draft.pk}/log/")
    expect(year.li.get_by_text("请核对第二行。")).to_be_visible()
    year.step(year.li, draft, "提交")
    year.step(year.zhao, draft, "批准")
    year.step(year.chen, draft, "排期", on="2026-12-01", at="10:00")
    nobody_sees(read, "2018-2019")

    # The hour comes; nobody does anything.
    clock.move_to(HOUR - dt.timedelta(seconds=30))
    nobody_sees(read, "2018-2019")
    clock.move_to(HOUR)
    assert read("/editions/2018-2019/") == 200
    assert read(f"/editions/2018-2019/rankings/{table.slug}/") == 200
    expect(page.locator("table.scores").get_by_text("88.1")).to_be_visible()

    # A mistake is corrected in public.
    correction, copy = year.start_a_correction("2018-2019")
    year.divide(correction, "li", copy.title_printed)
    year.change_a_score(copy, 3, "85.5")
    year.verify(correction, copy.title_printed)  # it was entered twice: a second person confirms the change
    year.step(year.li, correction, "提交")
    year.step(year.zhao, correction, "批准")
    year.step(year.chen, correction, "发布", reason="更正温州市的得分。")

    assert read("/editions/2018-2019/errata/") == 200
    expect(page.get_by_text("更正温州市的得分。").first).to_be_visible()
    expect(page.locator("del", has_text="85.0").first).to_be_visible()
    expect(page.locator("ins", has_text="85.5").first).to_be_visible()
    assert read(f"/editions/2018-2019/releases/1/rankings/{table.slug}/") == 200
    expect(page.locator("table.scores").get_by_text("85.0")).to_be_visible()
    moves = Move.objects.filter(release=draft).order_by("pk").values_list("action", "by__username")
    assert list(moves)[:6] == [
        ("start", "chen"), ("submit", "li"), ("return", "zhao"),
        ("submit", "li"), ("approve", "zhao"), ("schedule", "chen"),
    ]  # fmt: skip
