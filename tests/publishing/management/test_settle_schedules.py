"""`manage.py settle_schedules`: the database says what readers have seen since the hour came."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from awards.models import Release
from cityrank.publishing.gate import open_gate
from cityrank.publishing.models import Move
from tests.factories import awards, corrections

# 10 o'clock in Shanghai
HOUR = dt.datetime(2030, 12, 1, 2, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def settle() -> str:
    out = StringIO()
    call_command("settle_schedules", stdout=out)
    return out.getvalue()


def at(instant: dt.datetime) -> time_machine.travel:
    return time_machine.travel(instant, tick=False)


@pytest.fixture
def scheduled(release: Release) -> Release:
    return corrections.schedule(corrections.corrected_draft(release), HOUR)


def statuses() -> list[str]:
    return list(Release.objects.order_by("number").values_list("status", flat=True))


def test_before_the_hour_nothing_is_due(scheduled: Release) -> None:
    with at(HOUR - dt.timedelta(seconds=1)):
        assert settle() == "Nothing is due.\n"
    assert statuses() == ["published", "scheduled"]


def test_from_the_hour_on_both_releases_are_stored_as_readers_see_them(scheduled: Release) -> None:
    with at(HOUR):
        assert list(open_gate().releases) == [scheduled]
        said = settle()
        assert list(open_gate().releases) == [scheduled]
    assert statuses() == ["superseded", "published"]
    assert said == "2017-2018: release 2 is stored as published; public since 2030-12-01 10:00+08:00.\n"


def test_however_late_it_runs_the_log_names_the_hour(scheduled: Release) -> None:
    late = HOUR + dt.timedelta(days=3)
    with at(late):
        settle()
    written = Move.objects.order_by("-pk").values_list("action", "by", "at", "effective_at")[:2]
    assert set(written) == {("settle", None, late, HOUR), ("supersede", None, late, HOUR)}
    scheduled.refresh_from_db()
    assert scheduled.published_at == HOUR


def test_a_second_time_it_changes_nothing(scheduled: Release) -> None:
    with at(HOUR):
        settle()
        before = Move.objects.count(), list(Release.objects.order_by("pk").values())
        assert settle() == "Nothing is due.\n"
    assert (Move.objects.count(), list(Release.objects.order_by("pk").values())) == before


def test_every_edition_whose_hour_has_come_is_told(scheduled: Release) -> None:
    following = awards.empty_draft("2018-2019")
    corrections.schedule(following, HOUR, reason="")
    later = awards.empty_draft("2019-2020")
    corrections.schedule(later, HOUR + dt.timedelta(hours=1), reason="")
    with at(HOUR):
        said = settle()
    assert [label in said for label in ("2017-2018", "2018-2019", "2019-2020")] == [True, True, False]


def test_without_any_schedule_it_has_nothing_to_do(release: Release) -> None:
    assert timezone.now() < HOUR
    assert settle() == "Nothing is due.\n"
