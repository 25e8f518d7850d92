"""Who may edit what in a draft: by the function, by the pages, and by whatever is sent to an address."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from awards.models import Award, Citation, Fact, Organiser, Recipient, Release, Section, Series
from cityrank.publishing.assigning import (
    Rights,
    assign,
    assignable,
    may_edit,
    report_done,
    send_back,
    unassign,
)
from cityrank.publishing.models import Assignment
from cityrank.publishing.refusals import Refused
from scores.models import Band, GroupAverage, PeerGroup, Ranking, Score
from tests.awards.admin_pages import address
from tests.factories import accounts, awards

pytestmark = pytest.mark.django_db

CONTENT = (
    Award, Recipient, Ranking, Score, Band, Series, Citation, Section, Fact, Organiser, GroupAverage, PeerGroup,
)  # fmt: skip


@pytest.fixture
def publisher(db: None) -> object:
    return accounts.user("publisher")


@pytest.fixture
def ada(db: None) -> object:
    return accounts.user("evaluator", "ada")


def editable(person: object, draft: Release) -> set[tuple[str, int]]:
    return {
        (model.__name__, row.pk)
        for model in CONTENT
        for row in model.objects.of_release(draft)
        if may_edit(person, row)
    }


def test_without_an_assignment_nothing_may_be_edited_and_everything_read(draft: Release, ada: object) -> None:
    assert editable(ada, draft) == set()
    client = accounts.signed_in(ada)
    for model in CONTENT:
        row = model.objects.of_release(draft).first()
        if model not in (Band,):
            assert client.get(address(model, "change", row.pk)).status_code == 200


def test_an_award_is_edited_with_its_recipients_by_whom_it_is_assigned_to(
    draft: Release, ada: object, publisher: object
) -> None:
    award = Award.objects.of_release(draft).first()
    assign(draft, ada, [award], publisher)
    rows = {("Recipient", row.pk) for row in award.recipients.all()}
    assert editable(ada, draft) == {("Award", award.pk), *rows}


def test_a_ranking_is_edited_with_its_scores_and_bands(
    draft: Release, ada: object, publisher: object
) -> None:
    table = Ranking.objects.get(release=draft, slug="cities-50")
    assign(draft, ada, [table], publisher)
    rows = {("Score", row.pk) for row in table.scores.all()} | {("Band", row.pk) for row in table.bands.all()}
    assert editable(ada, draft) == {("Ranking", table.pk), *rows}


def test_the_rest_is_all_that_is_no_award_and_no_ranking(
    draft: Release, ada: object, publisher: object
) -> None:
    assign(draft, ada, [draft], publisher)
    kinds = {name for name, _key in editable(ada, draft)}
    assert kinds == {model.__name__ for model in CONTENT} - {"Award", "Recipient", "Ranking", "Score", "Band"}


def test_nothing_may_be_edited_once_it_is_handed_in(draft: Release, ada: object, publisher: object) -> None:
    assign(draft, ada, [draft, *Award.objects.of_release(draft)], publisher)
    Release.objects.filter(pk=draft.pk).update(status="in_review")
    assert editable(ada, Release.objects.get(pk=draft.pk)) == set()


def everything_to(draft: Release, client: Client) -> list[tuple[str, int]]:
    """Send changes to every address that writes a row of a draft; return what was answered."""
    posts: list[tuple[str, dict]] = []
    for model in CONTENT:
        row = model.objects.of_release(draft).first()
        if model is Band:
            continue
        posts.append((address(model, "change", row.pk), {"title_zh": "改", "printed_name": "改"}))
        posts.append((address(model, "delete", row.pk), {"post": "yes"}))
        chosen = {"_selected_action": [str(row.pk)], "index": "0"}
        bulk = {"action": "change_rows", "step": "confirm", "set": ["source"], "source": "", "reason": "x"}
        for action in (bulk, {"action": "delete_selected", "post": "yes"}):
            posts.append((f"{address(model, 'changelist')}?release={draft.pk}", chosen | action))
    for model in (Award, Ranking, Series, Citation, PeerGroup):
        posts.append((f"{address(model, 'add')}?release={draft.pk}", {"slug": "new", "title_zh": "新"}))
    table = Ranking.objects.of_release(draft).first()
    for name in ("enter", "compare", "start-over"):
        posts.append(
            (reverse(f"admin:scores_ranking_{name.replace('-', '_')}", args=[table.pk]), {"reason": "x"})
        )
    for name in ("work", "structure"):
        posts.append((reverse(f"admin:awards_release_{name}", args=[draft.pk]), {"action": "assign"}))
    return [(path, client.post(path, data).status_code) for path, data in posts]


def state_of(draft: Release) -> dict[str, list]:
    return {model.__name__: list(model.objects.of_release(draft).values()) for model in CONTENT}


@pytest.mark.parametrize("role", ["evaluator", "reviewer", "auditor"])
def test_nothing_that_is_sent_to_any_address_changes_what_is_somebody_elses(
    role: str, draft: Release
) -> None:
    before = state_of(draft)
    answers = everything_to(draft, accounts.signed_in(accounts.user(role, "stranger")))
    assert state_of(draft) == before
    assert [answer for answer in answers if answer[1] >= 500] == []


def test_other_rows_of_a_list_stay_as_they_are_when_one_of_them_is_not_ones_own(
    draft: Release, ada: object, publisher: object
) -> None:
    own, other = Award.objects.of_release(draft)[:2]
    assign(draft, ada, [own], publisher)
    form = {
        "action": "change_rows",
        "_selected_action": [own.pk, other.pk],
        "step": "confirm",
        "set": ["period_listed"],
        "period_listed": "2018年度",
    }
    page = accounts.signed_in(ada).post(f"{address(Award, 'changelist')}?release={draft.pk}", form)
    assert str(other) in page.content.decode()
    assert not Award.objects.filter(period_listed="2018年度").exists()


# --- Assigning --------------------------------------------------------------------------------------------------


def test_work_is_given_by_whoever_coordinates_to_whoever_enters_in_a_draft(
    release: Release, draft: Release, ada: object, publisher: object
) -> None:
    reviewer = accounts.user("reviewer")
    award = Award.objects.of_release(draft).first()
    for by in (ada, reviewer):
        with pytest.raises(Refused):
            assign(draft, ada, [award], by)
    for person in (reviewer, publisher):
        with pytest.raises(Refused):
            assign(draft, person, [award], publisher)
    for elsewhere in (Award.objects.of_release(release).first(), release):
        with pytest.raises(Refused):
            assign(draft, ada, [elsewhere], publisher)
    with pytest.raises(Refused):
        assign(release, ada, [release], publisher)
    assert not Assignment.objects.exists()
    assert list(assignable()) == [ada]


def test_a_part_may_be_given_to_two_and_a_second_time_only_moves_the_day(
    draft: Release, ada: object, publisher: object
) -> None:
    award = Award.objects.of_release(draft).first()
    ben = accounts.user("evaluator", "ben")
    for person in (ada, ben):
        assert len(assign(draft, person, [award], publisher)) == 1
    assert assign(draft, ada, [award], publisher, dt.date(2026, 12, 1)) == []
    assert set(Assignment.objects.values_list("person__username", "due_on")) == {
        ("ada", dt.date(2026, 12, 1)),
        ("ben", None),
    }


def test_what_is_taken_back_can_be_edited_no_more(draft: Release, ada: object, publisher: object) -> None:
    parts = list(Award.objects.of_release(draft))
    assign(draft, ada, parts, publisher)
    assert unassign(draft, ada, parts[:1], publisher) == 1
    assert not may_edit(ada, parts[0])
    assert all(may_edit(ada, part) for part in parts[1:])


def test_work_goes_back_with_a_comment_and_never_ones_own(
    draft: Release, ada: object, publisher: object
) -> None:
    assign(draft, ada, [draft], publisher)
    work = Assignment.objects.get()
    reviewer = accounts.user("reviewer")
    with pytest.raises(Refused):
        report_done(work, reviewer)
    assert report_done(work, ada).state == "done"
    for by, comment in ((reviewer, "  "), (accounts.user("evaluator", "ben"), "缺来源"), (ada, "缺来源")):
        with pytest.raises(Refused):
            send_back(work, by, comment)
    sent = send_back(work, reviewer, "缺来源")
    assert (sent.state, sent.comment, sent.returned_by) == ("returned", "缺来源", reviewer)
    assert report_done(work, ada).comment == ""


@pytest.mark.parametrize("key", ["", "abc", "-1", "0", "9" * 30, "²", "1.5"])
def test_an_assignment_that_is_not_there_is_answered_with_a_sentence(draft: Release, key: str) -> None:
    client = accounts.signed_in(accounts.user("reviewer"))
    page = reverse("admin:awards_release_work", args=[draft.pk])
    answer = client.post(f"/en{page}", {"action": "return", "assignment": key, "comment": "x"})
    assert answer.status_code == 200
    assert "This was taken back in the meantime." in answer.content.decode()


@pytest.mark.parametrize("mine", [set(), {0}, {1, 2}, {0, 1, 2}])
def test_rights_read_once_for_a_list_say_what_is_said_of_one_row(
    mine: set[int], ada: object, publisher: object
) -> None:
    series = awards.series(awards.empty_draft())
    parts = [awards.award(series, f"award-{number}") for number in range(3)]
    assign(series.release, ada, [parts[number] for number in mine], publisher)
    rights = Rights(ada, series.release)
    assert {number for number, part in enumerate(parts) if rights.may_edit(part)} == mine
    assert {number for number, part in enumerate(parts) if may_edit(ada, part)} == mine


def test_the_rights_in_a_release_are_read_once(
    draft: Release, ada: object, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = list(Recipient.objects.of_release(draft))
    ada.has_perm("awards.coordinate_release")
    with django_assert_num_queries(1):
        rights = Rights(ada, draft)
        assert not any(rights.may_edit(row) for row in rows)
