from collections.abc import Callable

import pytest
from django.http import HttpResponse

from awards.models import Release
from tests.factories import awards, registry

Ask = Callable[..., HttpResponse]


@pytest.fixture
def five_recipients(db: None) -> Release:
    release = awards.empty_draft()
    towns = [(f"镇{n}", registry.town(f"33010620{n}", f"镇{n}")) for n in range(1, 6)]
    awards.award(awards.series(release), winners=towns)
    return awards.publish_unattended(release)


def test_pages_follow_each_other_and_hold_every_row_once(five_recipients: Release, ask: Ask) -> None:
    page, positions = ask("recipients/?page_size=2&edition=2017-2018").json(), []
    assert (page["count"], page["previous"]) == (5, None)
    while page:
        positions += [row["position"] for row in page["results"]]
        page = ask(page["next"]).json() if page["next"] else None
    assert positions == [1, 2, 3, 4, 5]


def test_the_page_before_is_linked_with_the_same_filters(five_recipients: Release, ask: Ask) -> None:
    page = ask("recipients/?page=3&page_size=2&edition=2017-2018").json()
    assert ask(page["previous"]).json()["filters"] == {"edition": "2017-2018"}
    assert page["next"] is None


def test_the_query_is_echoed_without_paging(five_recipients: Release, ask: Ask) -> None:
    page = ask("recipients/?page_size=200&series=1&ordering=-position").json()
    assert page["filters"] == {"series": "1", "ordering": "-position"}


def test_a_page_beyond_the_end_is_not_there(five_recipients: Release, refused: Callable) -> None:
    refused("recipients/?page=2", 404)
    refused("recipients/?page=999999999", 404)


def test_the_first_page_of_nothing_is_empty(db: None, ask: Ask) -> None:
    page = ask("awards/").json()
    assert page == {"count": 0, "next": None, "previous": None, "filters": {}, "results": []}


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=1.0", "page=١", "page_size=501", "page_size=0", "page="]
)
def test_a_bad_number_is_refused(five_recipients: Release, refused: Callable, query: str) -> None:
    (error,) = refused(f"recipients/?{query}")["errors"]
    assert error["parameter"] == query.split("=")[0]


def test_links_use_the_address_of_the_site_where_it_is_set(
    five_recipients: Release, ask: Ask, settings: object
) -> None:
    settings.SITE_URL = "https://cityrank.example"
    page = ask("recipients/?page_size=2").json()
    links = [page["next"], page["results"][0]["url"], page["results"][0]["page"]]
    assert all(link.startswith("https://cityrank.example/") for link in links)
