"""What rows of scores mean for the database: new, changed, same or refused."""

from decimal import Decimal
from pathlib import Path

import pytest

from awards.models import Source
from cityrank.registry.models import Alias
from scores.models import Band, PeerGroup, Ranking, Score
from tests.exchange.tabular import (
    complaints,
    draft_with_cities,
    empty_table,
    imported,
    kinds,
    planned,
    text_of,
    xlsx,
)
from tests.factories import awards, registry, scores

pytestmark = pytest.mark.django_db
HEADINGS = ("名次", "城市", "得分")
ROWS = [(1, "杭州", "91.20"), (2, "宁波市", "88.50"), (3, "浙江温州", "80.00")]
FILE = text_of([HEADINGS, *ROWS])


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def table(db: None) -> Ranking:
    return empty_table()


def changes(text: str, table: Ranking) -> list[dict]:
    """Return what would change in each row that is there, without what is noted beside it."""
    rows = planned(text, table).rows.order_by("number")
    hidden = ("provenance",)
    return [{name: value for name, value in row.changes.items() if name not in hidden} for row in rows]


def test_rows_that_are_not_there_are_new(table: Ranking) -> None:
    import_ = planned(FILE, table)
    assert (import_.state, import_.new, import_.changed, import_.same, import_.refused) == (
        "previewed",
        3,
        0,
        0,
        0,
    )
    values = import_.rows.get(number=3).values
    assert values["printed_name"] == "浙江温州"
    assert values["subject_id"] == registry.wenzhou().pk
    assert (values["printed_score"], values.get("decimals"), values["status"]) == ("80.00", None, "final")
    assert not Score.objects.exists()


def test_the_same_rows_again_are_the_same(table: Ranking) -> None:
    imported(FILE, table)
    assert kinds(planned(FILE, table, again=True)) == ["same"] * 3


def test_a_row_is_found_by_its_subject_whatever_it_is_called(table: Ranking) -> None:
    imported(FILE, table)
    assert changes(text_of([HEADINGS, (1, "杭州市", "91.20")]), table) == [
        {"printed_name": ["杭州", "杭州市"]}
    ]


def test_changes_are_told_column_by_column_with_old_and_new(table: Ranking) -> None:
    imported(FILE, table)
    (found,) = changes(text_of([HEADINGS, (2, "杭州", "90.5")]), table)
    assert found == {"printed_rank": [1, 2], "printed_score": ["91.20", "90.5"], "decimals": [None, 1]}


def test_columns_that_the_file_does_not_have_are_left_alone(table: Ranking) -> None:
    imported(text_of([(*HEADINGS, "备注"), (1, "杭州", "91.20", "并列")]), table)
    assert changes(text_of([("城市",), ("杭州",)]), table) == [{}]


def test_an_empty_cell_of_a_column_that_is_there_empties_it(table: Ranking) -> None:
    imported(text_of([(*HEADINGS, "备注"), (1, "杭州", "91.20", "并列")]), table)
    (found,) = changes(text_of([(*HEADINGS, "备注"), (1, "杭州", "91.20", "")]), table)
    assert found == {"note_zh": ["并列", ""]}


# --- who is meant ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["330100", "330100000000", "杭州", "浙江省杭州市"])
def test_a_subject_is_given_by_identifier_code_name_or_path(table: Ranking, cell: str) -> None:
    import_ = planned(text_of([("城市", "代码"), ("本市", cell)]), table)
    assert complaints(import_) == []
    assert import_.rows.get().values["subject_id"] == registry.hangzhou().pk


def test_a_code_that_a_spreadsheet_took_for_a_number_is_a_code(table: Ranking) -> None:
    import_ = planned(xlsx(("城市", "代码"), ("本市", 330100)), table)
    assert import_.rows.get().values["subject_id"] == registry.hangzhou().pk


def test_an_unknown_name_is_refused_with_its_place_in_the_file(table: Ranking) -> None:
    (said,) = complaints(planned(text_of([HEADINGS, (1, "乌有市", "90")]), table))
    assert said.startswith("2 B: ")
    assert "乌有市" in said


def test_a_name_that_several_places_have_is_refused_with_all_of_them(table: Ranking) -> None:
    for code, above in (("330102", registry.hangzhou()), ("330302", registry.wenzhou())):
        registry.place(code, "鼓楼区", "county", above)
    Ranking.objects.filter(pk=table.pk).update(peer_group=None)
    (said,) = complaints(planned(text_of([HEADINGS, (1, "鼓楼区", "90")]), table))
    assert "浙江省杭州市鼓楼区 (330102)" in said
    assert "浙江省温州市鼓楼区 (330302)" in said


def test_of_several_places_the_one_in_the_peer_group_is_meant(table: Ranking) -> None:
    for code, above in (("330102", registry.hangzhou()), ("330302", registry.wenzhou())):
        registry.place(code, "鼓楼区", "county", above)
    registry.hangzhou().tiers.create(tier="sub_provincial")
    group = PeerGroup.objects.create(
        release=table.release, slug="below", title_zh="区", subject_kind="place", level="county",
        below_tiers=["sub_provincial"],
    )  # fmt: skip
    Ranking.objects.filter(pk=table.pk).update(peer_group=group)
    import_ = planned(text_of([HEADINGS, (1, "鼓楼区", "90")]), table)
    assert import_.rows.get().values["subject_id"] == registry.place("330102", "", "").pk


def test_a_place_is_the_one_of_the_year_of_the_edition(table: Ranking) -> None:
    old, _new = registry.renamed_county()
    Ranking.objects.filter(pk=table.pk).update(peer_group=None)
    import_ = planned(text_of([HEADINGS, (1, "孟津县", "90")]), table)
    assert import_.rows.get().values["subject_id"] == old.pk


def test_companies_are_known_too_where_a_table_is_about_them() -> None:
    company = registry.organisation()
    group = PeerGroup.objects.create(
        release=(draft := draft_with_cities()), slug="firms", title_zh="公司", subject_kind="organisation"
    )
    table = empty_table(draft, peer_group=group)
    import_ = planned(text_of([HEADINGS, (1, "腾讯", "90"), (2, "杭州", "80")]), table)
    assert kinds(import_) == ["new", "refused"]
    assert import_.rows.get(number=1).values["subject_id"] == company.pk


def test_two_rows_about_the_same_are_both_refused(table: Ranking) -> None:
    import_ = planned(
        text_of([HEADINGS, (1, "杭州", "90"), (2, "宁波", "80"), (3, "浙江省杭州市", "70")]), table
    )
    assert kinds(import_) == ["refused", "new", "refused"]
    assert complaints(import_)[0].startswith("2 ")
    assert "2" in complaints(import_)[1].removeprefix("4 ")


def test_a_name_that_is_open_in_the_draft_stays_the_row_that_it_is(table: Ranking) -> None:
    scores.score(table, 1, None, Decimal("90.00"), printed_name="乌有市")
    assert kinds(planned(text_of([HEADINGS, (1, "乌有市", "90.00")]), table)) == ["same"]
    Alias.objects.create(subject=registry.hangzhou(), text="乌有市")
    (found,) = changes(text_of([HEADINGS, (1, "乌有市", "90.00")]), table)
    assert found == {"subject_id": [None, registry.hangzhou().pk]}


# --- which table ----------------------------------------------------------------------------------------------------


def test_a_column_says_which_table_a_row_belongs_to(table: Ranking) -> None:
    other = empty_table(table.release, "capitals", title_printed="省会得分")
    file = text_of(
        [
            ("榜单", "城市", "得分"),
            ("cities-50", "杭州", "91"),
            ("省会得分", "杭州", "92"),
            ("没有", "宁波", "90"),
        ]
    )
    import_ = planned(file, table, into=None)
    assert kinds(import_) == ["new", "new", "refused"]
    assert [row.values["ranking_id"] for row in import_.rows.filter(kind="new")] == [table.pk, other.pk]
    assert complaints(import_)[0].startswith("4 A: ")


def test_a_sheet_may_be_called_like_its_table(table: Ranking) -> None:
    import_ = planned(xlsx(("城市", "得分"), ("杭州", 91), sheet="cities-50"), table, into=None)
    assert kinds(import_) == ["new"]


def test_rows_of_no_table_are_asked_about(table: Ranking) -> None:
    (said,) = complaints(planned(text_of([("城市", "得分"), ("杭州", "91")]), table, into=None))
    assert "ranking" in said or "榜单" in said


def test_a_title_that_two_tables_have_is_asked_about(table: Ranking) -> None:
    empty_table(table.release, "capitals")
    (said,) = complaints(planned(text_of([("榜单", "城市"), ("地市得分排名", "杭州")]), table, into=None))
    assert "地市得分排名" in said


def test_bands_and_sources_are_those_of_the_table_and_the_release(table: Ranking) -> None:
    band = Band.objects.create(ranking=table, position=1, label_zh="领先", label_en="Leading")
    source = Source.objects.create(release=table.release, key="bulletin", title_zh="通报")
    other = empty_table(table.release, "other")
    Band.objects.create(ranking=other, position=1, label_zh="追赶")
    file = text_of(
        [
            (*HEADINGS, "等级", "来源"),
            (1, "杭州", "91", "leading", "通报"),
            (2, "宁波", "90", "追赶", "bulletin"),
        ]
    )
    import_ = planned(file, table)
    assert kinds(import_) == ["new", "refused"]
    values = import_.rows.get(number=1).values
    assert (values["band_id"], values["source_id"]) == (band.pk, source.pk)


def test_without_a_column_of_sources_new_rows_have_that_of_the_table(table: Ranking) -> None:
    source = Source.objects.create(release=table.release, key="bulletin", title_zh="通报")
    Ranking.objects.filter(pk=table.pk).update(source=source)
    assert planned(FILE, table).rows.first().values["source_id"] == source.pk
    with_column = text_of([(*HEADINGS, "来源"), (1, "杭州", "91", "")])
    assert planned(with_column, table).rows.first().values.get("source_id") is None


# --- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_table", "cell", "own"),
    [(2, "91.20", None), (2, "91.2", 1), (2, "91", 0), (None, "91.2", None), (None, "91.20", 2)],
)
def test_a_row_notes_its_decimals_where_the_table_does_not_say_them(
    table: Ranking, of_table: int | None, cell: str, own: int | None
) -> None:
    Ranking.objects.filter(pk=table.pk).update(decimals=of_table)
    assert planned(text_of([HEADINGS, (1, "杭州", cell)]), table).rows.get().values.get("decimals") == own


def test_figures_of_a_workbook_have_the_decimals_that_are_shown(table: Ranking) -> None:
    import_ = planned(xlsx(HEADINGS, (1, "杭州", (91.2, "0.00")), (2, "宁波", (88.5, "0.0"))), table)
    assert [(row.values["printed_score"], row.values.get("decimals")) for row in import_.rows.all()] == [
        ("91.20", None), ("88.5", 1)
    ]  # fmt: skip


def test_the_status_follows_from_the_score_where_it_is_not_said(table: Ranking) -> None:
    import_ = planned(text_of([HEADINGS, (1, "杭州", "91"), (2, "宁波", "")]), table)
    assert [row.values["status"] for row in import_.rows.all()] == ["final", "missing"]


def test_a_status_that_does_not_fit_the_score_is_refused(table: Ranking) -> None:
    file = text_of(
        [
            (*HEADINGS, "状态"),
            (1, "杭州", "91", "missing"),
            (2, "宁波", "", "estimated"),
            (3, "温州", "", "missing"),
        ]
    )
    assert kinds(planned(file, table)) == ["refused", "refused", "new"]


def test_an_estimated_figure_stays_estimated_and_a_missing_one_that_is_given_is_final(table: Ranking) -> None:
    imported(
        text_of([(*HEADINGS, "状态"), (1, "杭州", "91.00", "estimated"), (2, "宁波", "", "missing")]), table
    )
    file = text_of([HEADINGS, (1, "杭州", "92.00"), (2, "宁波", "90.00")])
    first, second = changes(file, table)
    assert "status" not in first
    assert second["status"] == ["missing", "final"]


def test_a_figure_in_percent_is_read_where_the_table_is_in_percent(table: Ranking) -> None:
    file = text_of([HEADINGS, (1, "杭州", "64.34%")])
    assert kinds(planned(file, table)) == ["refused"]
    Ranking.objects.filter(pk=table.pk).update(unit="percent")
    assert planned(file, table).rows.get().values["printed_score"] == "64.34"


def test_a_formula_without_a_value_is_no_empty_cell(table: Ranking) -> None:
    def more(book: object, sheet: object) -> None:
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")

    (said,) = complaints(planned(xlsx(HEADINGS, (1, "杭州"), more=more), table))
    assert said.startswith("2 C: ")


# --- the rows below -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "below",
    [
        ("合计", "", "259.7"),
        ("", "平均", "86.6"),
        ("注：得分按四舍五入", "", ""),
        ("数据来源：通报", "", ""),
        ("", "", "259.7"),
    ],
)
def test_sums_and_remarks_below_a_table_are_refused_as_such(table: Ranking, below: tuple) -> None:
    import_ = planned(text_of([HEADINGS, *ROWS, below]), table)
    assert kinds(import_) == ["new", "new", "new", "refused"]
    assert len(import_.rows.get(kind="refused").problems) == 1


def test_a_file_with_headings_alone_is_refused(table: Ranking) -> None:
    from cityrank.exchange.importing import BadFile

    with pytest.raises(BadFile):
        planned(text_of([HEADINGS]), table)
    assert table.imports.get().state == "failed"
    assert table.imports.get().problem


def test_all_that_is_wrong_with_a_row_is_said_at_once(table: Ranking) -> None:
    import_ = planned(text_of([HEADINGS, ("erster", "乌有市", "viel")]), table)
    assert [problem["column"] for problem in import_.rows.get().problems] == ["A", "C", "B"]


def test_sources_of_refusal_do_not_hold_up_the_others(table: Ranking) -> None:
    done = imported(text_of([HEADINGS, ROWS[0], (2, "乌有市", "90")]), table)
    assert (done.new, done.refused, table.scores.count()) == (1, 1, 1)
    assert awards.edition().releases.get() == table.release
