"""What the invented bulletin says in words: organisers, source, notes on method, findings and national figures."""

import datetime as dt
from decimal import Decimal

from awards.models import Fact, Organiser, Release, Section, Source
from cityrank.exchange.demo.frame import CAPITALS_REDEFINED, MARK_EN, MARK_ZH, TITLE_EN, TITLE_ZH
from cityrank.exchange.demo.subjects import organiser
from cityrank.exchange.demo.tables import METHOD_CHANGED


def write_heading(draft: Release) -> Source:
    """Write title, day, summary and source of a release; return the source."""
    year = draft.edition.period_end
    draft.title_zh, draft.title_en = TITLE_ZH.format(year=year), TITLE_EN.format(year=year)
    draft.announced_on = dt.date(year, 7, 30)
    draft.summary_zh = "这是一份虚构的通报，用来试用和开发本站；地名真实，其余全部虚构。"
    draft.summary_en = "An invented bulletin, to try this site out: the places are real, all else is made up."
    draft.save()
    return Source.objects.create(
        release=draft,
        key="bulletin",
        title_zh=draft.title_zh,
        title_en=draft.title_en,
        publisher_zh="示例评估中心",
        publisher_en="Sample Evaluation Centre",
        published_on=draft.announced_on,
        note_zh="并无这份文件。" + MARK_ZH,
        note_en="There is no such document." + MARK_EN,
    )


def write_organisers(draft: Release) -> None:
    for position, role in enumerate((Organiser.Role.PUBLISHER, Organiser.Role.ASSESSOR), 1):
        Organiser.objects.create(release=draft, position=position, organisation=organiser(), role=role)


Words = tuple[str, str, str, str]

HOW_POINTS_ARE_GIVEN: Words = (
    "如何评分（虚构）",
    "How points are given (invented)",
    "每个城市按六个方面评分，满分相加。此处的数字由程序生成，不代表任何实际情况。",
    "Each city earns points in six fields, which are added up. The figures here were made by a program and say "
    "nothing about the world.",
)
# What an edition says of its method beside that, by its year.
METHOD_CHANGES: dict[int, Words] = {
    METHOD_CHANGED: (
        "方法变化（虚构）",
        "A change of method (invented)",
        "本年度起城市三张榜单的满分由100分改为105分，增加加分项。",
        "From this year on the three tables of cities allow 105 points instead of 100, five of them a bonus.",
    ),
    CAPITALS_REDEFINED: (
        "分组变化（虚构）",
        "A change of the groups (invented)",
        "本年度起省会城市一组包括副省级的省会城市。",
        "From this year on the group of provincial capitals includes those that are sub-provincial cities.",
    ),
}


def write_sections(draft: Release, source: Source) -> None:
    year = draft.edition.period_end
    method = [HOW_POINTS_ARE_GIVEN, *([METHOD_CHANGES[year]] if year in METHOD_CHANGES else [])]
    for kind, texts in ((Section.Kind.METHOD, method), (Section.Kind.FINDING, _findings(year))):
        for number, (title_zh, title_en, body_zh, body_en) in enumerate(texts, 1):
            Section.objects.create(
                release=draft, kind=kind, number=number, slug=f"{kind}-{number}", source=source,
                title_zh=title_zh, title_en=title_en, body_zh=body_zh, body_en=body_en,
            )  # fmt: skip


def _findings(year: int) -> list[Words]:
    return [
        (
            "总体得分上升（虚构）",
            "Scores rise (invented)",
            f"{year}年各组平均得分率较上一年提高。",
            f"The averages of all groups rise in {year}.",
        ),
        (
            "区县差距缩小（虚构）",
            "Counties close up (invented)",
            "区县之间的差距有所缩小。",
            "The distance between the counties becomes smaller.",
        ),
    ]


def write_facts(draft: Release, source: Source) -> None:
    year = draft.edition.period_end
    section = Section.objects.get(release=draft, slug="finding-1")
    figures = [
        (Decimal(60 + (year - 2019) * 4), Fact.Unit.PERCENT, "{}%", "编制智慧城市规划的城市比例（虚构）",
         "Cities with a plan (invented)"),
        (Decimal(200 + (year - 2019) * 35), Fact.Unit.COUNT, "{}个", "签署合作协议的城市（虚构）",
         "Cities with an agreement (invented)"),
    ]  # fmt: skip
    for position, (value, unit, form, label_zh, label_en) in enumerate(figures, 1):
        Fact.objects.create(
            release=draft, position=position, slug=f"fact-{position}", value=value, unit=unit,
            printed=form.format(value), label_zh=label_zh, label_en=label_en, section=section, source=source,
        )  # fmt: skip
