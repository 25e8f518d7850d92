"""The comparisons that rules are made of, with values that nobody thought of."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.publishing.checks.comparing import (
    decimals_of,
    lies_within,
    out_of_order,
    rank_gaps,
    repetitions,
    score_rate,
)
from scores.methodology.ranking import TIE_RULES, competition_ranks

SCORES = st.decimals(0, 100, places=2)
# Few different values, so that ties are common.
TABLES = st.lists(st.integers(1, 6).map(Decimal), min_size=1, max_size=12)
RULES = st.sampled_from(TIE_RULES)


@given(st.lists(st.integers(0, 5)))
def test_what_stood_before_is_a_repetition(values: list[int]) -> None:
    assert repetitions(values) == [n for n, value in enumerate(values) if value in values[:n]]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=1000))
def test_a_number_needs_as_many_decimals_as_keep_it_the_same(value: Decimal) -> None:
    needed = decimals_of(value)
    assert round(value, needed) == value
    assert needed == 0 or round(value, needed - 1) != value


@pytest.mark.parametrize(
    ("text", "needed"), [("84.3100", 2), ("90", 0), ("9E+1", 0), ("0.0000", 0), ("-0.5", 1)]
)
def test_zeros_at_the_end_are_no_decimals(text: str, needed: int) -> None:
    assert decimals_of(Decimal(text)) == needed


@given(TABLES, RULES)
def test_ranks_computed_under_a_rule_have_no_gap_under_it(scores: list[Decimal], rule: str) -> None:
    assert rank_gaps([int(rank) for rank in competition_ranks(scores, rule)], rule) == []


@given(TABLES, RULES, st.integers(1, 5))
def test_ranks_that_begin_too_late_are_found_once(scores: list[Decimal], rule: str, later: int) -> None:
    ranks = [int(rank) + later for rank in competition_ranks(scores, rule)]
    assert rank_gaps(ranks, rule) == [min(ranks)]


@given(st.lists(st.integers(1, 9), max_size=9), RULES, st.randoms())
def test_gaps_do_not_depend_on_the_order_of_the_rows(ranks: list[int], rule: str, chance: object) -> None:
    shuffled = list(ranks)
    chance.shuffle(shuffled)
    assert rank_gaps(shuffled, rule) == rank_gaps(ranks, rule)


@pytest.mark.parametrize(
    ("rule", "ranks", "found"),
    [
        ("min", [1, 2, 2, 4], []),
        ("min", [1, 2, 2, 3, 4], [3]),
        ("min", [1, 3, 3, 5], [3]),
        ("dense", [1, 2, 2, 3], []),
        ("dense", [1, 2, 2, 4, 5], [4]),
        ("max", [1, 3, 3, 4], []),
        ("max", [1, 2, 2, 4], [2, 4]),
        ("ordinal", [1, 2, 3, 4], []),
        ("ordinal", [1, 2, 2, 4], [2, 4]),
    ],
)
def test_ranks_that_do_not_follow_from_the_one_before(rule: str, ranks: list[int], found: list[int]) -> None:
    assert rank_gaps(ranks, rule) == found


@given(TABLES, RULES)
def test_ranks_computed_from_scores_are_in_their_order(scores: list[Decimal], rule: str) -> None:
    ranks = [int(rank) for rank in competition_ranks(scores, rule)]
    assert out_of_order(list(zip(ranks, scores, strict=True))) == []


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6).map(Decimal)), max_size=9))
def test_a_row_is_out_of_order_if_any_better_rank_has_a_lower_score(rows: list[tuple[int, Decimal]]) -> None:
    expected = {n for n, (rank, score) in enumerate(rows) if any(r < rank and s < score for r, s in rows)}
    found = out_of_order(rows)
    assert (set(found), len(found)) == (expected, len(expected))


@given(st.lists(SCORES, min_size=1, max_size=20), st.integers(1, 20), st.integers(1, 200), st.integers(0, 4))
def test_a_score_rate_is_the_exact_mean_of_the_best_rounded_once(
    scores: list[Decimal], top_n: int, maximum: int, decimals: int
) -> None:
    best = sorted(map(Fraction, scores), reverse=True)[:top_n]
    exact = sum(best) * 100 / (len(best) * maximum)
    scale = 10**decimals
    half_up = (exact * scale + Fraction(1, 2)) // 1
    assert score_rate(scores, top_n, Decimal(maximum), decimals) == Decimal(int(half_up)) / scale


@given(st.lists(SCORES, min_size=1, max_size=9), st.randoms())
def test_a_score_rate_does_not_depend_on_the_order_of_the_rows(scores: list[Decimal], chance: object) -> None:
    shuffled = list(scores)
    chance.shuffle(shuffled)
    assert score_rate(shuffled, 3, Decimal(100), 2) == score_rate(scores, 3, Decimal(100), 2)


@given(SCORES, st.none() | SCORES, st.none() | SCORES)
def test_both_ends_belong_to_a_range_and_a_missing_end_is_open(
    value: Decimal, lowest: Decimal | None, highest: Decimal | None
) -> None:
    ends = (value if lowest is None else lowest, value if highest is None else highest)
    assert lies_within(value, lowest, highest) == (ends[0] <= value <= ends[1])
    assert lies_within(value, value, value)
