"""From a file to rows and back: rights, history, ranks, states, what others do meanwhile."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from awards.models import Release
from cityrank.exchange.importing import (
    BadFile,
    apply_import,
    cancel_import,
    open_import,
    preview,
    undo_import,
)
from cityrank.exchange.models import Import
from cityrank.publishing.models import Contribution
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import start_draft
from scores.models import Ranking, Score
from tests.exchange.tabular import empty_table, imported, kinds, planned, stored, text_of
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db
HEADINGS = ("名次", "城市", "得分")
FILE = text_of([HEADINGS, (1, "杭州", "91.20"), (2, "宁波", "88.50"), (3, "温州", "88.50")])
OTHER = text_of(
    [HEADINGS, (2, "杭州", "90.00"), (1, "宁波", "92.00"), (3, "温州", "88.50"), (4, "台州", "70.00")]
)


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def table(db: None) -> Ranking:
    return empty_table()


@pytest.fixture
def evaluator(table: Ranking) -> object:
    person = accounts.user("evaluator")
    accounts.takes_all(table.release)
    return person


# --- writing --------------------------------------------------------------------------------------------------------


def test_rows_are_written_with_ranks_history_and_their_author(table: Ranking, evaluator: object) -> None:
    done = imported(FILE, table, evaluator)
    assert (done.state, done.imported_at is not None) == ("done", True)
    rows = table.scores.order_by("position")
    assert [(row.printed_name, row.printed_score, row.computed_rank) for row in rows] == [
        ("杭州", Decimal("91.2"), 1), ("宁波", Decimal("88.5"), 2), ("温州", Decimal("88.5"), 2)
    ]  # fmt: skip
    records = list(Score.history.order_by("history_id"))
    assert [(one.history_type, one.history_user, one.computed_rank) for one in records] == [
        ("+", evaluator, 1), ("+", evaluator, 2), ("+", evaluator, 2)
    ]  # fmt: skip
    assert "得分.xlsx" in records[0].history_change_reason
    assert Contribution.objects.filter(release=table.release, person=evaluator).exists()


def test_each_figure_remembers_the_cell_it_was_read_from(table: Ranking) -> None:
    done = imported(FILE, table)
    origin = table.scores.get(position=2).provenance
    assert origin["printed_score"] == {
        "value": "88.50", "row": 3, "column": "C", "sheet": "", "file": "得分.xlsx", "import": done.pk
    }  # fmt: skip
    imported(OTHER, table)
    assert table.scores.get(position=3).provenance["printed_score"]["import"] == done.pk
    assert table.scores.get(position=2).provenance["printed_score"]["value"] == "92.00"


def test_a_table_says_how_much_of_it_is_there(table: Ranking) -> None:
    imported(text_of([HEADINGS, (1, "杭州", "91.20")]), table)
    table.refresh_from_db()
    assert table.state == "partial"
    imported(FILE, table)
    table.refresh_from_db()
    assert (table.state, table.history.first().state) == ("complete", "complete")


def test_a_figure_that_changes_is_no_longer_verified(table: Ranking, evaluator: object) -> None:
    imported(FILE, table)
    table.scores.update(verified_by=evaluator, verified_at=timezone.now())
    imported(OTHER, table)
    assert [row.verified_at is None for row in table.scores.order_by("position")] == [True, True, False, True]


def test_a_row_that_came_as_a_copy_keeps_its_former_state_in_the_history() -> None:
    release = awards.published_edition()
    draft = start_draft(release.edition)
    table = draft.rankings.get(slug="cities-50")
    assert not Score.history.filter(ranking=table).exists()
    imported(text_of([HEADINGS, (1, "第1市", "77.77")]), table)
    records = Score.history.filter(ranking=table).order_by("history_id")
    assert [(one.history_type, one.printed_score) for one in records] == [("+", 90), ("~", Decimal("77.77"))]


def test_progress_is_told_while_it_reads_and_writes(table: Ranking) -> None:
    seen: list[tuple[int, int]] = []
    import_, _new = open_import("scores", FILE, by=None, release=table.release, into=table)
    import_ = preview(import_, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)
    assert (import_.done, import_.total) == (3, 3)
    apply_import(import_, None, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


# --- the same file twice --------------------------------------------------------------------------------------------


def test_the_same_file_twice_is_recognised_and_changes_nothing(table: Ranking) -> None:
    done = imported(FILE, table)
    again, is_new = open_import("scores", FILE, "anders.csv", by=None, release=table.release, into=table)
    assert (again, is_new) == (done, False)
    assert Score.history.count() == 3


def test_into_another_table_and_after_an_undo_it_is_another_import(table: Ranking) -> None:
    done = imported(FILE, table)
    other = empty_table(table.release, "other")
    assert open_import("scores", FILE, by=None, release=table.release, into=other)[1]
    undo_import(done, None)
    assert open_import("scores", FILE, by=None, release=table.release, into=table)[1]


# --- undoing --------------------------------------------------------------------------------------------------------


def test_undoing_gives_the_former_rows(table: Ranking) -> None:
    imported(FILE, table)
    before, state = stored(table), Ranking.objects.get(pk=table.pk).state
    done = imported(OTHER, table)
    undone = undo_import(done, None)
    assert (undone.restored, undone.removed, undone.kept) == (2, 1, [])
    assert (stored(table), Ranking.objects.get(pk=table.pk).state) == (before, state)
    assert [one.history_type for one in Score.history.filter(printed_name="台州").order_by("history_id")] == [
        "+",
        "-",
    ]


def test_imports_are_undone_one_after_the_other(table: Ranking) -> None:
    first = imported(FILE, table)
    second = imported(OTHER, table)
    undo_import(second, None)
    undone = undo_import(first, None)
    assert (undone.removed, undone.kept, table.scores.count()) == (3, [], 0)
    table.refresh_from_db()
    assert table.state == "not_transcribed"


def test_what_was_edited_since_stays_and_is_listed(table: Ranking) -> None:
    imported(FILE, table)
    done = imported(OTHER, table)
    edited, new = table.scores.get(printed_name="杭州"), table.scores.get(printed_name="台州")
    for row in (edited, new):
        row.note_zh = "核对过"
        row.save()
    undone = undo_import(done, None)
    assert (undone.restored, undone.removed, undone.kept) == (1, 0, ["杭州", "台州"])
    assert table.scores.get(pk=edited.pk).printed_score == 90
    assert table.scores.get(printed_name="宁波").printed_score == Decimal("88.5")


def test_a_row_that_was_deleted_since_is_listed_and_not_made_anew(table: Ranking) -> None:
    imported(FILE, table)
    done = imported(OTHER, table)
    table.scores.get(printed_name="杭州").delete()
    assert undo_import(done, None).kept == ["杭州"]
    assert table.scores.count() == 2


def test_a_row_whose_former_place_was_given_away_is_kept(table: Ranking) -> None:
    headings = ("序号", "城市")
    imported(text_of([headings, (1, "杭州"), (2, "宁波")]), table)
    done = imported(text_of([headings, (5, "杭州"), (1, "宁波")]), table)
    scores.score(table, 2, registry.taizhou(), None, status="missing")
    undone = undo_import(done, None)
    assert undone.kept == ["杭州", "宁波"]
    assert sorted(table.scores.values_list("position", flat=True)) == [1, 2, 5]


def test_nothing_is_undone_twice_or_outside_a_draft(table: Ranking) -> None:
    done = imported(FILE, table)
    Release.objects.filter(pk=table.release_id).update(status="in_review")
    with pytest.raises(Refused):
        undo_import(done, None)
    Release.objects.filter(pk=table.release_id).update(status="draft")
    undo_import(done, None)
    with pytest.raises(Refused):
        undo_import(done, None)


# --- what others do meanwhile ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["杭州", "温州"])
def test_a_row_that_was_edited_since_the_preview_holds_up_the_import(table: Ranking, name: str) -> None:
    """Whether the file would change it or says that it is the same."""
    imported(FILE, table)
    import_ = planned(OTHER, table)
    row = table.scores.get(printed_name=name)
    row.note_zh = "核对过"
    row.save()
    before = stored(table)
    with pytest.raises(Refused, match=name):
        apply_import(import_, None)
    assert stored(table) == before
    import_.refresh_from_db()
    assert import_.state == "previewed"
    assert apply_import(preview(import_), None).state == "done"


@pytest.mark.parametrize("how", ["update", "delete", "add"])
def test_rows_that_a_program_changed_past_the_history_hold_it_up_too(table: Ranking, how: str) -> None:
    imported(FILE, table)
    import_ = planned(OTHER, table)
    rows = table.scores.filter(printed_name="杭州")
    if how == "update":
        rows.update(printed_score=1)
    elif how == "delete":
        rows.delete()
    else:
        scores.score(table, 9, registry.taizhou(), Decimal(1))
    before = stored(table)
    with pytest.raises(Refused):
        apply_import(import_, None)
    assert stored(table) == before


def test_an_import_that_was_cancelled_is_over(table: Ranking) -> None:
    import_ = planned(FILE, table)
    assert cancel_import(import_, None).state == "cancelled"
    for action in (apply_import, undo_import):
        with pytest.raises(Refused):
            action(import_, None)
    with pytest.raises(Refused):
        preview(import_)
    assert not Score.objects.exists()


def test_cancelling_stops_the_reading_and_the_writing_in_the_middle(table: Ranking) -> None:
    def cancel(done: int, total: int) -> None:
        Import.objects.update(state="cancelled")

    import_, _new = open_import("scores", FILE, by=None, release=table.release, into=table)
    with pytest.raises(Refused):
        preview(import_, cancel)
    assert Import.objects.get().state == "cancelled"
    Import.objects.update(state="previewed")
    with pytest.raises(Refused):
        apply_import(preview(import_), None, cancel)
    assert not Score.objects.exists()


def test_a_reading_that_is_begun_anew_stops_the_one_before(table: Ranking) -> None:
    import_, _new = open_import("scores", FILE, by=None, release=table.release, into=table)

    def again(done: int, total: int) -> None:
        preview(import_)

    with pytest.raises(Refused):
        preview(import_, again)
    assert (Import.objects.get().state, import_.rows.count()) == ("previewed", 3)


def test_what_a_killed_process_left_behind_is_taken_up(table: Ranking) -> None:
    import_ = planned(FILE, table)
    Import.objects.update(state="importing")
    assert apply_import(import_, None).state == "done"
    with pytest.raises(Refused):
        apply_import(import_, None)


# --- who may --------------------------------------------------------------------------------------------------------


def test_only_whose_role_writes_rows_may_import(table: Ranking) -> None:
    for role in ("reviewer", "publisher", "auditor"):
        with pytest.raises(Refused):
            open_import("scores", FILE, by=accounts.user(role), release=table.release, into=table)


def test_only_what_is_assigned_is_written(table: Ranking) -> None:
    person = accounts.user("evaluator")
    with pytest.raises(Refused):
        open_import("scores", FILE, by=person, release=table.release, into=table)
    other = empty_table(table.release, "other")
    person.assignments.create(release=table.release, part="ranking", ranking=table, assigned_by=person)
    file = text_of([("榜单", "城市"), ("cities-50", "杭州"), ("other", "杭州")])
    import_, _new = open_import("scores", file, by=person, release=table.release)
    assert kinds(apply_import(preview(import_), person)) == ["new", "refused"]
    assert not other.scores.exists()


def test_an_assignment_that_was_taken_back_holds_up_the_import(table: Ranking, evaluator: object) -> None:
    import_ = planned(FILE, table, evaluator)
    evaluator.assignments.all().delete()
    with pytest.raises(Refused):
        apply_import(import_, evaluator)
    assert not Score.objects.exists()


@pytest.mark.parametrize("status", ["in_review", "discarded"])
def test_only_a_draft_is_written_into(table: Ranking, status: str) -> None:
    import_ = planned(FILE, table)
    Release.objects.filter(pk=table.release_id).update(status=status)
    with pytest.raises(Refused):
        apply_import(import_, None)
    with pytest.raises(Refused):
        open_import("scores", FILE + "\n", by=None, release=Release.objects.get(), into=table)
    assert not Score.objects.exists()


def test_a_stranger_undoes_and_cancels_nothing(table: Ranking, evaluator: object) -> None:
    other = accounts.user("evaluator", "other")
    accounts.takes_all(table.release, "other")
    with pytest.raises(Refused):
        cancel_import(planned(OTHER, table, evaluator), other)
    with pytest.raises(Refused):
        undo_import(imported(FILE, table, evaluator), other)
    assert undo_import(Import.objects.standing().get(), evaluator).removed == 3


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b" \n", "", b"x" * (51 << 20)])
def test_an_empty_or_huge_file_is_not_kept(table: Ranking, content: bytes | str) -> None:
    with pytest.raises(BadFile):
        open_import("scores", content, by=None, release=table.release, into=table)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Temp\\得分.xlsx", "a" * 300 + ".xlsx", "\x00.xlsx", ""]
)
def test_a_file_is_kept_under_a_name_of_our_own(table: Ranking, name: str) -> None:
    import_, _new = open_import("scores", FILE.encode(), name, by=None, release=table.release, into=table)
    assert import_.file.name.startswith("imports/")
    assert "/" not in import_.original_name
    assert len(import_.original_name) <= 200
    with import_.file.open() as file:
        assert file.read() == FILE.encode()
