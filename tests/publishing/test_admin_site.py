"""Suggestions of subjects in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext

from scores.models import Ranking
from tests.factories import awards, registry, scores


@pytest.fixture
def table(db: None) -> Ranking:
    registry.hangzhou()
    registry.xihu()
    registry.organisation("academy", "杭州研究院")
    return scores.ranking(awards.series(awards.empty_draft(), 8))


def suggested(client: Client, term: str, **asked: object) -> list[str]:
    query: dict[str, Any] = {
        "app_label": "scores",
        "model_name": "score",
        "field_name": "subject",
        "term": term,
    }
    answer = client.get("/admin/autocomplete/", query | asked)
    assert answer.status_code == 200
    return [row["text"] for row in answer.json()["results"]]


def test_a_row_is_offered_the_members_of_its_peer_group(evaluator: Client, table: Ranking) -> None:
    assert len(suggested(evaluator, "杭州")) > 1
    found = suggested(evaluator, "杭州", ranking=table.pk)
    assert len(found) == 1
    assert found[0].startswith("杭州市")


def test_what_no_member_fits_is_offered_from_outside_and_says_so(evaluator: Client, table: Ranking) -> None:
    found = suggested(evaluator, "西湖", ranking=table.pk)
    assert found
    assert all(gettext("not in the peer group") in text for text in found)


@pytest.mark.parametrize("ranking", ["x", "0", "99999999"])
def test_a_table_that_is_not_there_narrows_nothing(evaluator: Client, table: Ranking, ranking: str) -> None:
    assert suggested(evaluator, "杭州", ranking=ranking) == suggested(evaluator, "杭州")
