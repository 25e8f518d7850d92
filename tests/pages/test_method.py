"""The method of an edition: rules, changes, discrepancies, who published it."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from awards.models import Release, Section
from cityrank.publishing.workflow import publish_unattended, start_draft
from scores.models import Ranking, Score
from tests.factories import awards, scores, years
from tests.pages.conftest import Reader

PAGE = "/en/editions/2019/method/"


def part(page: str, name: str) -> str:
    """Return the text of one section of the page."""
    text = page.split(f'<section id="{name}"')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", text))


def test_notes_rules_and_groups_are_told(read: Reader, db: None) -> None:
    draft = years.draft("2019", {years.city(1): "80"}, cutoff=50, tie_rule="dense")
    Section.objects.create(
        release=draft,
        kind="method",
        number=1,
        slug="how",
        title_zh="方法",
        title_en="The samples",
        body_zh="抽样。",
    )
    draft.peer_groups.update(definition_en="All prefectures.", without_tiers=["provincial_capital"])
    publish_unattended(draft, reason="第一版")
    page = read(PAGE)
    assert "The samples" in part(page, "measured")
    assert "summary in our own words" in part(page, "measured")
    for text in ("the first 50", "100 points", "equal rank, no gap"):
        assert text in part(page, "tables")
    for text in ("All prefectures.", "level: prefecture level", "without: provincial capital"):
        assert text in part(page, "groups")


def test_the_first_edition_has_nothing_to_compare_with(read: Reader, db: None) -> None:
    years.published("2019", {years.city(1): "80"})
    page = read(PAGE)
    assert "No earlier edition is on this site" in part(page, "changes")
    assert "The bulletin says nothing on method in words" in part(page, "measured")


def test_changes_are_told_by_line(read: Reader, db: None) -> None:
    one = years.city(1)
    before = years.draft("2018", {one: "80"}, winners=[one])
    years.ranking(before, {one: "50"}, "kept-table")
    awards.award(awards.series(before), "dropped", [("第1市", one)])
    publish_unattended(before, reason="第一版")
    draft = years.draft("2019", {one: "80"}, winners=[one], max_score=Decimal(105))
    years.ranking(draft, {one: "51"}, "kept-table")
    awards.award(awards.series(draft), "added", [("第1市", one)], title_en="An added award")
    publish_unattended(draft, reason="第一版")
    told = part(read(PAGE), "changes")
    assert "The maximum scores differ: 105 in 2019, 100 in 2018." in told.split("Tables that compare")[0]
    assert "Tables that compare Scores of prefectures" in told
    assert "New An added award" in told
    assert "Not there any more dropped" in told


def test_discrepancies_of_the_bulletin_are_told_without_notes_of_the_office(read: Reader, db: None) -> None:
    draft = years.draft("2019", {years.city(1): "80", years.city(2): "70"})
    table = Ranking.objects.get(release=draft)
    Score.objects.filter(ranking=table, position=2).update(printed_rank=3)
    scores.average(draft, about=table, top_n=2, printed_value=Decimal("64.34"))
    awards.acknowledge_all(draft)
    publish_unattended(draft, reason="第一版")
    told = part(read(PAGE), "discrepancies")
    assert "is printed as 8.74; the difference is 7.64" in told
    assert "64.34 is printed; the first 2 rows of the table give 75.00" in told
    assert "A printed rank is the one that follows from the scores" in told
    assert "通报原文如此" not in told  # the reason with which the office let it stand
    assert "has no source" not in told


def test_an_edition_without_contradictions_says_so(read: Reader, db: None) -> None:
    years.published("2019", {years.city(1): "80"})
    assert "Nothing printed in this edition was found to contradict" in part(read(PAGE), "discrepancies")


def test_errata_and_the_frozen_page(read: Reader, client: Client, db: None) -> None:
    years.published("2019", {years.city(1): "80"})
    assert "Nothing has been corrected" in part(read(PAGE), "errata")
    release = Release.objects.get(edition__label="2019")
    draft = start_draft(release.edition)
    publish_unattended(draft, reason="改正一个数字")
    assert "改正一个数字" in part(read(PAGE), "errata")
    assert "改正一个数字" not in part(read("/en/editions/2019/releases/1/method/"), "errata")


def test_a_frozen_page_keeps_the_edition_before_as_it_stood(read: Reader, db: None) -> None:
    one = years.city(1)
    before = years.published("2018", {one: "80"})
    years.published("2019", {one: "81"})
    draft = start_draft(before.edition)
    Ranking.objects.filter(release=draft).update(max_score=Decimal(120))
    publish_unattended(draft, reason="满分印错")
    assert "The maximum scores differ" in read(PAGE)
    assert "The maximum scores differ" not in read("/en/editions/2019/releases/1/method/")


@pytest.mark.parametrize(("address", "shown"), [("results@example.org", True), ("", False)])
def test_whoever_contests_a_figure_is_told_where_to_write(
    read: Reader, settings: object, address: str, *, shown: bool
) -> None:
    settings.CONTACT_EMAIL = address
    years.published("2019", {years.city(1): "80"})
    page = read(PAGE)
    assert ('href="mailto:results@example.org"' in page) is shown
    assert ("To contest a figure" in page) is shown
