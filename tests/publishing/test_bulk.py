"""Changing many rows at once, and taking it back."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Release, Source
from cityrank.publishing.assigning import assign, unassign
from cityrank.publishing.bulk import bulk_edit, undo_bulk
from cityrank.publishing.bulk_notes import last_bulk_change
from cityrank.publishing.models import Assignment, BulkChange
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import publish_unattended
from scores.models import Ranking, Score
from tests.factories import accounts, awards, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(evaluator: Client) -> Ranking:
    made = scores.ranking(awards.series(awards.empty_draft(), 8), rows=3)
    accounts.takes_all(made.release)
    return made


@pytest.fixture
def person(evaluator: Client) -> object:
    return accounts.get("evaluator")


def notes(table: Ranking) -> list[str]:
    return list(table.scores.order_by("position").values_list("note_zh", flat=True))


def send(client: Client, table: Ranking, **data: object) -> object:
    keys = [row.pk for row in table.scores.order_by("position")[:2]]
    address = f"{reverse('admin:scores_score_changelist')}?release={table.release_id}"
    return client.post(address, {"action": "change_rows", "_selected_action": keys} | data)


def test_all_chosen_rows_get_the_value_and_the_history_says_who_and_why(
    table: Ranking, person: object
) -> None:
    change = bulk_edit(table.scores.all(), {"note_zh": "估"}, person, "按通报补充")
    assert notes(table) == ["估", "估", "估"]
    record = table.scores.first().history.latest()
    assert (record.history_user, record.history_change_reason) == (person, "按通报补充")
    assert [row["before"] for row in change.rows] == [{"note_zh": ""}] * 3


def test_rows_that_have_the_value_already_are_left_alone(table: Ranking, person: object) -> None:
    Score.objects.filter(position=1).update(note_zh="估")
    change = bulk_edit(table.scores.all(), {"note_zh": "估"}, person)
    assert len(change.rows) == 2
    with pytest.raises(Refused):
        bulk_edit(table.scores.all(), {"note_zh": "估"}, person)


def test_one_row_that_cannot_have_the_value_keeps_all_from_being_changed(
    table: Ranking, person: object
) -> None:
    table.scores.filter(position__lt=3).update(status="missing", printed_score=None)
    with pytest.raises(Refused, match="第3市"):
        bulk_edit(table.scores.order_by("position"), {"status": "not_transcribed"}, person)
    assert set(table.scores.values_list("status", flat=True)) == {"missing", "final"}


def test_undoing_puts_every_row_back(table: Ranking, person: object) -> None:
    Score.objects.filter(position=2).update(note_zh="旧")
    change = bulk_edit(table.scores.all(), {"note_zh": "估"}, person)
    undone = undo_bulk(change, person)
    assert (undone.count, undone.kept) == (3, [])
    assert notes(table) == ["", "旧", ""]
    with pytest.raises(Refused):
        undo_bulk(change, person)


def test_a_row_edited_since_keeps_what_it_has_and_is_named(table: Ranking, person: object) -> None:
    change = bulk_edit(table.scores.all(), {"note_zh": "估"}, person)
    Score.objects.filter(position=2).update(note_zh="后来改")
    undone = undo_bulk(change, person)
    assert (undone.count, undone.kept) == (2, ["2. 第2市"])
    assert notes(table) == ["", "后来改", ""]


def test_bulk_changes_are_undone_the_last_one_first(table: Ranking, person: object) -> None:
    first = bulk_edit(table.scores.all(), {"note_zh": "一"}, person)
    second = bulk_edit(table.scores.all(), {"note_zh": "二"}, person)
    with pytest.raises(Refused):
        undo_bulk(first, person)
    undo_bulk(second, person)
    undo_bulk(first, person)
    assert notes(table) == ["", "", ""]


def test_somebody_elses_bulk_change_is_undone_by_whoever_coordinates_only(
    table: Ranking, person: object
) -> None:
    change = bulk_edit(table.scores.all(), {"note_zh": "估"}, person)
    with pytest.raises(Refused):
        undo_bulk(change, accounts.user("evaluator", "li"))
    assert undo_bulk(change, accounts.user("publisher")).count == 3


def test_rows_that_are_not_ones_own_or_not_in_a_draft_are_refused(table: Ranking, person: object) -> None:
    with pytest.raises(Refused):
        bulk_edit(table.scores.all(), {"note_zh": "估"}, accounts.user("evaluator", "li"))
    publish_unattended(table.release)
    with pytest.raises(Refused):
        bulk_edit(Score.objects.all(), {"note_zh": "估"}, person)
    assert notes(table) == ["", "", ""]


def test_assigning_several_parts_can_be_undone(table: Ranking) -> None:
    release, li, chief = table.release, accounts.user("evaluator", "li"), accounts.user("publisher")
    assign(release, li, [table, release], chief)
    assert undo_bulk(last_bulk_change(release), chief).count == 2
    assert not Assignment.objects.filter(person=li).exists()


def test_parts_that_were_taken_back_can_be_given_again(table: Ranking) -> None:
    release, li, chief = table.release, accounts.user("evaluator", "li"), accounts.user("publisher")
    assign(release, li, [table, release], chief)
    unassign(release, li, [table, release], chief)
    assert undo_bulk(last_bulk_change(release), chief).count == 2
    assert Assignment.objects.filter(person=li).count() == 2


def test_an_evaluator_looks_at_what_would_change_before_it_does(evaluator: Client, table: Ranking) -> None:
    assert send(evaluator, table).status_code == 200
    looked = send(evaluator, table, step="preview", set="note_zh", note_zh="估", reason="补")
    assert looked.context["count"] == 2
    assert notes(table) == ["", "", ""]
    assert send(evaluator, table, step="confirm", set="note_zh", note_zh="估", reason="补").status_code == 302
    assert notes(table) == ["估", "估", ""]
    assert BulkChange.objects.get().reason == "补"


@pytest.mark.parametrize(
    "data",
    [
        {"step": "confirm"},
        {"step": "confirm", "set": "status", "status": "nonsense"},
        {"step": "confirm", "set": "source", "source": "99999"},
        {"step": "confirm", "set": "printed_score", "printed_score": "1"},
    ],
    ids=["nothing ticked", "no such choice", "of another release", "a column that is not offered"],
)
def test_nonsense_changes_nothing_and_is_answered_with_the_page(
    evaluator: Client, table: Ranking, data: dict
) -> None:
    Source.objects.create(pk=99999, release=awards.empty_draft("2030"), key="x", title_zh="x")
    answer = send(evaluator, table, **data)
    assert answer.status_code == 200
    assert not BulkChange.objects.exists()


def test_a_reviewer_is_not_offered_to_change_rows(table: Ranking) -> None:
    client = Client()
    client.force_login(accounts.user("reviewer"))
    send(client, table, step="confirm", set="note_zh", note_zh="估")
    assert notes(table) == ["", "", ""]


def test_the_log_page_offers_to_undo_the_last_bulk_change(evaluator: Client, table: Ranking) -> None:
    send(evaluator, table, step="confirm", set="note_zh", note_zh="估")
    page = reverse("admin:awards_release_log", args=[table.release_id])
    change = BulkChange.objects.get()
    assert f'name="undo" value="{change.pk}"' in " ".join(evaluator.get(page).content.decode().split())
    evaluator.post(page, {"undo": change.pk})
    assert notes(table) == ["", "", ""]
    assert evaluator.post(page, {"undo": change.pk}, follow=True).status_code == 200
    assert evaluator.post(page, {"undo": "x"}).status_code == 404
    assert Release.objects.get().is_editable
