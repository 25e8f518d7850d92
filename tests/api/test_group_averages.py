from collections.abc import Callable
from decimal import Decimal

import pytest

from awards.models import Release
from tests.factories import awards, scores

Rows = Callable[[str], list[dict]]


@pytest.fixture
def averages(db: None) -> Release:
    release = awards.empty_draft()
    scores.average(release, 1)  # 64.34 against 56.70, printed as +8.74
    scores.average(
        release,
        2,
        printed_value=Decimal("73.54"),
        printed_previous=Decimal("63.48"),
        printed_change=Decimal("10.06"),
    )
    scores.average(release, 3, top_n=None, printed_previous=None)
    return awards.publish_unattended(release)


def test_a_contradiction_is_data(averages: Release, rows: Rows) -> None:
    (row,) = rows("group-averages/?contradictory=true")
    assert (row["printed_value"], row["printed_previous"], row["printed_change"]) == (
        "64.34",
        "56.70",
        "8.74",
    )
    assert (row["computed_change"], row["discrepancy"], row["contradictory"]) == ("7.64", "1.10", True)


def test_figures_that_agree_have_a_discrepancy_of_zero(averages: Release, rows: Rows) -> None:
    row = rows("group-averages/")[1]
    assert (row["computed_change"], row["discrepancy"], row["contradictory"]) == ("10.06", "0.00", False)


def test_without_a_previous_value_nothing_can_be_computed(averages: Release, rows: Rows) -> None:
    row = rows("group-averages/?contradictory=false")[-1]
    assert (row["position"], row["top_n"], row["computed_change"], row["discrepancy"]) == (
        3,
        None,
        None,
        None,
    )


def test_an_average_knows_the_table_it_is_about(release: Release, rows: Rows, ask: Callable) -> None:
    row = rows("group-averages/?ranking=cities-50")[0]
    assert (row["top_n"], row["cutoff"], row["n_differs_from_cutoff"]) == (20, 50, True)
    assert ask(row["ranking_url"]).json()["slug"] == "cities-50"
    assert row["page"] == "http://testserver/editions/2017-2018/averages/"
    assert ask(row["url"]).json() == row
