from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.registry.numbers import key_in, rounded, shown


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("64.3", 2, "64.30"),
        ("64.305", 2, "64.31"),
        ("0.5", 0, "1"),
        ("1E+3", 0, "1000"),
        ("-0.005", 2, "-0.01"),
    ],
)
def test_a_figure_is_shown_with_the_decimals_it_was_printed_with(
    value: str, decimals: int, text: str
) -> None:
    assert shown(Decimal(value), decimals) == text


def test_what_is_not_there_is_shown_as_nothing() -> None:
    assert shown(None, 2) == ""


@given(st.decimals(-1000, 1000, places=4), st.integers(0, 4))
def test_rounding_moves_a_figure_by_half_a_step_at_most(value: Decimal, decimals: int) -> None:
    assert abs(rounded(value, decimals) - value) <= Decimal(1).scaleb(-decimals) / 2


@pytest.mark.parametrize(("text", "key"), [("17", 17), ("9223372036854775807", 2**63 - 1), ("١٧", 17)])
def test_a_key_is_read_from_its_digits(text: str, key: int) -> None:
    assert key_in(text) == key


@pytest.mark.parametrize("text", ["", "-1", "1.0", "abc", "²", "1\x00", "9223372036854775808", "9" * 5000])
def test_what_is_no_key_names_no_row(text: str) -> None:
    assert key_in(text) == 0
