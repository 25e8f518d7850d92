"""Rows that a second person has compared with their source."""

from decimal import Decimal

import pytest
from django.test import Client

from cityrank.publishing.refusals import Refused
from cityrank.publishing.verifying import verify
from scores.models import Ranking, Score
from tests.awards.admin_pages import address, form_data
from tests.factories import accounts, awards, scores


@pytest.fixture
def table(evaluator: Client) -> Ranking:
    made = scores.ranking(awards.series(awards.empty_draft(), 8), rows=2)
    accounts.takes_all(made.release)
    return made


@pytest.fixture
def verified(table: Ranking) -> Ranking:
    verify(table, accounts.user("reviewer"))
    read = {"page": 3, "verified": {"by": "reviewer"}}
    Score.objects.update(provenance={"printed_score": read, "printed_name": read})
    return table


def test_a_reviewer_verifies_what_others_entered(table: Ranking) -> None:
    reviewer = accounts.user("reviewer")
    assert verify(table, reviewer) == 2
    assert {row.verified_by for row in table.scores.all()} == {reviewer}
    with pytest.raises(Refused):
        verify(table, reviewer)


def test_an_evaluator_verifies_nothing(table: Ranking) -> None:
    with pytest.raises(Refused):
        verify(table, accounts.user("evaluator", "li"))


def test_a_changed_figure_is_unverified_and_keeps_where_it_was_read_before(
    evaluator: Client, verified: Ranking
) -> None:
    page = address(Ranking, "change", verified.pk)
    evaluator.post(page, form_data(evaluator.get(page)) | {"scores-0-printed_score": "90.5"})
    changed, other = verified.scores.order_by("position")
    assert (changed.printed_score, changed.verified_by, changed.verified_at) == (Decimal("90.5"), None, None)
    assert changed.provenance == {
        "printed_score": {"page": 3, "verified": None},
        "printed_name": {"page": 3, "verified": {"by": "reviewer"}},
    }
    assert other.verified_at is not None
    assert other.provenance["printed_score"]["verified"]


def test_what_is_not_printed_may_change_without_a_new_look_at_the_source(verified: Ranking) -> None:
    row = verified.scores.get(position=1)
    row.note_en = "A note."
    row.save()
    assert Score.objects.get(pk=row.pk).verified_at is not None
