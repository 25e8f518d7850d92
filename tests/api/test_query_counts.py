"""The number of queries of each address does not grow with the number of rows."""

import pytest
from django.test import Client

from cityrank.registry.models import Alias, Subject
from tests.factories import awards, registry, scores

# One asks which releases are public now, one counts the rows, one reads them; a list inside an object is one more.
LISTS = {
    "editions/": 7,
    "releases/": 3,
    "series/": 5,
    "awards/": 3,
    "recipients/": 3,
    "citations/": 4,
    "rankings/": 4,
    "scores/": 3,
    "errata/": 2,
    "group-averages/": 3,
    "places/?level=prefecture&province=330000": 7,
    "places/?q=di": 7,
    "organisations/": 3,
    "apps/": 4,
    # A pinned list looks the release up first.
    "recipients/?edition=2017-2018&release=1": 4,
}
DETAILS = {
    "editions/2017-2018/": 6,
    "releases/2017-2018/1/": 3,
    "series/2017-2018/1/": 4,
    "awards/2017-2018/award-1/": 2,
    "recipients/2017-2018/award-1/1/": 2,
    "citations/2017-2018/why/": 3,
    "rankings/2017-2018/cities-50/": 3,
    "scores/2017-2018/cities-50/1/": 2,
    "group-averages/2017-2018/1/": 2,
    "places/330106/": 6,
    "organisations/institute/": 2,
    "apps/app-1/": 3,
    "awards/2017-2018/award-1/?release=1": 3,
}


def publish(rows: int) -> None:
    """Publish an edition in which every list has `rows` rows, and the lists inside objects as well."""
    release = awards.empty_draft("2016")
    table = scores.ranking(awards.series(release, 6), "apps", peer_group=None)
    for number in range(1, rows + 1):
        scores.score(table, number, registry.app(f"app-{number}", f"应用{number}"), None, status="missing")
    awards.publish_unattended(release)
    awards.published_edition(rows=rows)
    old, _new = registry.renamed_county()
    for place in Subject.objects.filter(kind="place")[: 3 * rows]:
        Alias.objects.create(subject=place, text=f"又名{place.slug}")
    registry.municipality_tier(old)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "queries"), (LISTS | DETAILS).items())
def test_an_address_costs_the_same_queries_at_1_and_at_3_rows(
    client: Client, django_assert_num_queries: object, address: str, queries: int, rows: int
) -> None:
    publish(rows)
    with django_assert_num_queries(queries):
        assert client.get(f"/api/v1/{address}").status_code == 200


@pytest.mark.django_db
def test_the_root_asks_only_whether_its_editions_are_invented(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):
        assert client.get("/api/v1/").status_code == 200
