from decimal import Decimal

import pytest

from scores.models import GroupAverage, Ranking


def average(**fields: object) -> GroupAverage:
    values = {
        "printed_value": Decimal("64.34"),
        "printed_previous": Decimal("56.70"),
        "printed_change": Decimal("8.74"),
    }
    return GroupAverage(**{**values, **fields})


def test_the_change_is_computed_from_the_printed_values() -> None:
    assert average().computed_change == Decimal("7.64")


def test_a_printed_change_that_does_not_follow_from_the_values_is_a_contradiction() -> None:
    assert average().discrepancy == Decimal("1.10")
    assert average().contradicts_itself
    assert not average(printed_change=Decimal("7.64")).contradicts_itself


@pytest.mark.parametrize("missing", [{"printed_previous": None}, {"printed_change": None}])
def test_without_one_of_the_figures_nothing_is_claimed(missing: dict) -> None:
    assert average(**missing).discrepancy is None
    assert not average(**missing).contradicts_itself


def test_figures_are_shown_as_printed() -> None:
    row = average(printed_previous=Decimal("56.7000"))
    assert row.shown("printed_previous") == "56.70"
    assert row.shown("computed_change") == "7.64"


@pytest.mark.parametrize(
    ("top_n", "cutoff", "differs"), [(20, 30, True), (30, 30, False), (None, 30, False), (20, None, False)]
)
def test_an_average_over_fewer_rows_than_its_table_shows_is_noticed(
    top_n: int, cutoff: int, differs: bool
) -> None:
    assert average(top_n=top_n, ranking=Ranking(cutoff=cutoff)).n_differs_from_cutoff is differs
