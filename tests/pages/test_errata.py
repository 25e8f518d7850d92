"""The public pages of errata: what was corrected, when and why, and never anything before its hour."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from awards.models import Recipient, Release
from cityrank.pages import corrections as shown
from cityrank.publishing.workflow import settle_schedules, withdraw_release
from tests.factories import awards, corrections
from tests.pages.conftest import Reader
from tests.pages.test_query_counts import cost

ERRATA = "/editions/2017-2018/errata/"
FROZEN = "/editions/2017-2018/releases/{}/errata/"
FEEDS = ["/editions/2017-2018/errata/feed/", "/errata/feed/"]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_an_edition_that_was_never_corrected_says_so(read: Reader, release: Release) -> None:
    assert "Nothing of this edition has been corrected since it was published." in read(f"/en{ERRATA}")
    assert "This is the first release of its edition" in read(f"/en{FROZEN.format(1)}")


def test_a_correction_is_told_with_its_reason_its_releases_and_every_difference(
    read: Reader, release: Release
) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 1, 2, 30, tzinfo=dt.UTC), tick=False):
        corrections.correct(release)
        page = read(f"/en{ERRATA}")
    assert corrections.REASON in page
    assert 'datetime="2026-12-01T10:30:00+08:00"' in page
    assert 'href="/en/editions/2017-2018/releases/1/"' in page
    assert 'href="/en/editions/2017-2018/releases/2/"' in page
    assert "<del>第1镇</del>" in page
    assert "<ins>更正镇</ins>" in page
    assert "<del>90.00</del>" in page
    assert "<ins>88.80</ins>" in page
    assert 'id="release-2"' in page
    assert 'href="/en/editions/2017-2018/releases/2/awards/award-1/"' in page
    assert "Series 8" in page


def test_the_latest_correction_stands_first(read: Reader, release: Release) -> None:
    corrections.correct(release, reason="第一次")
    corrections.correct(release, reason="第二次", score="88.70", winner="再更正镇")
    page = read(ERRATA)
    assert page.index("第二次") < page.index("第一次")
    assert re.findall(r'<article [^>]*id="(release-\d)"', page) == ["release-3", "release-2"]


def test_the_page_of_a_release_tells_its_own_correction_alone(read: Reader, release: Release) -> None:
    corrections.correct(release, reason="第一次")
    corrections.correct(release, reason="第二次", score="88.70", winner="再更正镇")
    second, third = read(FROZEN.format(2)), read(FROZEN.format(3))
    assert "第一次" in second
    assert "再更正镇" not in second
    assert "<del>更正镇</del>" in third


def test_it_stays_as_published_when_names_change_afterwards(read: Reader, release: Release) -> None:
    second = corrections.correct(release)
    before = re.findall("<tr.*?</tr>", read(FROZEN.format(2)))
    for row in Recipient.objects.filter(award__release__in=(release, second)).select_related("subject"):
        row.subject.name_zh = "改名后"
        row.subject.save()
    assert re.findall("<tr.*?</tr>", read(FROZEN.format(2))) == before


def test_a_long_correction_is_shown_in_parts(read: Reader, release: Release) -> None:
    corrections.long_correction(release, shown.ROWS_SHOWN + 5)
    overview = read(f"/en{ERRATA}")
    assert overview.count("<tr role") - overview.count("<thead") == shown.FIRST_SHOWN
    assert "The whole list:" in overview
    first, second = read(f"/en{FROZEN.format(2)}"), read(f"/en{FROZEN.format(2)}?page=2")
    assert "Page 1 of 2" in first
    positions = [int(found) for found in re.findall(r'id="erratum-2-(\d+)"', first + second)]
    assert positions == list(range(1, shown.ROWS_SHOWN + 7))  # the award's announced count changed as well


@pytest.mark.parametrize("part", ["awards/award-1/", "rankings/cities-50/"])
def test_what_was_corrected_leads_to_its_correction(read: Reader, release: Release, part: str) -> None:
    assert "by release 2" not in read(f"/en/editions/2017-2018/{part}")
    corrections.correct(release)
    for path in (f"/en/editions/2017-2018/{part}", f"/en/editions/2017-2018/releases/2/{part}"):
        page = read(path)
        link = re.search(r'href="([^"]+)#([^"]+)"> Corrected on .*? by release 2', page)
        assert link, path
        assert f'id="{link[2]}"' in read(link[1])
    assert "by release 2" not in read(f"/en/editions/2017-2018/releases/1/{part}")


def test_what_was_not_corrected_does_not_say_so(read: Reader, release: Release) -> None:
    corrections.correct(release)
    assert "Corrected on" not in read("/en/editions/2017-2018/averages/")
    assert "Corrected on" not in read("/en/editions/2017-2018/rankings/picture/")


def test_a_replaced_release_leads_to_what_replaced_it(read: Reader, release: Release) -> None:
    corrections.correct(release)
    page = read("/en/editions/2017-2018/releases/1/awards/award-1/")
    assert f'href="/en{ERRATA}#release-2"> What release 2 changed and why' in page


def test_an_edition_with_several_releases_leads_to_its_errata_and_their_feed(
    read: Reader, release: Release
) -> None:
    assert f'href="{ERRATA}"' not in read("/editions/2017-2018/")
    corrections.correct(release)
    page = read("/editions/2017-2018/")
    assert f'href="{ERRATA}"' in page
    assert f'href="{FEEDS[0]}"' in page


def test_the_page_of_one_correction_is_its_own_canonical_address(read: Reader, release: Release) -> None:
    corrections.correct(release)
    path = FROZEN.format(2)
    assert f'<link rel="canonical" href="http://testserver{path}">' in read(path)


def test_nothing_of_a_draft_correction_is_told(read: Reader, draft: Release) -> None:
    for path in (ERRATA, FROZEN.format(1), *FEEDS):
        assert awards.SECRET not in read(path)
    read(FROZEN.format(2), 404)


def test_a_scheduled_correction_is_told_from_its_hour_on(client: Client, release: Release) -> None:
    at = timezone.now() + dt.timedelta(days=1)
    paths = [ERRATA, FROZEN.format(1), FROZEN.format(2), "/editions/2017-2018/awards/award-1/", *FEEDS]
    before = [client.get(path).content for path in paths]
    corrections.schedule(corrections.corrected_draft(release), at)
    with time_machine.travel(at - dt.timedelta(milliseconds=1), tick=False):
        assert [client.get(path).content for path in paths] == before
    with time_machine.travel(at, tick=False):
        after = [client.get(path).content.decode() for path in paths]
        assert all(corrections.REASON in page for page in (after[0], after[2], *after[3:]))
        settle_schedules()
        assert [client.get(path).content.decode() for path in paths] == after


@pytest.mark.parametrize("gone", [1, 2])
def test_of_a_withdrawn_release_the_fact_and_the_reason_remain_and_no_figure(
    read: Reader, release: Release, gone: int
) -> None:
    corrections.correct(release)
    withdraw_release(Release.objects.get(number=gone), reason="底稿作废")
    status = 410 if gone == 2 else 200  # with the second one the whole edition is withdrawn
    page = read(f"/en{ERRATA}", status)
    assert f"Release {gone} was withdrawn" in page
    assert "底稿作废" in page
    assert corrections.REASON in page
    for path in (ERRATA, *FEEDS):
        text = read(path, status if path.startswith("/editions/") else 200)
        assert "底稿作废" in text
        for datum in ("第1镇", "更正镇", "88.80", "90.00"):
            assert datum not in text, path
    read(FROZEN.format(gone), 410)


def test_the_open_addresses_of_an_edition_answer_with_the_reason_once_its_correction_is_withdrawn(
    read: Reader, release: Release
) -> None:
    withdraw_release(corrections.correct(release), reason="底稿作废")
    for part in ("", "series/1/", "awards/award-1/", "rankings/cities-50/", "averages/", "awards/nothing/"):
        page = read(f"/en/editions/2017-2018/{part}", 410)
        assert "Release 2 was withdrawn" in page
        assert "底稿作废" in page
        assert f'href="/en{ERRATA}"' in page
        assert "更正镇" not in page
    # What it had replaced is not brought back, and stays citable.
    assert "which a later one has replaced" in read("/en/editions/2017-2018/releases/1/")


def test_an_edition_is_readable_again_after_what_was_withdrawn_has_a_successor(
    read: Reader, release: Release
) -> None:
    withdraw_release(release, reason="底稿作废")
    read("/editions/2017-2018/", 410)
    corrections.correct(release, reason="重新核对")
    read("/editions/2017-2018/")
    page = read(ERRATA)
    assert "重新核对" in page
    assert "底稿作废" in page


@pytest.mark.parametrize("path", FEEDS)
def test_the_feed_is_atom_with_one_entry_for_each_correction(
    read: Reader, release: Release, path: str
) -> None:
    corrections.correct(release, reason="第一次")
    corrections.correct(release, reason="第二次", score="88.70", winner="再更正镇")
    feed = ElementTree.fromstring(read(path).replace('encoding="utf-8"', ""))
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}summary").split(" ")[0] for entry in entries] == ["第二次", "第一次"]
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert links == [f"http://testserver{FROZEN.format(number)}" for number in (3, 2)]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_the_feed_of_all_holds_every_edition_and_begins_with_the_latest(read: Reader, db: None) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=3), tick=False):
        first = awards.published_edition("2017-2018")
        awards.published_edition("2018-2019")
    corrections.correct(first)
    titles = re.findall("<title>(.*?)</title>", read("/en/errata/feed/"))
    assert titles == ["CityRank: errata", "2017-2018: release 2 corrects release 1"]


@pytest.mark.parametrize("path", [ERRATA, FROZEN.format(2), *FEEDS, "/editions/2017-2018/awards/award-1/"])
def test_it_costs_as_many_queries_for_three_corrections_as_for_one(
    client: Client, release: Release, path: str
) -> None:
    corrections.correct(release)
    once = cost(client, path)
    corrections.correct(release, score="88.70", winner="再更正镇")
    corrections.correct(release, score="88.60", winner="三更正镇")
    extra = 1 if path == FROZEN.format(2) else 0  # superseded by now: which release came next
    assert cost(client, path) == once + extra


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_feed_of_a_withdrawn_edition_is_gone_with_the_reason_and_back_with_its_successor(
    read: Reader, release: Release, language: str
) -> None:
    feed = f"{language}/editions/2017-2018/errata/feed/"
    read(feed)
    withdraw_release(release, reason="底稿作废")
    assert "底稿作废" in read(feed, 410)
    read(f"{language}/errata/feed/")  # other editions go on
    corrections.correct(release, reason="重新核对")
    assert "重新核对" in read(feed)
