"""Errata in the API: each difference of each correction, and nothing of what is not public."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from awards.models import Release
from cityrank.publishing.workflow import publish_unattended, withdraw_release
from tests.factories import awards, corrections

Rows = Callable[[str], list[dict]]


def test_an_erratum_says_what_was_corrected_from_what_to_what(release: Release, rows: Rows) -> None:
    corrections.correct(release)
    (row,) = rows("errata/?edition=2017-2018&of=score")
    assert (row["edition"], row["former_release"], row["release"]) == ("2017-2018", 1, 2)
    assert (row["kind"], row["field"], row["old"], row["new"]) == (
        "changed",
        "printed_score",
        "90.00",
        "88.80",
    )
    assert row["part"] == "cities-50"
    assert row["part_title"] == {"zh": "地市得分排名", "en": "Scores of prefectures"}
    assert row["row"]["zh"] == "第1市"
    assert row["reason"] == corrections.REASON
    assert row["page"] == "http://testserver/editions/2017-2018/errata/#release-2"
    assert row["release_url"] == "http://testserver/api/v1/releases/2017-2018/2/"
    assert row["former_release_url"] == "http://testserver/api/v1/releases/2017-2018/1/"


def test_an_erratum_has_an_address(release: Release, rows: Rows, ask: Callable) -> None:
    corrections.correct(release)
    for row in rows("errata/"):
        assert ask(row["url"]).json() == row


def test_edition_and_release_lead_to_their_errata(release: Release, rows: Rows, ask: Callable) -> None:
    corrections.correct(release)
    corrections.correct(release, score="88.70", winner="再更正镇")
    of_edition = ask(ask("editions/2017-2018/").json()["errata_url"]).json()
    assert [row["release"] for row in of_edition["results"]] == [3, 3, 3, 2, 2, 2]
    of_release = ask(ask("releases/2017-2018/2/").json()["errata_url"]).json()
    assert {row["release"] for row in of_release["results"]} == {2}
    assert ask(ask("releases/2017-2018/1/").json()["errata_url"]).json()["count"] == 0


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("line=award-1", 2),
        ("line=cities-50", 1),
        ("part=award-1", 2),
        ("part=cities-50", 1),
        ("subject=330106902", 2),  # the town that is named now
        ("subject=330106101", 1),  # the town that was named before
        ("subject=339901", 1),
        ("release=2", 3),
        ("kind=changed", 3),
        ("kind=added", 0),
        ("of=recipient", 2),
        ("of=citation", 0),
    ],
)
def test_errata_are_found_by(release: Release, rows: Rows, query: str, count: int) -> None:
    corrections.correct(release)
    assert len(rows(f"errata/?edition=2017-2018&{query}")) == count


def test_a_winner_that_a_correction_removed_is_found_by_the_line_of_its_award(
    release: Release, rows: Rows
) -> None:
    draft = corrections.corrected_draft(release)
    corrections.drop_award(draft, "award-1")
    publish_unattended(draft, reason=corrections.REASON)
    assert {row["kind"] for row in rows("errata/?line=award-1")} == {"removed"}


def test_nothing_of_a_draft_or_a_scheduled_correction_is_told(
    release: Release, rows: Rows, refused: Callable, client: Client
) -> None:
    at = timezone.now() + dt.timedelta(days=1)
    corrections.schedule(corrections.corrected_draft(release), at)
    assert rows("errata/") == []
    refused("errata/2017-2018/2/1/", 404)
    refused("errata/?edition=2017-2018&release=2", 404)
    unknown = refused("errata/?part=award-1")["errors"]
    assert unknown == refused("errata/?part=nothing")["errors"]
    with time_machine.travel(at, tick=False):
        assert len(rows("errata/")) == 3


@pytest.mark.parametrize("gone", [1, 2])
def test_no_withdrawn_datum_is_told(release: Release, rows: Rows, ask: Callable, gone: int) -> None:
    corrections.correct(release)
    withdraw_release(Release.objects.get(number=gone), reason="底稿作废")
    assert rows("errata/") == []
    for address in (f"errata/?edition=2017-2018&release={gone}", f"errata/2017-2018/{gone}/1/"):
        answer = ask(address)
        assert answer.status_code == 410
        assert "底稿作废" in answer.json()["detail"]


def test_what_never_was_public_stays_unknown(release: Release, refused: Callable) -> None:
    assert refused("errata/2017-2018/2/1/", 404) == refused("errata/2030/1/1/", 404)


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_list_of_errata_costs_the_same_at_one_and_three_corrections(
    release: Release, client: Client, django_assert_num_queries: Callable, rounds: int
) -> None:
    for number in range(rounds):
        corrections.correct(release, score=f"8{number}.50", winner=f"更正{number}镇")
    with django_assert_num_queries(3):
        assert client.get("/api/v1/errata/").status_code == 200
    with django_assert_num_queries(3):
        assert client.get("/api/v1/errata/2017-2018/2/1/").status_code == 200


def test_errata_of_several_editions_begin_with_the_latest(rows: Rows, db: None) -> None:
    first, second = awards.published_edition("2017-2018"), awards.published_edition("2018-2019")
    corrections.correct(first)
    corrections.correct(second)
    listed = [row["edition"] for row in rows("errata/")]
    assert listed == sorted(listed, reverse=True)
    assert set(listed) == {"2017-2018", "2018-2019"}
