from collections.abc import Callable

import pytest

from tests.factories import awards, registry

Rows = Callable[[str], list[dict]]


@pytest.fixture
def some_places(db: None) -> None:
    registry.xihu()
    registry.taizhou()
    registry.zone()
    registry.municipality_tier(registry.beijing())
    registry.renamed_county()


def slugs(rows: list[dict]) -> list[str]:
    return [row["slug"] for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level=zone", ["yunqi-xiaozhen"]),
        ("parent=330000", ["330100", "331000"]),
        ("province=330000&level=province", ["330000"]),
        ("tier=municipality", ["110000"]),
        ("tier=municipality&valid_on=1948-01-01", []),
        ("q=taizhou", ["331000"]),
        ("q=西湖", ["330106"]),
        ("q=xhq", ["330106"]),
        ("place=330106", ["330106"]),
        ("parent=410300&current=true", ["410308"]),
        ("parent=410300&current=false", ["410322"]),
        ("parent=410300&valid_on=2018-07-30", ["410322"]),
        ("parent=410300&ordering=-slug", ["410322", "410308"]),
    ],
)
def test_filters_and_search(some_places: None, rows: Rows, query: str, found: list[str]) -> None:
    assert slugs(rows(f"places/?{query}")) == found


def test_an_ordering_overrules_that_of_the_search(some_places: None, rows: Rows) -> None:
    assert slugs(rows("places/?q=孟津&ordering=-slug")) == ["410322", "410308"]


def test_a_place_leads_to_its_successor_and_back(some_places: None, ask: Callable) -> None:
    old = ask("places/410322/").json()
    assert (old["valid_to"], old["successors"][0]["slug"]) == ("2021-03-17", "410308")
    assert ask(old["successors"][0]["url"]).json()["predecessors"][0]["name"]["zh"] == "孟津县"


def test_a_place_without_a_code_says_null(some_places: None, ask: Callable) -> None:
    zone = ask("places/yunqi-xiaozhen/").json()
    assert (zone["code"], zone["parent"]["slug"], zone["province"]["slug"]) == (None, "330106", "330000")


def test_a_place_leads_to_what_it_has_won(ask: Callable, db: None) -> None:
    release = awards.empty_draft()
    awards.award(awards.series(release), winners=[("杭州", registry.hangzhou())])
    awards.publish_unattended(release)
    place = ask("places/330100/").json()
    assert ask(place["recipients_url"]).json()["count"] == 1
    assert ask(place["scores_url"]).json()["count"] == 0


def test_a_zone_becomes_public_with_the_release_that_names_it(ask: Callable, rows: Rows, db: None) -> None:
    release = awards.empty_draft()
    awards.award(awards.series(release), winners=[("新镇", registry.zone("new-town", "新镇", public=False))])
    assert ask("places/new-town/").status_code == 404
    assert rows("places/?level=zone") == []
    awards.publish_unattended(release)
    assert ask("places/new-town/").status_code == 200
    assert slugs(rows("places/?level=zone")) == ["new-town"]
