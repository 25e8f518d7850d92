"""The admin of rankings, scores and averages."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Release
from scores.models import Band, GroupAverage, Ranking, Score
from tests.awards.admin_pages import form_data
from tests.factories import accounts, awards, registry, scores


@pytest.fixture
def draft_release(evaluator: Client) -> Release:
    draft = awards.empty_draft()
    accounts.takes_all(draft)
    return draft


def change(model: type, key: int) -> str:
    return reverse(f"admin:scores_{model._meta.model_name}_change", args=[key])


def table(release: Release, rows: int = 3, **fields: object) -> Ranking:
    """Return a ranking of a draft, assigned to the evaluator."""
    made = scores.ranking(awards.series(release, 8), "cities-50", rows=rows, **fields)
    accounts.takes_all(release)
    return made


def test_ranks_are_computed_again_when_a_table_is_saved(evaluator: Client, draft_release: Release) -> None:
    ranking = table(draft_release)
    page = evaluator.get(change(Ranking, ranking.pk))
    response = evaluator.post(
        change(Ranking, ranking.pk), form_data(page) | {"scores-2-printed_score": "99.5"}
    )
    assert response.status_code == 302
    assert list(ranking.scores.order_by("position").values_list("printed_rank", "computed_rank")) == [
        (1, 2),
        (2, 3),
        (3, 1),
    ]


def test_ranks_are_computed_again_when_one_row_is_saved_on_its_own_page(
    evaluator: Client, draft_release: Release
) -> None:
    last = table(draft_release).scores.get(position=3)
    page = evaluator.get(change(Score, last.pk))
    assert (
        evaluator.post(change(Score, last.pk), form_data(page) | {"printed_score": "99.5"}).status_code == 302
    )
    assert list(Score.objects.order_by("position").values_list("computed_rank", flat=True)) == [2, 3, 1]


def test_lists_mark_a_printed_rank_that_the_scores_contradict(
    evaluator: Client, draft_release: Release
) -> None:
    ranking = table(draft_release)
    Score.objects.filter(position=1).update(computed_rank=2)
    found = (
        evaluator.get(reverse("admin:scores_score_changelist"), {"rank": "differ"}).context["cl"].result_list
    )
    assert [(row.ranking_id, row.position) for row in found] == [(ranking.pk, 1)]


def test_a_final_row_without_a_score_is_explained_at_the_score(
    evaluator: Client, draft_release: Release
) -> None:
    row = table(draft_release).scores.first()
    page = evaluator.get(change(Score, row.pk))
    errors = evaluator.post(change(Score, row.pk), form_data(page) | {"printed_score": ""}).context["errors"]
    assert "Constraint" not in str(errors)
    page = evaluator.get(change(Ranking, row.ranking_id))
    response = evaluator.post(
        change(Ranking, row.ranking_id), form_data(page) | {"scores-0-printed_score": ""}
    )
    assert "printed_score" in response.context["inline_admin_formsets"][0].formset.forms[0].errors


def test_a_row_offers_the_bands_of_its_own_table_only(evaluator: Client, draft_release: Release) -> None:
    ranking = table(draft_release, rows=1)
    other = scores.ranking(awards.series(draft_release, 8), "other", rows=1)
    foreign = Band.objects.get(ranking=other)
    page = evaluator.get(change(Ranking, ranking.pk))
    formset = page.context["inline_admin_formsets"][0].formset
    assert list(formset.forms[0].fields["band"].queryset) == list(ranking.bands.all())
    response = evaluator.post(change(Ranking, ranking.pk), form_data(page) | {"scores-0-band": foreign.pk})
    assert "band" in response.context["inline_admin_formsets"][0].formset.forms[0].errors


def test_averages_show_the_computed_change_and_the_discrepancy(
    evaluator: Client, draft_release: Release
) -> None:
    scores.average(draft_release)
    page = evaluator.get(reverse("admin:scores_groupaverage_changelist")).content.decode()
    for figure in ("64.34", "56.70", "8.74", "7.64", "1.10"):
        assert figure in page


def test_a_form_shows_a_figure_without_the_zeros_of_its_column(
    evaluator: Client, draft_release: Release
) -> None:
    average = scores.average(draft_release, printed_value=Decimal("64.5"))
    page = evaluator.get(change(GroupAverage, average.pk)).content.decode()
    assert 'value="64.5"' in page


def test_a_table_of_a_hundred_rows_is_one_page_of_constant_queries(
    evaluator: Client, draft_release: Release, django_assert_max_num_queries: object
) -> None:
    ranking = table(draft_release, rows=0)
    Band.objects.create(ranking=ranking, position=1, label_zh="领先", first_rank=1, last_rank=30)
    places = [registry.town(f"330106{n:03}", f"第{n}镇") for n in range(1, 101)]
    for position, place in enumerate(places, 1):
        scores.score(ranking, position, place, Decimal(100) - Decimal(position) / 2)
    with django_assert_max_num_queries(25):
        response = evaluator.get(change(Ranking, ranking.pk))
    assert len(response.content) < 500_000
    # Builds of SQLite differ in how many values one statement takes, and so in how many queries a save is.
    with django_assert_max_num_queries(57):
        assert evaluator.post(change(Ranking, ranking.pk), form_data(response)).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_queries_at_any_number_of_rows(
    evaluator: Client, draft_release: Release, rows: int, django_assert_max_num_queries: object
) -> None:
    for number in range(rows):
        ranking = scores.ranking(awards.series(draft_release, 8), f"table-{number}", rows=rows)
        scores.average(draft_release, number, ranking)
    for name in ("ranking", "score", "groupaverage", "peergroup"):
        with django_assert_max_num_queries(9):
            assert evaluator.get(reverse(f"admin:scores_{name}_changelist")).status_code == 200
