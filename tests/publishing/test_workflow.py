import pytest

from awards.models import Recipient, Release
from cityrank.publishing.gate import open_gate
from cityrank.publishing.workflow import (
    Refused,
    approve_release,
    publish_release,
    publish_unattended,
    start_draft,
    submit_release,
)
from scores.models import Score
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db


def test_publishing_replaces_the_current_release_at_once(release: Release, draft: Release) -> None:
    person = accounts.user("publisher")

    published = published_by(person, draft)

    release.refresh_from_db()
    assert (published.status, release.status) == ("published", "superseded")
    assert published.published_by == person
    assert list(open_gate().releases) == [published]
    assert published.published_at >= release.published_at


def test_the_history_says_who_published(release: Release, draft: Release) -> None:
    person = accounts.user("publisher")
    published_by(person, draft)
    assert draft.history.latest().history_user == person


def test_a_replacement_needs_a_public_reason(draft: Release) -> None:
    with pytest.raises(Refused, match="2"):
        publish_unattended(draft, reason="  ")
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_release_is_published_once(draft: Release) -> None:
    publish_unattended(draft, reason="更正")
    with pytest.raises(Refused, match="2017-2018"):
        publish_unattended(draft, reason="再来")


def test_an_unresolved_name_keeps_a_release_from_being_published() -> None:
    draft = awards.empty_draft()
    awards.award(awards.series(draft), winners=[("某市", registry.hangzhou())])
    Recipient.objects.of_release(draft).update(subject=None)
    with pytest.raises(Refused, match="某市"):
        publish_unattended(draft)

    Recipient.objects.of_release(draft).delete()
    scores.score(
        scores.ranking(awards.series(draft, 8)), 1, None, None, status="missing", printed_name="某区"
    )
    with pytest.raises(Refused, match="某区"):
        publish_unattended(draft)


def test_publishing_brings_the_computed_ranks_up_to_date() -> None:
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft), rows=4)
    tied = Score.objects.filter(ranking=table, position__in=(2, 3))
    tied.update(printed_score=80)

    publish_unattended(draft)

    assert list(table.scores.order_by("position").values_list("computed_rank", flat=True)) == [1, 3, 3, 2]


def test_an_edition_has_one_draft_at_a_time(draft: Release) -> None:
    with pytest.raises(Refused, match="2"):
        start_draft(draft.edition)


def test_the_first_draft_of_an_edition_is_empty() -> None:
    draft = start_draft(awards.edition("2019"))
    assert (draft.number, draft.cloned_from, draft.series.count()) == (1, None, 0)


def published_by(person: object, draft: Release) -> Release:
    """Return the draft, published by somebody after a reviewer has approved it."""
    awards.acknowledge_all(draft)
    approved = approve_release(submit_release(draft), by=accounts.user("reviewer"))
    return publish_release(approved, by=person, reason="更正名单")
