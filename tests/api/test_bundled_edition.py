"""The real edition 2017-2018 as the API serves it."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from awards.models import Release
from cityrank.api.schema import EXAMPLES

pytestmark = pytest.mark.django_db
Rows = Callable[[str], list[dict]]


@pytest.fixture
def recipients(bundled: Release, rows: Rows) -> list[dict]:
    return rows("recipients/?edition=2017-2018&page_size=200")


def test_the_recipients_are_counted_as_the_bulletin_has_them(recipients: list[dict]) -> None:
    counted = Counter(row["award"] for row in recipients)
    assert (len(recipients), list(counted.values())) == (127, [2, 2, 2, 4, 6, 4, 15, 17, 25, 50])


def test_they_stand_in_printed_order_within_each_award(recipients: list[dict]) -> None:
    places: dict[str, list[int]] = {}
    for row in recipients:
        places.setdefault(row["award"], []).append(row["position"])
    assert all(positions == list(range(1, len(positions) + 1)) for positions in places.values())


def test_each_has_the_code_of_its_place_or_the_parent_of_its_zone(recipients: list[dict]) -> None:
    for row in recipients:
        subject = row["subject"]
        assert row["printed_name"]
        assert subject["code"] or (subject["level"] in ("zone", "township") and subject["parent"]["code"])


def test_one_average_contradicts_itself(bundled: Release, rows: Rows) -> None:
    (row,) = rows("group-averages/?edition=2017-2018&contradictory=true")
    assert (row["printed_label"], row["printed_change"], row["computed_change"]) == (
        "省会城市",
        "8.74",
        "7.64",
    )


def test_nothing_that_was_not_transcribed_has_a_value(bundled: Release, rows: Rows) -> None:
    assert len(rows("rankings/?status=not_transcribed")) == 8
    values = [(row["printed_score"], row["printed_rank"], row["status"]) for row in rows("scores/")]
    assert values == [(None, None, "not_transcribed")] * 3


@pytest.mark.parametrize("word", EXAMPLES)
def test_an_example_of_the_description_is_the_real_answer(
    bundled: Release,
    client: Client,
    settings: object,
    word: str,
) -> None:
    settings.SITE_URL = "https://cityrank.example"
    address = EXAMPLES[word]["url"].removeprefix(settings.SITE_URL)
    assert client.get(address).json() == EXAMPLES[word]
