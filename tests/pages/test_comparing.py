"""Two to five places beside each other."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from cityrank.charts import drawing
from tests.factories import registry, years
from tests.pages.conftest import Reader

PAGE = "/en/compare/"


@pytest.fixture(scope="module")
def results(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Two editions with one table and one award, published once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        one, two = years.city(1), years.city(2)
        hangzhou = registry.hangzhou()
        years.published("2018", {one: "80", two: "70", hangzhou: "90"}, winners=[one])
        years.published("2019", {one: "85", two: "71"}, winners=[one, registry.xihu()])
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a chart looks like is another test's; drawing takes longer than all else here."""
    monkeypatch.setattr(drawing, "on_page", lambda *args, **names: None)


def address(*texts: str) -> str:
    return PAGE + "?" + "&".join(f"place={text}" for text in texts)


def cells(page: str, edition: str) -> list[str]:
    """Return the cells of the row of an edition in the first table, as texts."""
    body = page.split('class="beside')[1].split("<tbody")[1].split("</tbody>")[0]
    row = next(row for row in body.split("<tr")[1:] if f"/editions/{edition}/" in row)
    return [re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", cell)).strip() for cell in row.split("<td")[1:]]


def test_scores_and_ranks_stand_beside_each_other_with_their_distances(read: Reader, results: None) -> None:
    page = read(address("339901", "339902"))
    first, second = cells(page, "2019")
    assert "85.00 rank 1 of 2" in first
    assert "+5.00 since 2018" in first
    assert "+7.00 to the median" in first
    assert "71.00 rank 2 of 2" in second
    assert "\u221214.00 to the best" in second
    assert "They are not in one peer group" not in page


def test_who_is_not_in_a_table_is_said_not_to_be(read: Reader, results: None) -> None:
    page = read(address("339901", "330100"))
    assert "not in the table" in cells(page, "2019")[1]
    assert "90.00 rank 1 of 3" in cells(page, "2018")[1]


def test_awards_stand_side_by_side(read: Reader, results: None) -> None:
    page = read(address("339901", "330106"))
    row = page.split('id="awards"')[1].split("<tbody")[1]
    assert re.findall(r'href="/en/editions/(\d+)/awards/best/"', row) == ["2019", "2018", "2019"]


def test_one_ranking_can_be_looked_at_alone(read: Reader, results: None) -> None:
    page = read(f"{address('339901', '339902')}&line={years.LINE}")
    assert "85.00" in page
    assert 'id="awards"' not in page
    assert "None of them stands in this ranking." in read(f"{address('339901', '339902')}&line=unknown")


def test_a_name_leads_to_the_address_that_can_be_kept(client: Client, db: None, results: None) -> None:
    response = client.get(PAGE, {"place": ["杭州", "339901", ""]})
    assert response.status_code == 302
    assert response["Location"] == address("330100", "339901")


def test_an_ambiguous_name_is_answered_by_a_choice(read: Reader, results: None) -> None:
    registry.place("410102", "西湖区", "county", registry.wenzhou())
    registry.xihu()
    page = read(address("西湖区", "339901"))
    assert "“西湖区” may be one of these. Which one is meant?" in page
    assert address("339901", "330106").replace("&", "&amp;") in page or address("339901", "330106") in page
    assert address("339901", "410102") in page


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ((), ""),
        (("339901",), "One more place is needed"),
        (("339901", "没有这个地方"), "No place is called “没有这个地方”"),
        (("339901", "339901", "339902"), "was named twice and stands here once"),
        (("339901", "339902", "330100", "330106", "330300", "331000"), "five places at most"),
        (("330300", "331000"), "did not take part or was not listed"),
        (("a", "\x00"), "No place is called “a”"),
    ],
)
def test_what_cannot_be_compared_is_answered_by_a_sentence(
    read: Reader, results: None, texts: tuple[str, ...], sentence: str
) -> None:
    registry.wenzhou()
    registry.taizhou()
    assert sentence in read(address(*texts))


def test_a_place_of_a_draft_is_no_place(read: Reader, results: None) -> None:
    registry.zone("juemi", "绝密小镇", public=False)
    assert "No place is called “juemi”" in read(address("juemi", "339901"))
    assert "No place is called “绝密小镇”" in read(address("绝密小镇", "339901"))
