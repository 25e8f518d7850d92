"""What a page that compares costs does not depend on how much stands on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityrank.charts import drawing
from tests.factories import awards, registry
from tests.test_leaks import differences

EDITION = "/editions/2018-2019/"
PAGES = {
    f"{EDITION}method/": 24,
    f"{EDITION}averages/": 12,
    f"{EDITION}rankings/cities-50/movers/": 12,
    f"{EDITION}winners-by-province/": 9,
    f"{EDITION}releases/1/method/": 26,
    f"{EDITION}releases/1/rankings/cities-50/movers/": 14,
    "/most-awarded/": 7,
    "/lines/award-1/": 7,
    "/lines/cities-50/": 7,
    "/compare/?place=339901&place=330106101": 9,
    "/compare/": 2,
}


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_as_many_queries_for_three_rows_as_for_one(
    client: Client, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "on_page", lambda *args, **names: None)
    registry.xihu()
    for label in ("2017-2018", "2018-2019"):
        awards.published_edition(label, rows=rows)
    got = {path: cost(client, path) for path in PAGES}
    print("GOT", rows, got)
    assert got == PAGES


@pytest.mark.django_db
def test_places_beside_each_other_tell_nothing_of_a_draft() -> None:
    registry.xihu()
    release = awards.published_edition(rows=2)
    pairs = [
        ("339901", "330106101"),
        ("339901", "juemi-xiaozhen"),
        (awards.SECRET, "330106"),
    ]
    paths = [f"/en/compare/?place={one}&place={other}" for one, other in pairs]
    paths.append("/en/compare/?place=339901&place=330106&line=new-ranking")
    assert differences(paths, release) == []
