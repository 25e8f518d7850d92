"""A small edition that never was: real places, invented awards and figures."""

import datetime as dt
from decimal import Decimal

from playwright.sync_api import Page

from awards.models import Release, Source
from cityrank.registry.models import Place
from scores.models import Ranking
from tests.factories import accounts, awards, registry, scores

PEOPLE = (("evaluator", "li"), ("evaluator", "wang"), ("reviewer", "zhao"), ("publisher", "chen"))
# Code, name, pinyin.
CITIES = (
    ("330100", "杭州市", "hang zhou shi"),
    ("320500", "苏州市", "su zhou shi"),
    ("330200", "宁波市", "ning bo shi"),
    ("320200", "无锡市", "wu xi shi"),
    ("330300", "温州市", "wen zhou shi"),
    ("330600", "绍兴市", "shao xing shi"),
    ("320600", "南通市", "nan tong shi"),
    ("330400", "嘉兴市", "jia xing shi"),
)
# As the invented bulletin prints them this year; the last name needs a look.
PRINTED = (
    ("杭州", "", "88.5"),
    ("苏州", "", "86.2"),
    ("宁波", "", "84.9"),
    ("无锡", "", "82.0"),
    ("温州", "", "79.4"),
    ("绍兴", "", "77.7"),
    ("南通", "", "75.3"),
    ("嘉兴城", "jiaxing", "71.6"),
)


def people() -> None:
    for role, name in PEOPLE:
        accounts.user(role, name)


def province(code: str) -> Place:
    return registry.place("320000", "江苏省", "province") if code < "33" else registry.zhejiang()


def last_year() -> Release:
    """Publish the edition 2024-2025: two awards and a table of eight cities."""
    draft = awards.empty_draft(
        "2024-2025",
        title_zh="2024-2025 示例城市评估",
        title_en="Sample evaluation 2024-2025",
        announced_on=dt.date(2025, 12, 1),
    )
    source = Source.objects.create(
        release=draft,
        key="bulletin",
        title_zh="示例通报",
        title_en="Sample bulletin",
        published_on=dt.date(2025, 12, 1),
    )
    places = {
        name: registry.place(code, name, "prefecture", province(code), pinyin=pinyin)
        for code, name, pinyin in CITIES
    }
    first = awards.series(draft, 1, title_zh="示例奖项", title_en="Sample awards")
    for slug, title, english, winners in (
        ("easy-travel", "2024-2025年度出行便利城市", "Easy travel 2024-2025", ("杭州市", "无锡市")),
        ("green-parks", "2024-2025年度绿色园区城市", "Green parks 2024-2025", ("苏州市", "绍兴市")),
    ):
        awards.award(
            first,
            slug,
            [(name[:2], places[name]) for name in winners],
            title_listed=title,
            title_printed=title,
            title_en=english,
            source=source,
            citation=awards.citation(draft, slug),
        )
    table = _table(draft, source)
    for position, (name, place) in enumerate(places.items(), 1):
        scores.score(table, position, place, Decimal(88 - 2 * position), printed_name=name[:2], source=source)
    awards.acknowledge_all(draft)
    return awards.publish_unattended(draft)


def _table(draft: Release, source: Source) -> Ranking:
    return scores.ranking(
        awards.series(draft, 2, title_zh="示例榜单", title_en="Sample rankings"),
        "cities",
        title_listed="2024-2025年度地级市示例得分",
        title_printed="2024-2025年度地级市示例得分",
        title_en="Sample scores of prefectures 2024-2025",
        cutoff=8,
        expected_count=8,
        decimals=1,
        source=source,
    )


STYLE = (
    "body{background:#fdfcf7;font:20px serif;margin:0;padding:24px;width:480px}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #444;padding:13px;text-align:center}"
    "h3{font-size:21px;margin:0 0 16px}p{color:#777;font-size:15px;margin:12px 0 0}"
)


def bulletin(page: Page) -> tuple[bytes, list[float]]:
    """Return the picture of a table as a bulletin prints it, and how far down each row lies, from 0 to 1."""
    rows = "".join(
        f"<tr><td>{rank}<td>{name}<td>{score}" for rank, (name, _typed, score) in enumerate(PRINTED, 1)
    )
    page.set_content(
        f"<!doctype html><style>{STYLE}</style><h3>附表一　2025-2026年度地级市示例得分</h3>"
        f"<table><tr><th>名次<th>城市<th>得分{rows}</table><p>本表为示例，名称和数字均为虚构。</p>"
    )
    sheet, lines = page.locator("body").bounding_box(), page.locator("tr").all()[1:]
    boxes = [line.bounding_box() for line in lines]
    middles = [(box["y"] + box["height"] / 2 - sheet["y"]) / sheet["height"] for box in boxes]
    return page.locator("body").screenshot(), middles
