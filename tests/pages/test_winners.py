"""Winners by province, most awarded places, and an award over the years."""

import re

import pytest

from awards.models import Line
from cityrank.charts import drawing
from cityrank.publishing.workflow import publish_unattended
from tests.factories import awards, registry, years
from tests.pages.conftest import Reader

PROVINCES = "/en/editions/2019/winners-by-province/"


@pytest.fixture(autouse=True)
def _without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a chart looks like is another test's; drawing takes longer than all else here."""
    monkeypatch.setattr(drawing, "on_page", lambda *args, **names: None)


@pytest.fixture
def winners(db: None) -> None:
    draft = years.draft("2019", winners=[registry.hangzhou(), registry.wenzhou(), registry.beijing()])
    awards.award(
        awards.series(draft, 1),
        "second",
        [("杭州市", registry.hangzhou()), ("腾讯", registry.organisation())],
        title_en="The second award",
    )
    publish_unattended(draft, reason="第一版")


def row_of(page: str, name: str) -> list[str]:
    """Return the figures in the row of a region."""
    row = next(row for row in page.split("<tr>") if f"{name}</a> </th>" in row or f">{name}</th>" in row)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    return [re.sub("<[^>]*>", "", cell).split("·")[0].strip() for cell in cells][-3:]


def test_a_winner_of_two_awards_counts_once_and_the_parts_add_up(read: Reader, winners: None) -> None:
    page = read(PROVINCES)
    assert row_of(page, "Zhejiang")[:2] == ["2", "3"]
    assert row_of(page, "Beijing")[:2] == ["1", "1"]
    assert row_of(page, "In no region")[:2] == ["1", "1"]
    assert row_of(page, "Together")[:2] == ["4", "5"]
    assert 'id="region-330000"' in page


def test_one_award_can_be_counted_alone(read: Reader, winners: None) -> None:
    page = read(f"{PROVINCES}?award=second")
    assert row_of(page, "Together")[1] == "2"
    assert "Beijing" in page.split("Without a winner:")[1]
    assert "releases/1/winners-by-province/?award=second" in page
    read(f"{PROVINCES}?award=unknown", status=404)


def test_districts_and_counties_are_counted_from_the_gazetteer(read: Reader, winners: None) -> None:
    registry.xihu()
    assert row_of(read(PROVINCES), "Zhejiang")[2] == "1"


def test_the_most_awarded_stand_first_with_every_award(read: Reader, winners: None) -> None:
    years.published("2018", winners=[registry.wenzhou(), registry.xihu()])
    page = read("/en/most-awarded/")
    names = re.findall(r'<a class="winner-name"[^>]*>([^<]+)</a>', page)
    assert names == ["Hangzhou", "Wenzhou"]  # the district's award is not its city's
    assert "/en/editions/2018/awards/best/" in page
    assert "two awards or more in the 2 editions" in page


def test_the_most_awarded_can_be_narrowed_to_a_level(read: Reader, winners: None) -> None:
    years.published("2018", winners=[registry.beijing()])
    page = read("/en/most-awarded/?kind=province")
    assert re.findall(r'<a class="winner-name"[^>]*>([^<]+)</a>', page) == ["Beijing"]


def test_awards_of_a_former_place_join_those_of_its_successor(read: Reader, db: None) -> None:
    old, new = registry.renamed_county()
    years.published("2018", winners=[old])
    years.published("2019", winners=[new])
    page = read("/en/most-awarded/")
    assert 'href="/en/places/410308/"' in page
    assert 'href="/en/places/410322/"' not in page


def test_a_line_tells_who_won_again_and_where_it_is_missing(read: Reader, db: None) -> None:
    years.published("2017", winners=[registry.hangzhou(), registry.wenzhou()])
    years.published("2018")
    years.published("2019", winners=[registry.hangzhou(), registry.taizhou()])
    page = read("/en/lines/best/")
    assert "In 2 editions on this site, the first in 2017." in page
    assert "3 different winners. 1 of them won more than once." in page
    assert "This edition does not have the award." in page
    cells = dict(re.findall(r'data-label="([^"]+)">(\d+)</td>', page.split("2019年度最佳城市")[1]))
    assert cells["Won before"] == "1"
    assert cells["New"] == "1"
    assert cells["Not again"] == "1"


def test_titles_that_changed_stand_as_they_were(read: Reader, db: None) -> None:
    for label, title in (("2018", "2018年度旧名称"), ("2019", "2019年度新名称")):
        draft = awards.empty_draft(label)
        awards.award(awards.series(draft), "best", [("杭州市", registry.hangzhou())], title_printed=title)
        publish_unattended(draft, reason="第一版")
    page = read("/en/lines/best/")
    assert "Its printed title changed" in page
    assert page.split("Its printed title changed")[1].count("旧名称") == 1


def test_a_merged_line_is_told_once_an_edition_has_it_merged(read: Reader, db: None) -> None:
    years.published("2018", winners=[registry.hangzhou()])
    Line.objects.filter(slug="best").update(merged_into=awards.line("greatest"))
    draft = awards.empty_draft("2019")
    awards.award(awards.series(draft), "greatest", [("杭州市", registry.hangzhou())])
    assert "goes on as" not in read("/en/lines/best/")
    read("/en/lines/greatest/", status=404)
    publish_unattended(draft, reason="第一版")
    assert "Merged; it goes on as" in read("/en/lines/best/")
    page = read("/en/lines/greatest/")
    assert "Merged into this one:" in page
    assert "later merged" in page
    assert "1 of them won more than once." in page


def test_a_ranking_over_the_years_names_its_leaders_and_why_years_do_not_compare(
    read: Reader, db: None
) -> None:
    one, two = years.city(1), years.city(2)
    years.published("2018", {one: "80", two: "70"})
    years.published("2019", {two: "90", one: "80"}, method_changed=True)
    page = read(f"/en/lines/{years.LINE}/")
    assert "It does not compare with the edition before. The method changed in 2019." in page
    assert page.count('<ol class="leaders">') == 2
    read("/en/lines/unknown/", status=404)
