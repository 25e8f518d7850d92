"""What is typed is kept, by whom it was typed and nobody else, and becomes the ranking when it is finished."""

import pytest

from awards.models import Release
from cityrank.publishing.entering import finish, is_compared, open_entry, reopen, save_rows, start_over
from cityrank.publishing.models import Contribution, Entry, EntryRow
from cityrank.publishing.refusals import Refused
from scores.models import Ranking
from tests.factories import accounts, entries
from tests.factories.entries import RIGHT, finished, person, row, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Ranking:
    return entries.table()


@pytest.fixture
def twice() -> Ranking:
    return entries.table(double_entry=True)


def read(ranking: Ranking) -> list[tuple[str, str, str]]:
    return [
        (str(one.printed_rank), one.printed_name, f"{one.printed_score:.2f}")
        for one in ranking.scores.order_by("position")
    ]


def test_a_table_that_is_entered_once_is_the_ranking_when_it_is_finished(table: Ranking) -> None:
    finished(table, "ada")
    table.refresh_from_db()
    assert read(table) == RIGHT
    assert table.state == "complete"
    assert [one.computed_rank for one in table.scores.order_by("position")] == [1, 2, 3]
    assert {one.verified_by for one in table.scores.all()} == {None}
    assert Contribution.objects.filter(release=table.release, person=person("ada")).exists()


def test_a_table_with_rows_missing_is_partly_transcribed(table: Ranking) -> None:
    finished(table, "ada", RIGHT[:2])
    table.refresh_from_db()
    assert table.state == "partial"


def test_what_is_typed_wrong_is_kept_as_it_was_typed_and_named_when_it_is_finished(table: Ranking) -> None:
    wrong = [("一", "杭州", "90,10"), ("2", "某地", ""), ("3", "杭州", "85.12345")]
    entry = typed(table, "ada", wrong)
    assert [(one.printed_rank, one.printed_score) for one in entry.rows.order_by("position")] == [
        ("一", "90,10"), ("2", ""), ("3", "85.12345"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        finish(entry, person("ada"))
    for text in ("一", "90,10", "某地", "85.12345"):
        assert text in str(refused.value)
    assert not table.scores.exists()
    entry.refresh_from_db()
    assert entry.state == Entry.State.OPEN
    assert entry.rows.count() == 3


def test_a_row_left_empty_is_none(table: Ranking) -> None:
    finished(table, "ada", [RIGHT[0], ("", "", ""), *RIGHT[1:]])
    assert read(table) == RIGHT


def test_a_cell_that_cannot_be_read_is_missing_and_not_guessed(table: Ranking) -> None:
    entry = typed(table, "ada")
    save_rows(entry, [row(2, ("2", "宁波", ""), version=9, base=2, status="missing")], person("ada"))
    finish(entry, person("ada"))
    score = table.scores.get(position=2)
    assert (score.status, score.printed_score) == ("missing", None)


def test_full_width_digits_and_the_decimals_as_printed_are_kept(table: Ranking) -> None:
    finished(table, "ada", [("１", "杭州", "９０．１"), *RIGHT[1:]])
    first = table.scores.get(position=1)
    assert (first.printed_rank, first.shown_score, first.decimals) == (1, "90.1", 1)
    assert table.scores.get(position=2).decimals is None


def test_a_save_over_an_older_state_of_a_row_changes_nothing_and_says_what_is_there(table: Ranking) -> None:
    ada = person("ada")
    entry = open_entry(table, ada)
    save_rows(entry, [row(1, ("1", "杭州", "90.10"), version=10)], ada)
    saved = save_rows(entry, [row(1, ("1", "杭州", "99.99"), version=20, base=0)], ada)
    assert saved.versions == {}
    assert [(one.version, one.printed_score) for one in saved.overtaken] == [(10, "90.10")]
    assert EntryRow.objects.get().printed_score == "90.10"
    assert save_rows(entry, [row(1, ("1", "杭州", "99.99"), version=20, base=10)], ada).versions == {1: 20}


def test_a_save_that_arrives_twice_is_one(table: Ranking) -> None:
    ada = person("ada")
    entry = open_entry(table, ada)
    sent = [row(1, RIGHT[0], version=10)]
    assert save_rows(entry, sent, ada).versions == save_rows(entry, sent, ada).versions == {1: 10}


@pytest.mark.parametrize(
    "wrong",
    [
        {"position": "1"}, {"position": True}, {"position": -1}, {"version": 1.5}, {"version": 10**30}, {"base": []},
        {"subject": "杭州"}, {"subject": 10**30}, {"subject": {}}, {"printed_name": 5}, {"printed_score": ["90"]},
        {"printed_rank": None}, {"status": "sure"}, {"status": []},
    ],
)  # fmt: skip
def test_what_is_no_row_is_refused_whole(table: Ranking, wrong: dict) -> None:
    entry = open_entry(table, person("ada"))
    with pytest.raises(ValueError, match=r".*"):
        save_rows(entry, [row(1, RIGHT[0]), row(2, RIGHT[1]) | wrong], person("ada"))
    assert not EntryRow.objects.exists()


def test_strange_characters_and_long_texts_are_cut_and_stored(table: Ranking) -> None:
    entry = open_entry(table, person("ada"))
    strange = row(1, ("1" * 100, "杭\x00州\ud800" + "长" * 300, "9"), subject=999_999)
    save_rows(entry, [strange], person("ada"))
    stored = EntryRow.objects.get()
    assert (stored.printed_name[:3], len(stored.printed_name), len(stored.printed_rank)) == (
        "杭州长",
        200,
        40,
    )
    assert stored.subject is None


@pytest.mark.parametrize("position", [0, 3001])
def test_a_table_has_an_end(table: Ranking, position: int) -> None:
    with pytest.raises(Refused, match="3000"):
        save_rows(
            open_entry(table, person("ada")), [row(1, RIGHT[0]) | {"position": position}], person("ada")
        )


# --- Who may ----------------------------------------------------------------------------------------------------


def test_a_table_is_entered_by_those_it_is_assigned_to(table: Ranking) -> None:
    with pytest.raises(Refused):
        open_entry(table, person("cai"))
    for role in ("reviewer", "publisher", "auditor"):
        with pytest.raises(Refused):
            open_entry(table, accounts.user(role))
    assert not Entry.objects.exists()


def test_a_table_has_one_entry_or_two_and_the_next_person_is_told_who_makes_them(table: Ranking) -> None:
    typed(table, "ada")
    with pytest.raises(Refused, match="ada"):
        open_entry(table, person("ben"))
    Ranking.objects.filter(pk=table.pk).update(double_entry=True)
    open_entry(table, person("ben"))
    accounts.takes_all(table.release, "cai")
    with pytest.raises(Refused, match="ben"):
        open_entry(table, person("cai"))


def test_nobody_writes_into_finishes_or_reopens_somebody_elses_entry(twice: Ranking) -> None:
    entry = typed(twice, "ada")
    for act in (lambda: save_rows(entry, [], person("ben")), lambda: finish(entry, person("ben"))):
        with pytest.raises(Refused):
            act()
    finish(entry, person("ada"))
    with pytest.raises(Refused):
        reopen(entry, person("ben"))


def test_an_entry_of_a_release_that_is_no_draft_any_more_is_refused_and_kept(table: Ranking) -> None:
    ada, entry = person("ada"), typed(table, "ada")
    Release.objects.filter(pk=table.release_id).update(status="in_review")
    for act in (
        lambda: save_rows(entry, [row(1, RIGHT[1], version=99, base=1)], ada),
        lambda: finish(entry, ada),
        lambda: open_entry(table, person("ben")),
    ):
        with pytest.raises(Refused):
            act()
    assert [one.printed_name for one in entry.rows.order_by("position")] == ["杭州", "宁波", "温州"]
    assert not table.scores.exists()


# --- Going on ---------------------------------------------------------------------------------------------------


def test_a_finished_entry_is_changed_only_after_it_was_reopened(table: Ranking) -> None:
    ada, entry = person("ada"), finished(table, "ada")
    with pytest.raises(Refused):
        save_rows(entry, [row(1, RIGHT[0], version=9, base=1)], ada)
    reopen(entry, ada)
    save_rows(entry, [row(3, ("3", "温州", "85.80"), version=9, base=3)], ada)
    keys = list(table.scores.order_by("position").values_list("pk", flat=True))
    finish(entry, ada)
    assert read(table)[2] == ("3", "温州", "85.80")
    # The rows stay the same rows; only the one that changed has a new record.
    assert list(table.scores.order_by("position").values_list("pk", flat=True)) == keys
    assert [score.history.count() for score in table.scores.order_by("position")] == [1, 1, 2]


def test_rows_may_change_places_and_go(table: Ranking) -> None:
    ada, entry = person("ada"), finished(table, "ada")
    reopen(entry, ada)
    save_rows(
        entry,
        [
            row(1, ("1", "宁波", "90.10"), version=9, base=1),
            row(2, ("2", "杭州", "88.20"), version=9, base=2),
            row(3, ("", "", ""), version=9, base=3),
        ],
        ada,
    )
    finish(entry, ada)
    assert read(table) == [("1", "宁波", "90.10"), ("2", "杭州", "88.20")]


def test_the_first_of_two_may_go_on_until_the_other_is_finished_too(twice: Ranking) -> None:
    first = finished(twice, "ada")
    reopen(first, person("ada"))
    finish(first, person("ada"))
    second = finished(twice, "ben", [*RIGHT[:2], ("3", "温州", "85.80")])
    assert is_compared(twice)
    for entry in (first, second):  # who has seen the other's does not type their own after it
        with pytest.raises(Refused):
            reopen(entry, entry.person)


def test_a_publisher_has_a_table_entered_anew_and_its_history_says_why(twice: Ranking) -> None:
    finished(twice, "ada")
    finished(twice, "ben")
    assert read(twice) == RIGHT
    chief = accounts.user("publisher")
    for by, reason in ((person("ada"), "看错了页"), (chief, " ")):
        with pytest.raises(Refused):
            start_over(twice, by, reason)
    assert start_over(twice, chief, "看错了页") == 2
    assert not Entry.objects.exists()
    assert read(twice) == RIGHT  # until the new entries are there
    latest = twice.history.latest()
    assert (latest.history_user, "看错了页" in latest.history_change_reason) == (chief, True)
    assert not Contribution.objects.filter(person=chief).exists()
    other = [*RIGHT[:2], ("3", "温州", "85.80")]
    finished(twice, "ben", other)
    finished(twice, "ada", other)
    assert read(twice) == other
