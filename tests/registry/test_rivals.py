"""Merging what two people made of the same row."""

from hypothesis import given
from hypothesis import strategies as st

from cityrank.registry.rivals import merge, read_seen

COLUMNS = ("name", "score", "rank")
VALUES = st.sampled_from(["", "a", "b", "c"])
ROWS = st.fixed_dictionaries(dict.fromkeys(COLUMNS, VALUES))


@given(ROWS, ROWS, ROWS)
def test_nothing_that_anybody_changed_is_lost(seen: dict, now: dict, typed: dict) -> None:
    merged = merge(seen, now, typed)
    for name in COLUMNS:
        if name in merged.conflicts:
            assert len({seen[name], now[name], typed[name]}) == 3
            assert merged.values[name] == typed[name]
        elif typed[name] != seen[name]:
            assert merged.values[name] == typed[name]
        else:
            assert merged.values[name] == now[name]


@given(ROWS, ROWS)
def test_whoever_typed_nothing_takes_over_what_is_there(seen: dict, now: dict) -> None:
    merged = merge(seen, now, seen)
    assert (merged.values, merged.conflicts) == (now, [])
    assert set(merged.taken) == {name for name in COLUMNS if seen[name] != now[name]}


@given(ROWS, ROWS)
def test_without_a_change_by_others_what_is_typed_is_stored(seen: dict, typed: dict) -> None:
    assert merge(seen, seen, typed) == merge(seen, seen, typed)
    assert merge(seen, seen, typed).values == typed


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_page_that_says_nonsense_breaks_nothing(value: object) -> None:
    seen = read_seen(value)
    assert seen is None or all(isinstance(record, int) for rows in seen.values() for record in rows.values())
