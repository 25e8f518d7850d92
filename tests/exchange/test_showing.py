"""The rows of a preview in words."""

from pathlib import Path

import pytest
from django.utils.translation import override

from cityrank.exchange.importing import apply_import, open_import, preview
from cityrank.exchange.models import Import
from cityrank.exchange.showing import shown
from cityrank.registry.models import Place
from scores.models import Ranking, Score
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path
    draft = awards.empty_draft()
    registry.hangzhou()
    return scores.ranking(awards.series(draft, 8), state="not_transcribed", cutoff=4)


def looked_at(table: Ranking | None, text: str, sheet: str = "scores", *, into: bool = True) -> Import:
    release = table.release if table else None
    return preview(open_import(sheet, text, by=None, release=release, into=table if into else None)[0])


def cells(import_: Import) -> dict[str, tuple[str, str]]:
    with override("en"):
        (one,) = shown(import_, import_.rows.all())
    return {cell.label: (cell.old, cell.new) for cell in one.cells}


def test_a_new_row_names_what_it_points_at_in_the_order_of_the_columns(table: Ranking) -> None:
    found = cells(looked_at(table, f"榜单,名次,城市,得分\n{table.slug},1,杭州,91.20\n", into=False))
    assert found == {
        "Ranking": ("", "Scores of prefectures"),
        "Position": ("", "1"),
        "Printed rank": ("", "1"),
        "Subject": ("", "Hangzhou (330100)"),
        "Printed score": ("", "91.20"),
        "Status": ("", "final"),
    }
    assert list(found)[:2] == ["Ranking", "Position"]


def test_the_table_that_all_rows_go_into_is_not_repeated(table: Ranking) -> None:
    assert "Ranking" not in cells(looked_at(table, "城市,得分\n杭州,91.20\n"))


def test_a_changed_row_shows_choices_in_words_and_that_its_verification_ends(table: Ranking) -> None:
    apply_import(looked_at(table, "城市,得分,状态\n杭州,91.20,final\n"), None)
    person = accounts.user("reviewer")
    Score.objects.update(verified_by=person, verified_at="2018-08-01T10:00+08:00")
    found = cells(looked_at(table, "城市,得分,状态,备注\n杭州,91.30,estimated,初稿\n"))

    assert found["Printed score"] == ("91.20", "91.30")
    assert found["Status"] == ("final", "estimated")
    assert found["Chinese note"] == ("–", "初稿")
    assert ("2018-08-01 10:00", "–") in found.values()
    assert not any("decimals" in label.lower() or "provenance" in label.lower() for label in found)


def test_zeros_at_the_end_that_appear_are_told_by_the_decimals(table: Ranking) -> None:
    table.decimals = None
    table.save()
    apply_import(looked_at(table, "城市,得分\n杭州,91.2\n"), None)
    found = cells(looked_at(table, "城市,得分\n杭州,91.20\n"))
    assert [new for _old, new in found.values()] == ["2"]


def test_the_place_above_is_called_by_its_name_also_where_the_same_file_brings_it(table: Ranking) -> None:
    text = "slug,level,name_zh,parent\nnew-zone,zone,新区,330100\nnew-town,zone,新镇,new-zone\n"
    import_ = looked_at(None, text, "places")
    with override("en"):
        above = [cell.new for one in shown(import_, import_.rows.order_by("number")) for cell in one.cells]
    assert "Hangzhou (330100)" in above
    assert "new-zone" in above
    assert not Place.objects.filter(slug="new-zone").exists()


def test_what_is_wrong_is_said_with_the_column_of_the_file(table: Ranking) -> None:
    import_ = looked_at(table, "城市,得分\n杭州,很高\n")
    with override("en"):
        (one,) = shown(import_, import_.rows.all())
    assert one.problems[0].startswith("Column B: ")
