"""How far each part of a draft is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from awards.models import Award, Release
from cityrank.publishing.progress import Progress, progress_of_awards, progress_of_rankings, total
from scores.models import Ranking
from tests.factories import accounts, awards, entries, scores

pytestmark = pytest.mark.django_db


def of(table: Ranking) -> Progress:
    return progress_of_rankings(table.release)[table.pk]


def test_rows_are_entered_verified_or_missing(draft: Release) -> None:
    award = Award.objects.of_release(draft).first()
    award.expected_count = 5
    award.save()
    count = award.recipients.count()
    assert progress_of_awards(draft)[award.pk] == Progress(entered=count, expected=5)
    assert progress_of_awards(draft)[award.pk].missing == 5 - count
    first = award.recipients.first()
    award.recipients.filter(pk=first.pk).update(verified_at=dt.datetime.now(dt.UTC))
    assert progress_of_awards(draft)[award.pk].verified == 1


def test_a_table_that_is_being_keyed_says_how_far_each_entry_is() -> None:
    table = entries.table(double_entry=True)
    assert of(table) == Progress(expected=3)
    entries.typed(table, "ada", entries.RIGHT[:2])
    entries.typed(table, "ben", [("", "", "")])  # a row in which nothing is typed
    assert (of(table).keyed, of(table).entered, of(table).missing) == ((2, 0), 0, 3)


def test_what_differs_is_disputed_and_what_agrees_is_the_table() -> None:
    table = entries.table(double_entry=True)
    entries.finished(table, "ada")
    entries.finished(table, "ben", [*entries.RIGHT[:2], ("3", "温州", "83.50")])
    now = of(table)
    assert (now.disputed, now.finished_entries, now.keyed, now.entered) == (1, 2, (3, 3), 0)


def test_two_entries_that_agree_are_entered_and_verified() -> None:
    table = entries.table(double_entry=True)
    for name in ("ada", "ben"):
        entries.finished(table, name)
    assert of(table) == Progress(entered=3, verified=3, expected=3, finished_entries=2)


def test_where_nothing_is_expected_nothing_is_missing() -> None:
    assert (Progress(entered=7).missing, Progress(entered=7).share, Progress().share) == (None, 100, 0)


@given(st.lists(st.builds(Progress, entered=st.integers(0, 99), expected=st.none() | st.integers(0, 99))))
def test_the_total_is_the_sum_and_never_more_than_everything(parts: list[Progress]) -> None:
    whole = total(parts)
    assert whole.entered == sum(part.entered for part in parts)
    assert 0 <= whole.share <= 100
    assert whole.expected is None or whole.expected == sum(part.expected or 0 for part in parts)


@pytest.mark.parametrize("role", ["evaluator", "publisher"])
def test_the_page_costs_the_same_for_one_part_and_for_many(role: str) -> None:
    draft = awards.empty_draft()
    client = accounts.signed_in(accounts.user(role))
    costs = []
    for number in (1, 2, 3):
        series = awards.series(draft, number)
        awards.award(series, f"award-{number}")
        scores.ranking(series, f"table-{number}", rows=1)
        client.get(f"/admin/awards/release/{draft.pk}/work/")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/en/admin/awards/release/{draft.pk}/work/")
        assert page.status_code == 200
        costs.append(len(captured))
    assert costs[1] == costs[2]
