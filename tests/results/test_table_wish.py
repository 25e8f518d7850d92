"""The address of a table: whatever is asked is answered, and the answer's own address asks the same."""

from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from cityrank.registry.searching.spelling import folded
from cityrank.results.table_options import Choice, Options, cleaned
from cityrank.results.table_text import matcher
from cityrank.results.table_wish import COLUMNS, PARAMETERS, SORTS, asked_in

OPTIONS = Options(
    provinces=[Choice("330000", "浙江省", 3), Choice("440000", "广东省", 1)],
    tiers=[Choice("pilot", "试点", 2)],
    bands=[Choice("1", "领先", 1), Choice("2", "追赶", 3)],
    columns=COLUMNS,
    default_columns=("score", "move"),
)
LIKELY = st.sampled_from(
    [
        "",
        "330000",
        "440000",
        "pilot",
        "1",
        "2",
        "all",
        "rank",
        "-score",
        "name",
        "score,move",
        ",",
        "0",
        "-1",
        "²",
    ]
)
VALUES = st.one_of(LIKELY, st.sampled_from(SORTS), st.sampled_from(COLUMNS), st.text(max_size=100))


@given(st.lists(st.tuples(st.sampled_from(PARAMETERS), VALUES), max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_address_of_an_answer_asks_for_the_same_answer(pairs: list[tuple[str, str]]) -> None:
    given_ = QueryDict(mutable=True)
    for name, value in pairs:
        given_.appendlist(name, value)
    wish, _notices = cleaned(asked_in(given_), OPTIONS)
    again, notices = cleaned(asked_in(QueryDict(wish.query())), OPTIONS)
    assert again == wish
    assert notices == []
    assert again.query() == wish.query()


MEANT = [
    "lvliang",
    "lü liang",
    "LǙ LIÁNG",
    "lu liang",
    "lv2liang2",
    "liang",
    "liangshi",
    "lls",
    "ll",
    "吕",
    "呂",
    "吕梁市",
]


def test_pinyin_begins_at_a_syllable_and_initials_at_the_first() -> None:
    def found(typed: str) -> bool:
        return matcher(typed)(["吕梁市"], "lü liang shi", "lls")

    assert [typed for typed in MEANT if not found(typed)] == []
    assert [typed for typed in ["iang", "ls", "vliang", "x", "%", "", "'"] if found(typed)] == []


@given(st.text(max_size=30))
@settings(max_examples=40, deadline=None)
def test_a_name_finds_itself_and_no_text_breaks_the_search(text: str) -> None:
    assert matcher(text)([text], "", "") == bool(folded(text))
    assert not matcher(text)([], "", "")
