"""What a page costs does not depend on how much stands on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityrank.registry.models import Alias
from tests.factories import awards, registry

FROZEN = "/editions/2017-2018/releases/1/"
# A frozen page asks twice more: which release this is, and which is the current one.
PAGES = {
    "/": 7,
    "/editions/": 5,
    "/editions/2017-2018/": 12,
    "/editions/2017-2018/series/1/": 7,
    "/editions/2017-2018/series/8/": 7,
    "/editions/2017-2018/awards/award-1/": 7,
    "/editions/2017-2018/rankings/cities-50/": 8,
    "/editions/2017-2018/rankings/picture/": 7,
    "/editions/2017-2018/averages/": 2,
    FROZEN: 14,
    f"{FROZEN}series/1/": 9,
    f"{FROZEN}awards/award-1/": 9,
    f"{FROZEN}rankings/cities-50/": 10,
    f"{FROZEN}averages/": 4,
    "/places/330106/": 10,
    "/places/330106101/": 9,
    "/organisations/institute/": 6,
    "/search/?q=第1": 6,
    "/search/?q=": 0,
    "/about/": 0,
}


def several_of_everything(rows: int) -> None:
    """Fill every list of every page with `rows` rows: two editions, so that other years are there too."""
    awards.published_edition("2017-2018", rows=rows)
    awards.published_edition("2018-2019", rows=rows)
    district = registry.xihu()
    for number in range(1, rows + 1):
        Alias.objects.create(subject=district, text=f"又名{number}")


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_page_costs_as_many_queries_for_three_rows_as_for_one(
    client: Client, rows: int, language: str
) -> None:
    several_of_everything(rows)
    assert {path: cost(client, language + path) for path in PAGES} == PAGES
