"""What a page costs does not depend on how much stands on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityrank.exchange.documents.numbers import CertificateNumber
from cityrank.registry.models import Alias
from tests.factories import awards, registry

FROZEN = "/editions/2017-2018/releases/1/"
CERTIFICATE = CertificateNumber("2017-2018", 1, 1, 1, 1)
# One asks whether the database holds invented editions, one which releases are public now. A frozen page asks twice
# more: which release it is, and which is current.
PAGES = {
    "/": 9,
    "/editions/": 9,
    "/editions/2017-2018/": 18,
    "/editions/2017-2018/series/1/": 9,
    "/editions/2017-2018/series/8/": 9,
    "/editions/2017-2018/awards/award-1/": 10,
    "/editions/2017-2018/rankings/cities-50/": 18,
    "/editions/2017-2018/rankings/picture/": 12,
    "/editions/2017-2018/averages/": 11,
    "/editions/2017-2018/errata/": 7,
    "/editions/2017-2018/errata/feed/": 9,
    "/errata/feed/": 4,
    FROZEN: 19,
    f"{FROZEN}series/1/": 11,
    f"{FROZEN}awards/award-1/": 12,
    f"{FROZEN}rankings/cities-50/": 19,
    f"{FROZEN}averages/": 12,
    f"{FROZEN}errata/": 6,
    "/places/330106/": 16,
    "/places/330106101/": 15,
    "/organisations/institute/": 10,
    "/editions/2017-2018/bulletin.txt": 18,
    f"{FROZEN}bulletin.pdf": 20,
    f"/certificates/{CERTIFICATE}/": 6,
    f"/certificates/{CERTIFICATE}/certificate.pdf": 6,
    "/certificates/": 1,
    "/search/?q=第1": 9,
    "/search/?q=": 1,
    "/about/": 1,
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
