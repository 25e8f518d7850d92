"""A number as its cell shows it."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.reading.shown import is_shortened, read_format, shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (56.7, "0.00", "56.70"),
        (56.7, "General", "56.7"),
        (56.7, "", "56.7"),
        (18.0, "General", "18"),
        (18.0, "0.00", "18.00"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.567, "0.00%", "56.70%"),
        (0.95, "0%", "95%"),
        (2.675, "0.00", "2.68"),
        (56.704, "0.00", "56.70"),
        (-3.5, "0.00;[Red]-0.00", "-3.50"),
        (56.7, "0.00_ ;-0.00", "56.70"),
        (56.7, '0.00"分"', "56.70"),
        (56.7, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "56.70"),
        (10000.0, "000000", "010000"),
        (56.7, "0.0#", "56.7"),
        (56.75, "0.0#", "56.75"),
        (1234567.0, "#,##0.0,", "1234.6"),
        (0.30000000000000004, "General", "0.3"),
        (1e16, "General", "10000000000000000"),
        (56.7, "0.00E+00", "56.7"),
        (56.7, "# ?/?", "56.7"),
        (56.7, "@", "56.7"),
        (float("inf"), "0.00", "inf"),
        (1e300, "0.00", "1" + "0" * 300 + ".00"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, code: str, text: str) -> None:
    assert shown(value, read_format(code)) == text


@given(st.decimals(-(10**7), 10**7, places=4), st.integers(0, 4))
def test_a_figure_with_few_decimals_is_rounded_half_up_as_spreadsheets_do(
    figure: Decimal, decimals: int
) -> None:
    form = read_format("0." + "0" * decimals if decimals else "0")
    rounded = figure.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert Decimal(shown(float(figure), form)) == rounded
    assert is_shortened(float(figure), form) == (rounded != figure)


@given(st.decimals(-(10**7), 10**7, places=4))
def test_without_a_format_a_figure_is_the_one_that_was_stored(figure: Decimal) -> None:
    assert Decimal(shown(float(figure))) == figure


@given(st.text(max_size=30))
def test_any_text_may_stand_as_a_format(code: str) -> None:
    Decimal(shown(56.7, read_format(code)).rstrip("%"))
