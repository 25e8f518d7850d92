"""The feed of publications: what became of each release, when readers could see it, and nothing before."""

import datetime as dt
from typing import Any

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.models import Release
from cityrank.publishing.workflow import settle_schedules, withdraw_release
from tests.factories import awards
from tests.factories.corrections import REASON, correct, corrected_draft, schedule

FEED = "/en/feed/"


def feed(client: Client, path: str = FEED) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_a_publication_is_an_entry_that_leads_to_its_release(client: Client, release: Release) -> None:
    (entry,) = feed(client).entries
    assert entry.title == "2017-2018: published, Results of 2017-2018"
    assert entry.link == "http://testserver/en/editions/2017-2018/releases/1/"
    assert moment(entry.updated) == release.published_at


def test_a_correction_tells_its_public_reason(client: Client, release: Release) -> None:
    correct(release)
    newest, oldest = feed(client).entries
    assert newest.title == "2017-2018: corrected by release 2"
    assert newest.summary == REASON
    assert oldest.title.startswith("2017-2018: published")


def test_a_withdrawal_is_told_with_its_reason_and_the_release_before_keeps_its_entry(
    client: Client, release: Release
) -> None:
    second = correct(release)
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        withdraw_release(second, reason="数据有误")
        entries = feed(client).entries
    assert [entry.title for entry in entries] == [
        "2017-2018: release 2 was withdrawn",
        "2017-2018: corrected by release 2",
        "2017-2018: published, Results of 2017-2018",
    ]
    assert entries[0].summary == "数据有误"
    assert moment(entries[0].updated) > moment(entries[1].updated)


def test_a_release_that_was_replaced_long_ago_is_withdrawn_on_the_day_it_is(
    client: Client, release: Release
) -> None:
    correct(release)
    with time_machine.travel(timezone.now() + dt.timedelta(days=9)):
        withdraw_release(Release.objects.get(number=1), reason="数据有误")
        first = feed(client).entries[0]
        assert first.title == "2017-2018: release 1 was withdrawn"
        assert abs(moment(first.updated) - timezone.now()) < dt.timedelta(minutes=1)


def test_a_withdrawn_release_is_told_of_without_its_title(client: Client, release: Release) -> None:
    withdraw_release(release, reason="数据有误")
    assert "Results of 2017-2018" not in client.get(FEED).content.decode()


def test_names_of_entries_stay_the_same_in_either_language_and_whatever_happens(
    client: Client, release: Release
) -> None:
    before = [entry.id for entry in feed(client).entries]
    assert [entry.id for entry in feed(client, "/feed/").entries] == before
    correct(release)
    withdraw_release(Release.objects.get(number=1), reason="数据有误")
    after = [entry.id for entry in feed(client).entries]
    assert len(after) == len(set(after)) == 3
    assert set(before) <= set(after)


def test_an_embargoed_correction_appears_at_its_hour_with_that_hour(client: Client, release: Release) -> None:
    hour = (timezone.now() + dt.timedelta(days=2)).replace(microsecond=0)
    schedule(corrected_draft(release), hour)
    before = client.get(FEED).content
    with time_machine.travel(hour - dt.timedelta(seconds=1), tick=False):
        assert client.get(FEED).content == before
    with time_machine.travel(hour + dt.timedelta(hours=5), tick=False):
        first = feed(client).entries[0]
        assert (first.title, moment(first.updated)) == ("2017-2018: corrected by release 2", hour)
        settle_schedules()
        # Whenever the database learns of it.
        assert moment(feed(client).entries[0].updated) == hour


def test_the_feed_says_nothing_of_drafts(client: Client, release: Release) -> None:
    before = client.get(FEED).content
    awards.secret_draft(release)
    awards.empty_draft("2018-2019")
    assert client.get(FEED).content == before


def test_a_feed_without_entries_is_a_feed(client: Client, db: None) -> None:
    found = feed(client)
    assert found.entries == []
    assert found.feed.title == "CityRank: publications"


def test_every_page_leads_to_the_feeds(client: Client, release: Release) -> None:
    for path in ("/en/", "/en/about/", "/en/editions/2017-2018/"):
        page = client.get(path).content.decode()
        assert 'href="/en/feed/"' in page
        assert 'href="/en/errata/feed/"' in page


@pytest.mark.django_db
def test_the_feed_costs_as_many_queries_for_four_releases_as_for_one(client: Client) -> None:
    first = awards.published_edition()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            feed(client)
        return len(queries)

    before = cost()
    for _ in range(3):
        correct(first)
    assert cost() == before
