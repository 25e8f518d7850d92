"""The bulletin of the bundled edition, put together from the edition file with citations of our own."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from awards.models import Edition
from cityrank.exchange.bulletin.comparing import difference_from_file
from cityrank.exchange.bulletin.elements import Reading
from cityrank.exchange.bulletin.matching import match
from cityrank.exchange.bulletin.questions import About
from cityrank.exchange.edition_file import BUNDLED
from cityrank.registry.gazetteer.load import load_gazetteer
from tests.exchange.bulletin.builders import Bulletin

pytestmark = pytest.mark.django_db


def as_printed(data: dict) -> Reading:
    source, release = data["sources"][0], data["release"]
    bulletin = Bulletin(
        label=data["edition"]["label"],
        title=release["title_zh"],
        page_title=source["title_zh"],
        announced_on=str(release["announced_on"]),
        published_on=str(source["published_on"]),
        publisher=source["publisher_zh"],
        author=source["author"],
    )
    names = {entry["id"]: entry["name_zh"] for entry in data["organisations"]}
    for entry in data["organisers"]:
        bulletin.organiser(names[entry["organisation"]], entry["role"])
    tables: dict[str, str] = {}
    for series in data["series"]:
        for award in series.get("awards", []):
            add_award(bulletin, data, series["number"], award)
        for table in series.get("rankings", []):
            tables[table["slug"]] = add_table(bulletin, series["number"], table)
    for average in data["averages"]:
        figures = {"previous": Decimal(average["previous"]), "change": Decimal(average["change"])}
        of = tables[average["ranking"]]
        bulletin.average(
            average["printed_label"], average["value"], of, top_n=average.get("top_n"), **figures
        )
    for section in data["sections"]:
        bulletin.section("标题", "正文。", section["kind"], section.get("series"))
    return bulletin.reading()


def add_award(bulletin: Bulletin, data: dict, series: int, award: dict) -> None:
    winners = [recipient["printed"] for recipient in award["recipients"]]
    heading, text = next(
        (one["heading"], f"我们自己写的理由：{one['key']}。")
        for one in data["citations"]
        if one["key"] == award["citation"]
    )
    shared = next((one.key for one in bulletin.citations if one.text == text), "")
    announced = award["expected_count"] if "强" in award["title_printed"] else None
    values = {"listed": award["title_listed"], "series": series, "expected": announced}
    bulletin.award(award["title_printed"], winners, **values, citation=text, shared=shared)
    periods = {name: award[name] for name in ("period_listed", "period_printed")}
    bulletin.awards[-1] = replace(bulletin.awards[-1], **periods)
    bulletin.citations[-1] = replace(bulletin.citations[-1], heading=heading)


def add_table(bulletin: Bulletin, series: int, table: dict) -> str:
    bulletin.ranking(
        table["title_printed"],
        [(row["printed"], None, "") for row in table.get("scores", [])],
        series=series,
        title_listed=table["title_listed"],
        state=table["state"],
        caption=table["image_caption"],
        cutoff=table.get("cutoff"),
        expected=table.get("expected_count"),
        decimals=None,
    )
    return bulletin.rankings[-1].key


@pytest.fixture
def reading(gazetteer_part: Path) -> Reading:
    load_gazetteer(gazetteer_part)
    return as_printed(tomllib.loads(BUNDLED.read_text(encoding="utf-8")))


def test_with_the_gazetteer_alone_only_organisations_are_asked_about(reading: Reading) -> None:
    matched = match(reading)
    recipients = [name for award in matched.awards for name in award.names]

    assert (len(matched.awards), len(recipients)) == (10, 127)
    assert [name.printed for name in recipients if not name.subject] == []
    assert {question.about for question in matched.open_questions} == {About.ORGANISATION}
    assert all(question.default for question in matched.open_questions)


def test_its_draft_differs_from_the_edition_file_in_the_words_of_citations_alone(reading: Reading) -> None:
    answers = {question.key: question.default for question in match(reading).open_questions}
    changes = difference_from_file(reading, answers, BUNDLED)

    assert {(change.kind, change.of, change.field) for change in changes} == {
        ("changed", "citation", "text_zh")
    }
    assert len(changes) == 9
    assert not Edition.objects.exists()
