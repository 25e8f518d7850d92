from collections.abc import Callable
from decimal import Decimal

import pytest

from awards.models import Release
from tests.factories import awards, registry, scores

Rows = Callable[[str], list[dict]]


@pytest.fixture
def table(db: None) -> Release:
    """Two printed scores that tie, one of them with its own decimals, and a row without a value."""
    release = awards.empty_draft()
    ranking = scores.ranking(awards.series(release, 8))
    scores.score(ranking, 1, registry.hangzhou(), Decimal("90.50"))
    scores.score(ranking, 2, registry.taizhou(), Decimal("90.5"), decimals=1)
    scores.score(ranking, 3, registry.beijing(), None, printed_rank=None, status="not_transcribed")
    return awards.publish_unattended(release)


def test_a_score_is_a_text_with_the_decimals_as_printed(table: Release, rows: Rows) -> None:
    shown = [(row["printed_score"], row["decimals"], row["status"]) for row in rows("scores/")]
    assert shown == [("90.50", 2, "final"), ("90.5", 1, "final"), (None, 2, "not_transcribed")]


def test_the_printed_rank_stands_beside_the_computed_one(table: Release, rows: Rows) -> None:
    assert [(row["printed_rank"], row["computed_rank"]) for row in rows("scores/")] == [
        (1, 1),
        (2, 1),
        (None, None),
    ]


@pytest.mark.parametrize("order", ["printed_score", "-printed_score", "printed_rank", "-computed_rank"])
def test_what_has_no_value_comes_last_in_every_order(table: Release, rows: Rows, order: str) -> None:
    assert [row["position"] for row in rows(f"scores/?ordering={order}")][-1] == 3


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        ("status=not_transcribed", [3]),
        ("ranking=cities-50&level=province", [3]),
        ("province=330000", [1, 2]),
        ("place=331000", [2]),
        ("line=cities-50&series=8&edition=2017-2018", [1, 2, 3]),
    ],
)
def test_filters(table: Release, rows: Rows, query: str, positions: list[int]) -> None:
    assert [row["position"] for row in rows(f"scores/?{query}")] == positions


def test_its_own_address_gives_the_same_object(table: Release, rows: Rows, ask: Callable) -> None:
    row = rows("scores/?place=331000")[0]
    assert row["url"] == "http://testserver/api/v1/scores/2017-2018/cities-50/2/"
    assert row["page"] == "http://testserver/editions/2017-2018/rankings/cities-50/"
    assert ask(row["url"]).json() == row
