import pytest

from awards.models import Award, Organiser, Recipient, Release, Series
from cityrank.publishing.clone import CLONED, copy_content
from cityrank.publishing.guards import guarded_models
from cityrank.publishing.workflow import start_draft
from scores.models import Ranking, Score
from tests.factories import awards

pytestmark = pytest.mark.django_db


def content(release: Release) -> dict[str, list]:
    """Return every row of a release without its own keys, so that two releases can be compared."""
    own = {"id", "release_id", "added_at"}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in own and not name.endswith("_id")}
            for row in model.objects.of_release(release).order_by("pk").values()
        ]
        for model, _key in CLONED
    }


def test_every_kind_of_content_is_cloned() -> None:
    assert {model for model, _key in CLONED} == set(guarded_models())


def test_the_clone_says_exactly_what_its_original_says() -> None:
    original = awards.published_edition(rows=3)

    clone = start_draft(original.edition)

    assert content(clone) == content(original)
    assert all(
        content(original)[name] for name in ("Award", "Recipient", "Score", "GroupAverage", "Fact", "Band")
    )
    assert (clone.number, clone.status, clone.cloned_from) == (2, "draft", original)


def test_rows_of_the_clone_point_at_rows_of_the_clone() -> None:
    clone = start_draft(awards.published_edition(rows=3).edition)

    for award in Award.objects.filter(release=clone).select_related("series", "citation", "source"):
        assert {award.series.release, award.citation.release, award.source.release} == {clone}
    for score in Score.objects.of_release(clone).select_related("ranking", "band__ranking"):
        assert score.band.ranking == score.ranking
    assert Recipient.objects.of_release(clone).count() == 9
    assert Organiser.objects.filter(release=clone).count() == 1


def test_a_clone_costs_the_same_number_of_statements_whatever_its_size(django_assert_max_num_queries) -> None:
    small, large = awards.published_edition("2016", rows=1), awards.published_edition("2017", rows=3)
    with django_assert_max_num_queries(60) as for_small:
        start_draft(small.edition)
    with django_assert_max_num_queries(60) as for_large:
        start_draft(large.edition)
    assert len(for_small) == len(for_large)


def test_nothing_is_copied_into_a_published_release_or_on_top_of_rows(
    release: Release, draft: Release
) -> None:
    with pytest.raises(ValueError, match="not a draft"):
        copy_content(draft, release)
    with pytest.raises(ValueError, match="holds rows"):
        copy_content(release, draft)


def test_a_ranking_of_many_rows_is_cloned_whole() -> None:
    draft = awards.empty_draft()
    series = awards.series(draft)
    table = Ranking.objects.create(series=series, position=1, slug="long", title_printed="长表")
    Score.objects.bulk_create(
        Score(ranking=table, position=n, printed_name=str(n), status="missing") for n in range(1, 5001)
    )
    target = awards.empty_draft("2018-2019")

    assert copy_content(draft, target)["score"] == 5000
    assert Series.objects.filter(release=target).count() == 1
