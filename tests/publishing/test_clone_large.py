"""Cloning at the size of a national table of every township, ten years on: 300,000 scores."""

import time

import pytest
from django.db import connection

from cityrank.publishing.clone import copy_content
from scores.models import Ranking, Score
from tests.factories import awards

ROWS = 300_000


@pytest.mark.long
@pytest.mark.django_db
def test_three_hundred_thousand_scores_are_cloned_by_one_statement(
    capsys, django_assert_max_num_queries
) -> None:
    draft = awards.empty_draft()
    table = Ranking.objects.create(series=awards.series(draft), position=1, slug="long", title_printed="长表")
    fill(table)
    target = awards.empty_draft("2018-2019")

    begun = time.perf_counter()
    with django_assert_max_num_queries(60):
        copied = copy_content(draft, target)
    seconds = time.perf_counter() - begun

    assert copied["score"] == ROWS
    copies = Score.objects.of_release(target)
    assert copies.count() == ROWS
    assert set(copies.values_list("ranking__slug", flat=True).distinct()) == {"long"}
    with capsys.disabled():
        print(f"\ncloned {ROWS} scores in {seconds:.1f} s on {connection.vendor}")


def fill(table: Ranking) -> None:
    """Fill a table inside the database; making 300,000 objects would take longer than what is tested."""
    numbers = (
        f"SELECT n FROM generate_series(1, {ROWS}) AS s(n)"
        if connection.vendor == "postgresql"
        else f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {ROWS}) SELECT n FROM s"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scores_score (ranking_id, position, printed_name, status, note_zh, note_en, provenance) "
            f"SELECT %s, n, 'name', 'missing', '', '', '{{}}' FROM ({numbers}) AS numbers",
            [table.pk],
        )
