"""Two typings of a cell, and two entries of a table."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.publishing.comparing import aligned, differences, number, same
from cityrank.publishing.models import EntryRow
from tests.factories import entries

figures = st.decimals(min_value=-(10**7), max_value=10**7, places=4, allow_nan=False)
typings = st.one_of(
    st.text(max_size=12), figures.map(str), st.sampled_from(["", " ", "1,234.5", "８５．３", "85.30", "85.3"])
)
cells = st.sampled_from(["printed_name", "printed_rank", "printed_score", "status", "subject"])


def wide(text: str) -> str:
    """Return a text in full-width characters, as an input method for Chinese types digits."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@given(figures)
def test_a_number_is_read_however_its_digits_were_typed(value: Decimal) -> None:
    assert number(str(value)) == number(wide(str(value))) == number(f" {value} ") == value
    assert number(f"{value:,}") == value


@given(st.text(max_size=20))
def test_any_text_is_a_finite_number_nothing_or_refused(text: str) -> None:
    try:
        value = number(text)
    except ValueError:
        return
    assert (value is None) == (not unicodedata.normalize("NFKC", text).strip())
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    "text", ["85,3", "8 5.3", "1_0", "1e5", "NaN", "∞", "八十五", "85.3.1", "12,34", ".", "-", "٣"]
)
def test_a_slip_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(text)


@given(cells, typings, typings, typings)
def test_to_say_the_same_is_an_equivalence(cell: str, one: str, two: str, three: str) -> None:
    assert same(cell, one, one)
    assert same(cell, one, two) == same(cell, two, one)
    if same(cell, one, two) and same(cell, two, three):
        assert same(cell, one, three)


@given(cells, figures)
def test_the_width_of_the_characters_makes_no_difference(cell: str, value: Decimal) -> None:
    assert same(cell, str(value), wide(str(value)))


@given(figures, figures)
def test_different_numbers_are_different(one: Decimal, two: Decimal) -> None:
    assert same("printed_score", str(one), str(two)) == (one == two)


def test_the_decimals_of_a_score_were_printed_and_count_those_of_a_rank_do_not() -> None:
    assert not same("printed_score", "85.30", "85.3")
    assert same("printed_rank", "3", "3.0")
    assert same("printed_score", "085.3", "85.3")
    assert same("printed_score", "1,234.5", "1234.5")
    assert not same("printed_score", "", "0")


rows_of_an_entry = st.lists(st.integers(1, 8), unique=True, max_size=8)


def rows(subjects: list[int]) -> list[EntryRow]:
    return [EntryRow(position=n, subject_id=key) for n, key in enumerate(subjects, 1)]


@given(rows_of_an_entry, rows_of_an_entry)
def test_every_row_of_both_entries_is_paired_once_and_in_order(one: list[int], two: list[int]) -> None:
    pairs = aligned(rows(one), rows(two))
    assert [pair[0].subject_id for pair in pairs if pair[0]] == one
    assert [pair[1].subject_id for pair in pairs if pair[1]] == two
    assert all(any(pair) for pair in pairs)


@given(rows_of_an_entry.filter(bool), st.data())
def test_a_row_that_one_left_out_stands_alone(subjects: list[int], data: st.DataObject) -> None:
    out = data.draw(st.sampled_from(subjects))
    pairs = aligned(rows(subjects), rows([key for key in subjects if key != out]))
    assert [pair[0].subject_id for pair in pairs if pair[1] is None] == [out]


@pytest.mark.django_db
def test_only_what_differs_is_listed_and_only_when_both_are_finished() -> None:
    table = entries.table(double_entry=True)
    entries.finished(table, "ada")
    other = [("1", "杭州", "９０．１０"), ("2", "宁波", "88.2"), ("4", "温州", "85.30")]
    second = entries.typed(table, "ben", other)
    assert differences(table) == []
    entries.finish(second, entries.person("ben"))
    assert [(one.position, one.cell, one.first, one.second) for one in differences(table)] == [
        (2, "printed_score", "88.20", "88.2"),
        (3, "printed_rank", "3", "4"),
    ]


@pytest.mark.django_db
def test_a_row_left_out_is_one_difference_and_not_one_in_every_row_below() -> None:
    table = entries.table(double_entry=True)
    entries.finished(table, "ada")
    entries.finished(table, "ben", entries.RIGHT[1:])
    (one,) = differences(table)
    assert (one.position, one.cell, one.first, one.second, one.is_row) == (
        1,
        "printed_name",
        "杭州",
        "",
        True,
    )
