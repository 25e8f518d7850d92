"""Who stands where in a list."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.planning.positions import Places
from cityrank.exchange.planning.values import BadCell
from scores.models import Ranking
from tests.exchange.tabular import complaints, empty_table, imported, kinds, planned, text_of

HEADINGS = ("序号", "城市", "得分")


@pytest.fixture
def table(db: None, settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    return empty_table()


def order(table: Ranking) -> list[tuple[int, str]]:
    return list(table.scores.order_by("position").values_list("position", "printed_name"))


def rows(*pairs: tuple[object, str]) -> str:
    return text_of([HEADINGS, *((position, name, "90") for position, name in pairs)])


def test_without_positions_rows_follow_each_other_as_in_the_file(table: Ranking) -> None:
    imported(rows(("", "杭州"), ("", "宁波"), ("", "温州")), table)
    assert order(table) == [(1, "杭州"), (2, "宁波"), (3, "温州")]


def test_rows_that_are_there_keep_their_places_and_others_follow(table: Ranking) -> None:
    imported(rows(("", "杭州"), ("", "宁波")), table)
    imported(rows(("", "温州"), ("", "台州"), ("", "杭州")), table)
    assert order(table) == [(1, "杭州"), (2, "宁波"), (3, "温州"), (4, "台州")]


def test_a_row_that_was_refused_finds_its_place_when_it_is_mended(table: Ranking) -> None:
    imported(rows(("", "杭州"), ("", "乌有"), ("", "温州")), table)
    imported(rows(("", "杭州"), ("", "宁波"), ("", "温州")), table)
    assert order(table) == [(1, "杭州"), (2, "宁波"), (3, "温州")]


def test_places_change_hands_in_any_order(table: Ranking) -> None:
    imported(rows((1, "杭州"), (2, "宁波"), (3, "温州")), table)
    imported(rows((2, "杭州"), (3, "宁波"), (1, "温州")), table)
    assert order(table) == [(1, "温州"), (2, "杭州"), (3, "宁波")]


def test_a_row_that_changes_otherwise_stays_in_its_place_while_others_change_theirs(table: Ranking) -> None:
    imported(rows((1, "杭州"), (2, "宁波"), (3, "温州")), table)
    changing = text_of([HEADINGS, (2, "杭州", "90"), (1, "宁波", "90"), ("", "温州", "70")])
    imported(changing, table)
    assert order(table) == [(1, "宁波"), (2, "杭州"), (3, "温州")]


def test_a_place_that_is_held_by_another_row_is_refused(table: Ranking) -> None:
    imported(rows((1, "杭州"), (2, "宁波")), table)
    (said,) = complaints(planned(rows((2, "温州")), table))
    assert said.startswith("2 A: ")


def test_a_place_that_is_given_twice_is_refused(table: Ranking) -> None:
    assert kinds(planned(rows((1, "杭州"), (1, "宁波")), table)) == ["new", "refused"]


def test_who_takes_the_place_of_a_row_that_stays_is_refused_with_it(table: Ranking) -> None:
    imported(rows((1, "杭州"), (2, "宁波"), (3, "温州")), table)
    chain = text_of([HEADINGS, (4, "杭州", "viel"), (1, "宁波", "90"), (2, "温州", "90")])
    import_ = planned(chain, table)
    assert kinds(import_) == ["refused", "refused", "refused"]
    assert (import_.new, import_.changed, import_.same, import_.refused) == (0, 0, 0, 3)


@given(
    st.lists(st.integers(1, 12), unique=True, max_size=8),
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=12),
)
def test_no_two_rows_get_the_same_place(stored: list[int], file: list[tuple[int, bool]]) -> None:
    places = Places(asked={asked for asked, _there in file if asked})
    own = dict(enumerate(stored))
    moving = {
        own[n] for n, (asked, there) in enumerate(file) if there and n in own and asked and asked != own[n]
    }
    places.begin(stored, moving)
    given = []
    for number, (asked, there) in enumerate(file):
        now = own.get(number) if there else None
        try:
            given.append(places.place(asked or None, now, number + 1, 1000))
        except BadCell:
            continue
    untouched = {place for n, place in own.items() if n >= len(file) or not file[n][1]}
    # Two rows of a file that hold one place each without being asked cannot be told apart here; all others can.
    asked_or_new = [place for place in given if place not in own.values()]
    assert len(set(asked_or_new)) == len(asked_or_new)
    assert not set(asked_or_new) & untouched
