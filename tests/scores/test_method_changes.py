"""That a table's method changed: said once, and told wherever a table is told of."""

import pytest
from django.test import Client

from awards.models import Release
from cityrank.exchange.sheets.tables import RANKINGS
from cityrank.publishing.next_edition import start_next_edition
from cityrank.publishing.workflow import publish_unattended, start_draft
from scores.models import Ranking
from tests.factories import accounts, awards, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed() -> Release:
    draft = awards.empty_draft()
    note = {"method_note_zh": "新增一项指标。", "method_note_en": "One more indicator."}
    scores.ranking(awards.series(draft, 8), rows=1, method_changed=True, **note)
    return publish_unattended(draft, reason="第一版")


def test_the_api_says_it_in_both_languages(client: Client, changed: Release) -> None:
    row = client.get("/api/v1/rankings/2017-2018/cities-50/").json()
    assert row["method_changed"] is True
    assert row["method_note"] == {"zh": "新增一项指标。", "en": "One more indicator."}


def test_files_have_it_in_columns_that_can_be_read_in_again() -> None:
    columns = {
        name: RANKINGS.by_name[name] for name in ("method_changed", "method_note_zh", "method_note_en")
    }
    assert {name: (str(one.kind), one.sets, one.office) for name, one in columns.items()} == {
        "method_changed": ("yes_no", "method_changed", False),
        "method_note_zh": ("text", "method_note_zh", False),
        "method_note_en": ("text", "method_note_en", False),
    }


def test_a_correction_keeps_it_and_the_next_edition_begins_without_it(changed: Release) -> None:
    told = ("method_changed", "method_note_zh", "method_note_en")
    correction = Ranking.objects.filter(release=start_draft(changed.edition))
    assert correction.values_list(*told).get() == (True, "新增一项指标。", "One more indicator.")
    following = Ranking.objects.filter(release=start_next_edition(changed, "2018-2019"))
    assert following.values_list(*told).get() == (False, "", "")


def test_the_form_of_a_table_asks_for_it(evaluator: Client) -> None:
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft, 8))
    accounts.takes_all(draft)
    page = evaluator.get(f"/admin/scores/ranking/{table.pk}/change/").content.decode()
    assert all(f'name="{name}"' in page for name in ("method_note_zh", "method_note_en"))
    assert "method_changed" in page
