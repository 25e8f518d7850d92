"""Median, quartiles and percentiles of printed scores, right to the last digit that is shown."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scores.methodology.statistics import percentile_rank, summary

printed = st.lists(st.decimals(0, 120, places=4), min_size=1, max_size=40)


def test_the_figures_of_a_small_table() -> None:
    found = summary([Decimal("70.10"), Decimal("90.00"), Decimal("80.25"), Decimal("60.00"), Decimal("65.5")])
    assert (found.n, found.best, found.worst) == (5, Decimal("90.00"), Decimal("60.00"))
    assert (found.lower_quartile, found.median, found.upper_quartile) == (
        Decimal("65.5"),
        Decimal("70.10"),
        Decimal("80.25"),
    )
    assert found.mean == Decimal("73.17")


def test_between_two_scores_a_quartile_lies_on_the_straight_line() -> None:
    # As QUARTILE.INC gives it: 1.75, 2.5, 3.25.
    found = summary([Decimal(1), Decimal(2), Decimal(3), Decimal(4)])
    assert [found.lower_quartile, found.median, found.upper_quartile] == [
        Decimal("1.75"),
        Decimal("2.5"),
        Decimal("3.25"),
    ]


def test_a_median_that_floats_would_round_the_wrong_way_is_exact() -> None:
    assert summary([Decimal("2.67"), Decimal("2.68")]).median == Decimal("2.675")
    assert summary([0.1, 0.2, 0.3]).mean == Decimal("0.2")


def test_what_is_missing_is_left_out_and_not_counted_as_nought() -> None:
    found = summary([None, Decimal(80), float("nan"), Decimal("NaN"), Decimal(60)])
    assert (found.n, found.median) == (2, Decimal(70))


def test_one_score_is_its_own_median_quartile_and_best() -> None:
    found = summary([Decimal("64.3")])
    assert {
        found.mean,
        found.median,
        found.lower_quartile,
        found.upper_quartile,
        found.best,
        found.worst,
    } == {Decimal("64.3")}


@pytest.mark.parametrize("values", [[], [None], [float("nan")], [float("inf")], [Decimal("-Infinity")]])
def test_without_a_finite_score_there_is_nothing_to_say(values: list) -> None:
    with pytest.raises(ValueError, match="score"):
        summary(values)


def test_scores_beyond_the_range_of_machine_numbers_are_still_exact() -> None:
    assert summary([Decimal("1E+30"), Decimal("1E+30")]).median == Decimal("1E+30")


@given(printed)
def test_median_and_mean_are_those_of_exact_fractions(scores: list[Decimal]) -> None:
    exact = sorted(map(Fraction, scores))
    middle = (exact[(len(exact) - 1) // 2] + exact[len(exact) // 2]) / 2
    found = summary(scores)
    assert Fraction(found.median) == middle
    assert abs(Fraction(found.mean) - sum(exact) / len(exact)) < Fraction(1, 10**20)


@given(printed)
def test_quartiles_are_those_of_numpy(scores: list[Decimal]) -> None:
    found = summary(scores)
    expected = np.quantile([float(score) for score in scores], [0.25, 0.5, 0.75], method="linear")
    assert np.allclose(
        [float(found.lower_quartile), float(found.median), float(found.upper_quartile)], expected, atol=1e-9
    )


@given(printed, st.randoms())
def test_the_order_of_rows_and_zeros_at_the_end_do_not_matter(scores: list[Decimal], random: object) -> None:
    shuffled = [score.normalize() for score in scores]
    random.shuffle(shuffled)
    assert summary(shuffled) == summary(scores)


@given(printed)
def test_the_figures_stand_in_order(scores: list[Decimal]) -> None:
    found = summary(scores)
    line = [found.worst, found.lower_quartile, found.median, found.upper_quartile, found.best]
    assert line == sorted(line)


def test_the_best_of_nineteen_is_above_all_others_and_half_of_itself() -> None:
    assert round(percentile_rank(range(1, 20), 19), 4) == Decimal("97.3684")


def test_tied_scores_share_the_middle_of_their_places() -> None:
    scores = [Decimal(90), Decimal("80.0"), Decimal("80.00"), Decimal(70)]
    assert percentile_rank(scores, Decimal(80)) == 50


def test_missing_scores_are_no_competitors() -> None:
    assert percentile_rank([Decimal(90), None, float("nan"), Decimal(80)], Decimal(90)) == 75


@pytest.mark.parametrize("values", [[], [None], [float("inf")]])
def test_a_score_has_no_percentile_among_none(values: list) -> None:
    with pytest.raises(ValueError, match="score"):
        percentile_rank(values, Decimal(1))


def test_no_score_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="score"):
        percentile_rank([Decimal(1), Decimal(2)], float("nan"))


@given(printed)
def test_the_percentiles_of_a_whole_table_average_fifty(scores: list[Decimal]) -> None:
    ranks = [percentile_rank(scores, score) for score in scores]
    assert abs(sum(ranks) / len(ranks) - 50) < Decimal("1E-20")
    assert all(0 < rank < 100 for rank in ranks)


@given(printed, printed)
def test_a_higher_score_never_has_a_lower_percentile(scores: list[Decimal], asked: list[Decimal]) -> None:
    ranks = [percentile_rank(scores, score) for score in sorted(asked)]
    assert ranks == sorted(ranks)
