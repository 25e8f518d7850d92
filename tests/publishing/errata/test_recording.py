"""Errata are recorded when a correction is published, and stay what they were."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from awards.models import Recipient, Release
from cityrank.publishing.errata import corrections_of
from cityrank.publishing.gate import public_errata
from cityrank.publishing.models import Erratum
from cityrank.publishing.workflow import (
    Refused,
    approve_release,
    publish_release,
    publish_unattended,
    schedule_release,
    settle_schedules,
    start_draft,
    submit_release,
    unschedule_release,
    withdraw_release,
)
from tests.factories import corrections

pytestmark = pytest.mark.django_db


def told(release: Release) -> list[tuple]:
    columns = ("kind", "of", "part", "row_zh", "field", "old", "new")
    return list(public_errata().filter(release=release).order_by("position").values_list(*columns))


def test_what_was_corrected_is_recorded_with_the_old_and_the_new_value(release: Release) -> None:
    second = corrections.correct(release)
    rows = told(second)
    assert ("changed", "recipient", "award-1", "更正镇", "printed_name", "第1镇", "更正镇") in rows
    assert ("changed", "score", "cities-50", "第1市", "printed_score", "90.00", "88.80") in rows
    (old, new) = next(row[-2:] for row in rows if row[4] == "subject")
    assert old.startswith("第1镇 (")
    assert new.startswith("更正镇 (")


def test_errata_stay_as_published_when_a_place_is_renamed_afterwards(release: Release) -> None:
    second = corrections.correct(release)
    before = told(second)
    for recipient in Recipient.objects.filter(award__release__in=(release, second)):
        recipient.subject.name_zh, recipient.subject.name_en = "改名后", "Renamed"
        recipient.subject.save()
    assert told(second) == before


def test_they_are_numbered_in_the_order_they_are_shown(release: Release) -> None:
    second = corrections.correct(release)
    parts = list(second.errata.order_by("position").values_list("part", flat=True))
    assert parts == sorted(parts, key=lambda part: (part == "", part))
    assert list(second.errata.order_by("position").values_list("position", flat=True)) == list(
        range(1, len(parts) + 1)
    )


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_correction_is_not_published_without_a_public_reason(release: Release, reason: str) -> None:
    approved = approve_release(submit_release(corrections.corrected_draft(release)))
    with pytest.raises(Refused, match="2"):
        publish_release(approved, reason=reason)
    with pytest.raises(Refused, match="2"):
        schedule_release(approved, timezone.now() + dt.timedelta(days=1), reason=reason)
    approved.refresh_from_db()
    assert approved.status == "approved"
    assert not Erratum.objects.exists()


def test_what_follows_a_withdrawn_release_needs_a_reason_too(release: Release) -> None:
    withdraw_release(release, reason="名单有误")
    draft = approve_release(submit_release(start_draft(release.edition)))
    with pytest.raises(Refused):
        publish_release(draft)
    second = publish_release(draft, reason="重新核对")
    (correction,) = corrections_of(release.edition)
    assert (correction.release, correction.former, correction.count) == (second, release, 0)
    assert correction.withdrawn == [release]


def test_the_first_release_needs_no_reason_and_corrects_nothing(release: Release) -> None:
    assert corrections_of(release.edition) == []
    assert not Erratum.objects.exists()


def test_a_scheduled_correction_is_told_from_its_hour_on_whether_or_not_it_was_settled(
    release: Release,
) -> None:
    at = timezone.now() + dt.timedelta(days=1)
    second = corrections.schedule(corrections.corrected_draft(release), at)
    with time_machine.travel(at - dt.timedelta(seconds=1), tick=False):
        assert corrections_of(release.edition) == []
        assert not public_errata().exists()
    with time_machine.travel(at, tick=False):
        (correction,) = corrections_of(release.edition)
        assert (correction.release, correction.count) == (second, second.errata.count())
        before = told(second)
        settle_schedules()
        assert told(second) == before


def test_a_correction_taken_off_its_schedule_leaves_no_errata(release: Release) -> None:
    at = timezone.now() + dt.timedelta(days=1)
    second = corrections.schedule(corrections.corrected_draft(release), at)
    unschedule_release(second)
    assert not Erratum.objects.exists()


@pytest.mark.parametrize("gone", [1, 2])
def test_no_difference_from_or_to_a_withdrawn_release_is_told(release: Release, gone: int) -> None:
    second = corrections.correct(release)
    withdraw_release(Release.objects.get(number=gone), reason="名单有误")
    assert told(second) == []
    (correction,) = corrections_of(release.edition)
    assert [one.number for one in correction.withdrawn] == [gone]
    assert correction.release.reason == corrections.REASON


def test_withdrawing_one_correction_leaves_the_others_told(release: Release) -> None:
    second = corrections.correct(release)
    third = corrections.correct(release, score="88.70", winner="再更正镇")
    fourth = corrections.correct(release, score="88.60", winner="三更正镇")
    withdraw_release(second, reason="名单有误")
    assert {one.release.number: one.count > 0 for one in corrections_of(release.edition)} == {
        4: True,
        3: False,
        2: False,
    }
    assert told(fourth)
    assert not told(third)


def test_a_correction_that_changes_nothing_is_a_correction_all_the_same(release: Release) -> None:
    second = publish_unattended(start_draft(release.edition), reason="补充说明")
    (correction,) = corrections_of(release.edition)
    assert (correction.release, correction.count) == (second, 0)
