"""Series and awards of a draft are merged."""

import pytest

from awards.models import Award, Line, Recipient, Release, Series
from cityrank.publishing.refusals import Refused
from cityrank.publishing.structure import merge_awards, merge_series
from scores.models import Ranking
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Release:
    """A draft with two series of one award and one ranking each."""
    draft = awards.empty_draft()
    for number in (1, 2):
        series = awards.series(draft, number)
        town = registry.town(f"33010610{number}", f"第{number}镇")
        awards.award(series, f"award-{number}", [(town.name_zh, town)])
        scores.ranking(series, f"table-{number}")
    return draft


def test_a_merged_series_brings_its_awards_and_rankings_along(plan: Release) -> None:
    first, second = Series.objects.filter(release=plan)
    merge_series(second, first, accounts.user("publisher"))
    assert list(Series.objects.filter(release=plan)) == [first]
    assert list(first.awards.values_list("slug", "position")) == [("award-1", 1), ("award-2", 2)]
    assert list(first.rankings.values_list("slug", "position")) == [("table-1", 1), ("table-2", 2)]


def test_merged_awards_have_the_recipients_of_both_and_the_line_goes_on(plan: Release) -> None:
    first, second = Award.objects.filter(release=plan)
    merge_awards(second, first, accounts.user("publisher"))
    assert list(first.recipients.values_list("position", "printed_name")) == [(1, "第1镇"), (2, "第2镇")]
    assert list(Award.objects.filter(release=plan)) == [first]
    assert Line.objects.get(slug="award-2").merged_into == Line.objects.get(slug="award-1")


def test_what_a_merged_award_was_given_for_is_kept_where_the_other_says_nothing(plan: Release) -> None:
    first, second = Award.objects.filter(release=plan)
    second.citation = awards.citation(plan)
    second.save()
    merge_awards(second, first, accounts.user("publisher"))
    first.refresh_from_db()
    assert first.citation == second.citation


def test_the_history_says_what_was_merged_and_by_whom(plan: Release) -> None:
    first, second = Award.objects.filter(release=plan)
    merge_awards(second, first, accounts.user("publisher"))
    record = Recipient.objects.get(printed_name="第2镇").history.latest()
    assert record.history_user.username == "publisher"
    assert record.history_change_reason


def test_somebody_who_received_both_keeps_two_awards_from_being_merged(plan: Release) -> None:
    first, second = Award.objects.filter(release=plan)
    subject = first.recipients.get().subject
    Recipient.objects.create(award=second, position=2, printed_name=subject.name_zh, subject=subject)
    with pytest.raises(Refused, match="第1镇"):
        merge_awards(second, first)
    assert Award.objects.filter(release=plan).count() == 2


def test_parts_of_two_drafts_or_one_part_alone_are_not_merged(plan: Release) -> None:
    other = awards.series(awards.empty_draft("2019"))
    first = Series.objects.filter(release=plan).first()
    for part in (other, first):
        with pytest.raises(Refused):
            merge_series(part, first)


def test_a_published_release_is_not_merged(release: Release) -> None:
    first, second = Series.objects.filter(release=release)
    with pytest.raises(Refused):
        merge_series(second, first)


def test_an_evaluator_does_not_merge(plan: Release) -> None:
    first, second = Series.objects.filter(release=plan)
    with pytest.raises(Refused):
        merge_series(second, first, accounts.user("evaluator"))
    assert Ranking.objects.filter(series=second).exists()
