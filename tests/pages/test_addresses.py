"""Every page has one stable address, and whoever needs one gets it by a function."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cityrank.pages import addresses
from tests.factories import registry


def test_paths_are_those_that_were_promised() -> None:
    assert addresses.edition_path("2017-2018") == "/editions/2017-2018/"
    assert addresses.series_path("2017-2018", 5) == "/editions/2017-2018/series/5/"
    assert addresses.award_path("2017-2018", "tourism") == "/editions/2017-2018/awards/tourism/"
    assert addresses.ranking_path("2017-2018", "counties-30") == "/editions/2017-2018/rankings/counties-30/"
    assert addresses.averages_path("2017-2018") == "/editions/2017-2018/averages/"
    assert addresses.place_path("330100") == "/places/330100/"


def test_the_number_of_a_release_leads_to_the_frozen_page() -> None:
    assert addresses.edition_path("2019", 2) == "/editions/2019/releases/2/"
    assert addresses.series_path("2019", 5, 2) == "/editions/2019/releases/2/series/5/"
    assert addresses.award_path("2019", "tourism", 2) == "/editions/2019/releases/2/awards/tourism/"
    assert (
        addresses.ranking_path("2019", "counties-30", 2) == "/editions/2019/releases/2/rankings/counties-30/"
    )
    assert addresses.averages_path("2019", 2) == "/editions/2019/releases/2/averages/"


@pytest.mark.django_db
def test_each_kind_of_subject_has_its_own_page() -> None:
    assert addresses.subject_path(registry.hangzhou()) == "/places/330100/"
    assert addresses.subject_path(registry.organisation()) == "/organisations/tencent/"
    assert addresses.subject_path(registry.app()) == "/apps/wechat/"


def test_paths_do_not_depend_on_the_language_of_the_moment() -> None:
    with translation.override("en"):
        assert addresses.place_path("330100") == "/places/330100/"
        assert reverse("pages:place", args=("330100",)) == "/en/places/330100/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/editions/17-18/",
        "/editions/2017_2018/",
        "/editions/２０１７-２０１８/",
        "/editions/2017-2018'/",
        "/editions/1999/",
        "/editions/2017-2018/series/0/",
        "/editions/2017-2018/series/01/",
        "/editions/2017-2018/series/77/",
        "/editions/2017-2018/series/99999999999999999999/",
        "/editions/2017-2018/awards/nothing/",
        "/editions/2017-2018/rankings/award-1/",
        "/editions/2017-2018/releases/0/",
        "/editions/2017-2018/releases/2/",
        "/editions/2017-2018/releases/1/awards/nothing/",
        "/places/999999/",
        "/places/institute/",
        "/organisations/330106/",
        "/apps/institute/",
        "/%00/",
        "/places/%00/",
    ],
)
def test_an_odd_or_unknown_address_is_simply_not_there(client: Client, release: object, path: str) -> None:
    for prefix in ("", "/en"):
        response = client.get(prefix + path)
        assert response.status_code == 404, path
        assert "404" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["abc", "0", "-1", "999", "1e3", "", "9" * 5000, "%00", "１"])
def test_an_odd_number_of_a_page_shows_a_page(client: Client, release: object, page: str) -> None:
    for path in ("/editions/2017-2018/rankings/cities-50/", "/places/330106/", "/search/"):
        response = client.get(f"{path}?q=第1&page={page}")
        assert response.status_code == 200, path
