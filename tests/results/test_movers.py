"""Who rose and who fell between two tables."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cityrank.results.movers import Standing, movement
from scores.methodology.ranking import competition_ranks

SCORES = st.dictionaries(
    st.integers(1, 40),
    st.decimals(0, 100, allow_nan=False, allow_infinity=False, places=2),
    max_size=25,
)


def table(scores: dict[int, Decimal]) -> list[Standing]:
    ranks = competition_ranks(list(scores.values())) if scores else []
    return [Standing(who, int(rank), score) for (who, score), rank in zip(scores.items(), ranks, strict=True)]


@settings(max_examples=20, deadline=None)
@given(SCORES, SCORES)
def test_swapping_the_tables_turns_everything_round(now: dict, before: dict) -> None:
    there, back = movement(table(now), table(before)), movement(table(before), table(now))
    assert {move.who: (move.places, move.change) for move in there.moves} == {
        move.who: (-move.places, -move.change) for move in back.moves
    }
    assert set(there.entered) == set(back.left)
    assert set(there.left) == set(back.entered)
    assert there.mean_places == back.mean_places


@settings(max_examples=20, deadline=None)
@given(SCORES, SCORES)
def test_everybody_is_told_of_once(now: dict, before: dict) -> None:
    found = movement(table(now), table(before))
    told = [*found.moves, *found.entered, *found.left]
    assert sorted(one.who for one in told) == sorted(now.keys() | before.keys())
    assert len(found.risers) + len(found.fallers) + len(found.unmoved) == len(found.moves)


@settings(max_examples=20, deadline=None)
@given(SCORES, SCORES)
def test_moves_add_up_to_the_difference_of_the_ranks_and_changes_to_that_of_the_scores(
    now: dict, before: dict
) -> None:
    found = movement(table(now), table(before))
    both = now.keys() & before.keys()
    ranks_now = {row.who: row.rank for row in table(now)}
    ranks_before = {row.who: row.rank for row in table(before)}
    moved = sum(move.places for move in found.moves)
    assert moved == sum(ranks_before[who] - ranks_now[who] for who in both)
    assert sum(found.changes) == sum(now[who] for who in both) - sum(before[who] for who in both)


def test_a_rise_is_above_zero_and_a_tie_kept_is_no_move() -> None:
    now = [Standing(1, 1), Standing(2, 2), Standing(3, 2), Standing(4, 4)]
    before = [Standing(2, 1), Standing(3, 2), Standing(4, 3), Standing(1, 4)]
    places = {move.who: move.places for move in movement(now, before).moves}
    assert places == {1: 3, 2: -1, 3: 0, 4: -1}


def test_who_is_below_the_end_of_the_other_table_is_neither_new_nor_gone() -> None:
    now = [Standing(1, 1), Standing(2, 25), Standing(3, 40)]
    before = [Standing(1, 1), Standing(4, 30)]
    found = movement(now, before, reach_now=50, reach_before=30)
    assert [row.who for row in found.entered] == [2]
    assert [row.who for row in found.beyond_before] == [3]
    assert [row.who for row in found.left] == [4]
    shorter = movement(before, now, reach_now=30, reach_before=50)
    assert [row.who for row in shorter.beyond_now] == [3]
    assert [row.who for row in shorter.left] == [2]


def test_a_table_with_rows_missing_tells_of_nobody_that_they_are_gone() -> None:
    found = movement([], [Standing(1, 1)], reach_now=0)
    assert found.left == ()
    assert [row.who for row in found.beyond_now] == [1]


def test_the_mean_change_is_over_those_with_a_score_in_both() -> None:
    now = [Standing(1, 1, Decimal("80.5")), Standing(2, 2, None), Standing(3, 3, Decimal(70))]
    before = [Standing(1, 1, Decimal(80)), Standing(2, 2, Decimal(75)), Standing(4, 3, Decimal(10))]
    assert movement(now, before).mean_change == Decimal("0.5")
    assert movement([], []).mean_change is None


def test_somebody_without_a_rank_has_not_moved() -> None:
    found = movement([Standing(1, None)], [Standing(1, 3)])
    assert found.moves == ()
    assert [row.who for row in found.unranked] == [1]
