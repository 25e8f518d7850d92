"""Every page has one stable address."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cityrank.pages.addresses import Named, release_page, subject_page
from tests.factories import registry

# The pages of an edition with the arguments behind its label, and the end of the address that was promised for each.
PAGES = [
    ("edition", (), ""),
    ("series", (5,), "series/5/"),
    ("award", ("tourism",), "awards/tourism/"),
    ("ranking", ("counties-30",), "rankings/counties-30/"),
    ("averages", (), "averages/"),
    ("errata", (), "errata/"),
]


def path(page: Named) -> str:
    name, args = page
    return reverse(name, args=args)


@pytest.mark.parametrize(("name", "args", "end"), PAGES)
def test_paths_are_those_that_were_promised(name: str, args: tuple, end: str) -> None:
    assert path(release_page(name, "2017-2018", None, *args)) == f"/editions/2017-2018/{end}"


@pytest.mark.parametrize(("name", "args", "end"), PAGES)
def test_the_number_of_a_release_leads_to_the_frozen_page(name: str, args: tuple, end: str) -> None:
    assert path(release_page(name, "2019", 2, *args)) == f"/editions/2019/releases/2/{end}"


@pytest.mark.django_db
def test_each_kind_of_subject_has_its_own_page() -> None:
    assert path(subject_page(registry.hangzhou())) == "/places/330100/"
    assert path(subject_page(registry.organisation())) == "/organisations/tencent/"
    assert path(subject_page(registry.app())) == "/apps/wechat/"


def test_an_english_page_has_its_own_path() -> None:
    with translation.override("en"):
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
        "/editions/2017-2018/releases/2/errata/",
        "/editions/1999/errata/",
        "/editions/1999/errata/feed/",
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
        response = client.get(f"{path}?q=第1&page={page}", follow=True)
        assert response.status_code == 200, path
