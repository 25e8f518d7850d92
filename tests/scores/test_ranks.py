from decimal import Decimal

import pytest

from awards.models import Release
from scores import ranks
from scores.models import Ranking, Score
from tests.factories import awards, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Ranking:
    made = scores.ranking(awards.series(awards.empty_draft(), 8), rows=4)
    made.scores.filter(position__in=(2, 3)).update(printed_score=Decimal("80"))
    return made


def computed(table: Ranking) -> list[int | None]:
    return list(table.scores.order_by("position").values_list("computed_rank", flat=True))


def test_ranks_follow_the_scores_under_the_rule_for_ties(table: Ranking) -> None:
    assert ranks.recompute(table) == 4
    assert computed(table) == [1, 3, 3, 2]
    table.tie_rule = "dense"
    assert ranks.recompute(table) == 0
    table.tie_rule = "max"
    ranks.recompute(table)
    assert computed(table) == [1, 4, 4, 2]


def test_a_row_without_a_score_has_no_rank(table: Ranking) -> None:
    table.scores.filter(position=1).update(printed_score=None, status="missing")
    ranks.recompute(table)
    assert computed(table) == [None, 2, 2, 1]


def test_printed_ranks_are_never_touched(table: Ranking) -> None:
    ranks.recompute(table)
    assert list(table.scores.order_by("position").values_list("printed_rank", flat=True)) == [1, 2, 3, 4]


def test_a_second_run_changes_nothing(table: Ranking) -> None:
    ranks.recompute(table)
    assert ranks.recompute(table) == 0


def test_a_score_is_shown_with_its_own_decimals_or_those_of_the_table(release: Release) -> None:
    score = Score.objects.of_release(release).first()
    assert score.shown_score == "90.00"
    score.decimals = 1
    assert score.shown_score == "90.0"
