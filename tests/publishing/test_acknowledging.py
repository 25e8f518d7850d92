"""Warnings may stand one by one, with a reason that is kept."""

import pytest
from django.urls import reverse

from awards.models import Award, Release
from cityrank.publishing.acknowledging import acknowledge, take_back
from cityrank.publishing.checks import Finding, findings
from cityrank.publishing.models import Acknowledgement
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import start_draft, submit_release
from tests.factories import accounts, awards

pytestmark = pytest.mark.django_db


def warning(draft: Release, rule: str = "award-citation") -> Finding:
    return next(finding for finding in findings(draft) if finding.rule.name == rule)


@pytest.fixture
def plain(db: None) -> Release:
    """A draft with one award that nothing is said about."""
    draft = awards.empty_draft()
    awards.award(awards.series(draft))
    return draft


def test_a_warning_is_acknowledged_with_its_reason_by_those_who_prepare_a_release(plain: Release) -> None:
    for role in ("evaluator", "reviewer", "publisher"):
        person = accounts.user(role)
        given = acknowledge(plain, "award-citation", warning(plain).found.row, f"  {role}  ", person)
        assert (given.reason, given.by) == (role, person)
        assert warning(plain).acknowledgement == given
    assert Acknowledgement.objects.count() == 1
    with pytest.raises(Refused):
        acknowledge(plain, "award-citation", warning(plain).found.row, "看过", accounts.user("auditor"))


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_without_a_reason_nothing_stands(plain: Release, reason: str) -> None:
    with pytest.raises(Refused):
        acknowledge(plain, "award-citation", warning(plain).found.row, reason)
    assert not Acknowledgement.objects.exists()


def test_one_acknowledgement_lets_one_row_stand_and_no_other(plain: Release) -> None:
    awards.award(awards.series(plain), "second")
    first = warning(plain)
    acknowledge(plain, first.rule.name, first.found.row, "通报未刊出")
    left = [row for row in findings(plain) if row.rule.name == "award-citation" and row.is_open]
    assert len(left) == 1
    assert left[0].found.row != first.found.row


def test_what_blocks_is_mended_and_not_acknowledged(plain: Release) -> None:
    award = Award.objects.get()
    award.recipients.create(position=1, printed_name="某镇")
    blocking = warning(plain, "recipient-unresolved")
    assert blocking.blocks
    with pytest.raises(Refused):
        acknowledge(plain, blocking.rule.name, blocking.found.row, "以后再说")


@pytest.mark.parametrize(("rule", "row"), [("award-citation", "award:nowhere"), ("no-rule", "x"), ("", "")])
def test_what_is_not_found_is_not_acknowledged(plain: Release, rule: str, row: str) -> None:
    with pytest.raises(Refused):
        acknowledge(plain, rule, row, "看过")


def test_an_acknowledgement_ends_with_the_figures_it_was_given_for(plain: Release) -> None:
    award = Award.objects.get()
    award.title_printed, award.title_listed = "城市奖", "城镇奖"
    award.save()
    row = warning(plain, "award-titles").found.row
    acknowledge(plain, "award-titles", row, "原文如此")
    assert not warning(plain, "award-titles").is_open
    award.title_listed = "小镇奖"
    award.save()
    assert warning(plain, "award-titles").is_open
    assert warning(plain, "award-titles").is_outdated


def test_it_may_be_taken_back_in_a_draft_only(plain: Release) -> None:
    awards.acknowledge_all(plain)
    row = warning(plain).found.row
    assert take_back(plain, "award-citation", row) == 1
    assert warning(plain).is_open
    awards.acknowledge_all(plain)
    submit_release(plain, accounts.user("evaluator"))
    for action in (
        lambda: take_back(plain, "award-citation", row),
        lambda: acknowledge(plain, "x", row, "x"),
    ):
        with pytest.raises(Refused):
            action()


def test_a_correction_takes_them_along(release: Release) -> None:
    before = {(row.rule, row.row, row.reason) for row in Acknowledgement.objects.of_release(release)}
    assert before
    draft = start_draft(release.edition)
    assert {(row.rule, row.row, row.reason) for row in Acknowledgement.objects.of_release(draft)} == before


def test_a_reason_that_is_missing_is_said_beside_the_warning_on_the_page(plain: Release) -> None:
    client = accounts.signed_in(accounts.user("evaluator"))
    page = f"/en{reverse('admin:awards_release_checks', args=[plain.pk])}"
    form = {"rule": "award-citation", "row": warning(plain).found.row, "reason": ""}
    answer = client.post(page, form)
    assert answer.status_code == 200
    assert "Say why this may stand." in answer.content.decode()
    assert client.post(page, form | {"reason": "通报未刊出"}).status_code == 302
    assert "通报未刊出" in client.get(page).content.decode()
