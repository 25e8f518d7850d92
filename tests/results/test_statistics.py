"""Figures of whole tables, read through the gate."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from cityrank.publishing.gate import frozen_gate, open_gate
from cityrank.publishing.workflow import publish_unattended
from cityrank.results.statistics import Field, fields_of, peer_summary
from scores.models import Ranking
from tests.factories import awards, corrections, registry, scores

pytestmark = pytest.mark.django_db


def published(values: list[str | None], **fields: object) -> Ranking:
    """Return a published table with these scores, from the first row to the last."""
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft, 8), **fields)
    for position, value in enumerate(values, 1):
        city = registry.place(f"3397{position:02}", f"第{position}市", "prefecture", registry.zhejiang())
        status = {} if value else {"status": "missing", "printed_rank": None}
        scores.score(table, position, city, Decimal(value) if value else None, **status)
    awards.acknowledge_all(draft)
    publish_unattended(draft, reason="第一版")
    return Ranking.objects.get(release=draft)


def field(values: list[str | None]) -> Field:
    table = published(values)
    return fields_of(open_gate(), [table.pk])[table.pk]


def test_the_median_of_a_table_is_exact_and_leaves_out_who_has_no_score() -> None:
    table = published(["90.01", "80.02", "70.01", None])
    found = peer_summary(open_gate(), table)
    assert found is not None
    assert (found.n, found.median, found.best) == (3, Decimal("80.02"), Decimal("90.01"))


def test_a_table_without_scores_has_no_figures(release: Release) -> None:
    picture = Ranking.objects.get(release=release, slug="picture")
    assert peer_summary(open_gate(), picture) is None


def test_a_draft_has_no_figures_for_the_public(release: Release) -> None:
    draft = corrections.corrected_draft(release)
    table = Ranking.objects.get(release=draft, slug="cities-50")
    assert peer_summary(open_gate(), table) is None


def test_a_frozen_release_keeps_its_figures(release: Release) -> None:
    corrections.correct(release, score="55.50")
    table = Ranking.objects.get(release=release, slug="cities-50")
    assert peer_summary(open_gate(), table) is None
    found = peer_summary(frozen_gate("2017-2018", 1), table)
    assert found is not None
    assert found.median == Decimal(90)


def test_who_has_no_score_has_no_rank_to_be_counted() -> None:
    assert field(["90", "80", None]).ranked == 2


def test_equal_scores_are_ties_however_their_zeros_are_written() -> None:
    table = field(["90", "80.0", "80.00", "70"])
    assert [table.tied_with(entry) for entry in table.entries] == [0, 1, 1, 0]


def test_neighbours_are_cut_off_at_the_ends_of_a_table() -> None:
    table = field(["90", "80", "70", "60"])
    before, after = table.around(2, 2)
    assert [entry.position for entry in before] == [1]
    assert [entry.position for entry in after] == [3, 4]


def test_the_figures_of_three_tables_cost_one_query(release: Release) -> None:
    keys = list(Ranking.objects.filter(release=release).values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as queries:
        assert len(fields_of(open_gate(), keys)) == len(keys)
        assert fields_of(open_gate(), []) == {}
    assert len(queries) == 1
