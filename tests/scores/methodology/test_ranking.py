from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scores.methodology.ranking import TIE_RULES, competition_ranks

SCORES = [Decimal("90"), Decimal("80.5"), Decimal("80.50"), Decimal("70")]
printed = st.lists(st.decimals(0, 120, places=2), max_size=40)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("min", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("max", [1, 3, 3, 4]), ("ordinal", [1, 2, 3, 4])],
)
def test_ties_follow_the_rule_of_the_table(rule: str, expected: list[int]) -> None:
    assert competition_ranks(SCORES, rule).tolist() == expected


def test_the_order_of_rows_does_not_matter() -> None:
    assert competition_ranks([Decimal(70), Decimal(90), Decimal(80)]).tolist() == [3, 1, 2]


@pytest.mark.parametrize("rule", TIE_RULES)
def test_no_scores_have_no_ranks(rule: str) -> None:
    assert competition_ranks([], rule).tolist() == []


def test_what_differs_only_beyond_the_precision_of_floats_is_no_tie() -> None:
    assert competition_ranks([Decimal("0.1000000000000000000001"), Decimal("0.1")]).tolist() == [1, 2]


@given(printed)
def test_a_rank_is_one_more_than_the_number_of_better_scores(scores: list[Decimal]) -> None:
    assert competition_ranks(scores).tolist() == [
        1 + sum(other > score for other in scores) for score in scores
    ]


@given(printed)
def test_the_lower_rank_of_a_tie_is_the_number_of_scores_as_good(scores: list[Decimal]) -> None:
    assert competition_ranks(scores, "max").tolist() == [
        sum(other >= score for other in scores) for score in scores
    ]


@given(printed)
def test_without_equal_ranks_every_rank_is_given_once(scores: list[Decimal]) -> None:
    assert sorted(competition_ranks(scores, "ordinal").tolist()) == list(range(1, len(scores) + 1))


@given(printed)
def test_dense_ranks_count_the_different_scores(scores: list[Decimal]) -> None:
    assert max(competition_ranks(scores, "dense").tolist(), default=0) == len(set(scores))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="average"):
        competition_ranks(SCORES, "average")


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        competition_ranks([Decimal("NaN")])
