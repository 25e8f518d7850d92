"""What stands in a cell, as a value of its kind."""

import contextlib
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.columns import Sheet
from cityrank.exchange.planning.values import BadCell, decimals_of, reader
from cityrank.exchange.sheets import AVERAGES, ORGANISATIONS, PLACES, RECIPIENTS, SCORES

pytestmark = pytest.mark.django_db


def read(sheet: Sheet, name: str, text: str, **options: Any) -> Any:
    return reader(sheet, sheet.by_name[name], **options)(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("56.70", "56.70"), ("1,234.5", "1234.5"), ("９１．２０", "91.20"), ("-3.5", "-3.5"), (".5", "0.5")],
)
def test_a_figure_keeps_the_decimals_it_was_written_with(text: str, value: str) -> None:
    found = read(SCORES, "printed_score", text)
    assert (found, decimals_of(found)) == (Decimal(value), decimals_of(Decimal(value)))


@pytest.mark.parametrize(
    "text", ["85,3", "8 5.3", "—", "无", "1e5", "NaN", "inf", "0x1", "１２a", "#N/A", "5" * 70]
)
def test_what_is_no_figure_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadCell):
        read(SCORES, "printed_score", text)


@pytest.mark.parametrize("text", ["1.23456", "123456789", "-123456789.1"])
def test_a_figure_that_cannot_be_stored_as_it_stands_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        read(SCORES, "printed_score", text)


def test_a_percent_sign_stands_only_where_figures_are_in_percent() -> None:
    assert read(AVERAGES, "printed_value", "64.34%") == Decimal("64.34")
    assert read(SCORES, "printed_score", "64.34％", in_percent=True) == Decimal("64.34")
    with pytest.raises(BadCell, match=r"64\.34%"):
        read(SCORES, "printed_score", "64.34%")


@pytest.mark.parametrize(("text", "value"), [("7", 7), ("7.0", 7), ("1,000", 1000), ("２", 2)])
def test_whole_numbers_are_read_from_what_spreadsheets_make_of_them(text: str, value: int) -> None:
    assert read(SCORES, "printed_rank", text) == value


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "第一", "99999999999"])
def test_ranks_and_positions_count_from_one(text: str) -> None:
    with pytest.raises(BadCell):
        read(SCORES, "printed_rank", text)


def test_positions_go_as_far_as_their_column() -> None:
    assert read(RECIPIENTS, "position", "32767") == 32767
    with pytest.raises(BadCell, match="32767"):
        read(RECIPIENTS, "position", "32768")


@pytest.mark.parametrize(
    "text", ["2018-07-30", "2018/7/30", "2018.7.30", "2018年7月30日", "２０１８-07-30", "2018-07-30 00:00:00"]
)
def test_dates_are_read_in_the_ways_that_people_write_them(text: str) -> None:
    assert read(PLACES, "valid_from", text) == dt.date(2018, 7, 30)


@pytest.mark.parametrize("text", ["2018-02-30", "30.7.2018", "2018", "gestern", "43311"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        read(PLACES, "valid_from", text)


@pytest.mark.parametrize("text", ["estimated", "Estimated", " ESTIMATED ", "估计值"])
def test_a_choice_is_known_by_its_value_and_by_its_name_in_both_languages(text: str) -> None:
    labels = {"估计值": reader_label()}
    assert read(SCORES, "status", labels.get(text, text)) == "estimated"


def reader_label() -> str:
    from django.utils.translation import override

    from scores.models import Score

    with override("zh-hans"):
        return str(Score.Status.ESTIMATED.label)


def test_another_choice_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(BadCell, match="vielleicht"):
        read(SCORES, "status", "vielleicht")


def test_long_texts_and_bad_addresses_are_refused_with_the_reason() -> None:
    assert read(SCORES, "printed_name", "名" * 120) == "名" * 120
    with pytest.raises(BadCell, match="120"):
        read(SCORES, "printed_name", "名" * 121)
    with pytest.raises(BadCell):
        read(ORGANISATIONS, "website", "javascript:alert(1)")
    with pytest.raises(BadCell):
        read(PLACES, "slug", "no spaces")


@given(
    st.text(max_size=40),
    st.sampled_from(["printed_score", "printed_rank", "status", "printed_name", "position"]),
)
def test_any_text_is_a_value_or_no_value_of_the_column(text: str, name: str) -> None:
    with contextlib.suppress(BadCell):
        assert read(SCORES, name, text) is not None


@given(st.decimals(Decimal("-99999999"), Decimal("99999999"), places=4), st.integers(0, 4))
def test_every_figure_that_can_be_stored_is_read_as_it_is_written(figure: Decimal, decimals: int) -> None:
    figure = figure.quantize(Decimal(1).scaleb(-decimals))
    found = read(SCORES, "printed_score", f"{figure:f}")
    assert (found, decimals_of(found)) == (figure, decimals)
