"""One spelling for what is typed and what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.registry.searching.spelling import asked, deletions, folded, is_one_slip, simplified

WORDS = st.text("abcgnhz", min_size=1, max_size=9)


@pytest.mark.parametrize(
    "text", ["hangzhou", "Hang Zhou", "HÁNGZHŌU", "ｈａｎｇｚｈｏｕ", "hang-zhou", "háng zhōu ", "hang'zhou"]
)
def test_width_case_tones_blanks_and_signs_do_not_matter(text: str) -> None:
    assert folded(text) == "hangzhou"


@pytest.mark.parametrize("text", ["lüliang", "LǛ LIANG", "lu\u0308liang", "lvliang"])
def test_an_umlaut_is_typed_as_v(text: str) -> None:
    assert folded(text) == "lvliang"


def test_figures_for_tones_are_left_out_beside_what_was_typed() -> None:
    assert asked("hang2zhou1") == ["hang2zhou1", "hangzhou"]
    assert asked("12306") == ["12306"]


def test_traditional_characters_are_read_as_simplified_ones_too() -> None:
    assert asked("瀋陽") == ["瀋陽", "沈阳"]
    assert simplified("臺灣") == "台湾"


def test_an_english_word_for_the_unit_may_be_left_out() -> None:
    assert asked("Hangzhou City") == ["hangzhoucity", "hangzhou"]
    assert asked("city") == ["city"]


@pytest.mark.parametrize("text", ["", "  ", "%", "'", "\x00", "💥", "~", "#"])
def test_what_has_no_letter_and_no_figure_asks_for_nothing(text: str) -> None:
    assert asked(text) == []


@given(st.text(max_size=200))
def test_any_text_has_keys_that_are_their_own_spelling(text: str) -> None:
    for key in asked(text):
        assert folded(key) == key
        assert 0 < len(key) <= 80
        assert not {"~", "#"} & set(key)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hangzou", "hangzhou"), ("hangzhoou", "hangzhou"), ("hangzhau", "hangzhou"), ("hnagzhou", "hangzhou")],
)
def test_a_slip_is_a_letter_missing_added_mistaken_or_exchanged(typed: str, meant: str) -> None:
    assert is_one_slip(typed, meant)
    assert is_one_slip(meant, typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("hangzhou", "hangzhou"), ("hagzou", "hangzhou"), ("nahgzhuo", "hangzhou")]
)
def test_nothing_wrong_and_two_things_wrong_are_no_slip(typed: str, meant: str) -> None:
    assert not is_one_slip(typed, meant)


def distance(one: str, other: str) -> int:
    """The optimal string alignment distance, straight from its definition."""
    rows = [[max(i, j) if not min(i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            swap = one[i - 2 : i] == other[j - 2 : j][::-1] and i > 1 and j > 1
            rows[i][j] = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
                rows[i - 2][j - 2] + 1 if swap else 99,
            )
    return rows[-1][-1]


@given(WORDS, WORDS)
def test_a_slip_is_a_distance_of_one(one: str, other: str) -> None:
    assert is_one_slip(one, other) == (distance(one, other) == 1)


@given(WORDS, WORDS)
def test_words_one_slip_apart_have_a_deletion_in_common(one: str, other: str) -> None:
    if is_one_slip(one, other):
        assert deletions(one) & deletions(other)
