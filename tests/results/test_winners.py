"""Winners counted by province and by how often they won."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cityrank.results.winners import Win, by_province, continuity, most_awarded

# A winner lies in one province: that of its number, or none.
WINS = st.lists(
    st.builds(lambda award, who: Win(award, who, who % 4 or None), st.integers(1, 6), st.integers(1, 20)),
    max_size=40,
    unique=True,
)


@settings(max_examples=20, deadline=None)
@given(WINS)
def test_the_parts_add_up_to_the_whole(wins: list[Win]) -> None:
    count = by_province(wins)
    assert count.wins == len(wins)
    assert count.winners == len({win.who for win in wins})
    assert count.in_provinces + len(count.nowhere.winners) == count.winners
    for tally in count.tallies:
        assert sum(len(awards) for awards in tally.by_winner.values()) == len(tally.wins)


def test_a_winner_of_two_awards_is_one_winner_with_two_awards() -> None:
    (tally,) = by_province([Win(1, 7, 33), Win(2, 7, 33)]).tallies
    assert tally.winners == (7,)
    assert tally.by_winner == {7: (1, 2)}


def test_most_winners_come_first_then_most_awards_then_the_given_order() -> None:
    wins = [Win(1, 1, 10), Win(1, 2, 20), Win(2, 2, 20), Win(1, 3, 30), Win(1, 4, 30), Win(1, 5, 40)]
    count = by_province(wins, {40: 0, 10: 1})
    assert [tally.province for tally in count.tallies] == [30, 20, 40, 10]


@settings(max_examples=20, deadline=None)
@given(WINS, st.dictionaries(st.integers(1, 20), st.integers(1, 20)))
def test_awards_of_former_places_are_counted_once_for_what_they_are_today(
    wins: list[Win], present: dict[int, int]
) -> None:
    often = most_awarded(wins, present, least=1)
    assert sum(len(row.awards) for row in often) == len(wins)
    assert len({row.who for row in often}) == len(often)
    assert [len(row.awards) for row in often] == sorted((len(row.awards) for row in often), reverse=True)


def test_one_award_is_not_often_and_as_many_share_a_rank() -> None:
    wins = [Win(1, 1), Win(2, 1), Win(1, 2), Win(2, 2), Win(1, 3), Win(2, 3), Win(3, 3), Win(1, 4)]
    assert [(row.who, row.rank) for row in most_awarded(wins, {})] == [(3, 1), (1, 2), (2, 2)]


def test_winners_are_again_returned_new_or_gone() -> None:
    years = continuity({"2019": [1, 2], "2020": [2, 3], "2022": [1, 3, 4]})
    assert years["2020"].again == {2}
    assert years["2020"].new == {3}
    assert years["2020"].gone == {1}
    assert years["2022"].again == {3}
    assert years["2022"].returned == {1}
    assert years["2022"].new == {4}
    assert years["2022"].gone == {2}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.frozensets(st.integers(1, 9)), max_size=6))
def test_every_winner_of_an_edition_is_one_of_three(sets: list[frozenset[int]]) -> None:
    given_years = dict(enumerate(sets))
    for key, year in continuity(given_years).items():
        assert year.again | year.returned | year.new == given_years[key]
        assert len(year.again) + len(year.returned) + len(year.new) == len(given_years[key])
