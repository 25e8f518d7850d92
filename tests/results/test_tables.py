"""What stands on the page of a table: movement, ties, order, and only the rows that were asked for."""

from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from django.utils import translation

from awards.models import Release
from cityrank.publishing.gate import Gate, open_gate
from cityrank.registry.models import Alias, PlaceTier
from cityrank.results.comparability import gate_before
from cityrank.results.table_wish import SORTS, asked_in
from cityrank.results.tables import Table, page_of_row, table_of
from scores.models import Band, Ranking
from tests.factories import awards, corrections, registry
from tests.results import ranked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def asked(table: Ranking, query: str = "", earlier: Gate | None = None) -> Table:
    gate = Gate(Release.objects.filter(pk=table.release_id))
    return table_of(gate, table, asked_in(QueryDict(query)), earlier)


def names(table: Table) -> list[str]:
    return [row.name for row in table.rows]


def moved(table: Table) -> dict[str, tuple[str, int, int | None]]:
    return {row.name: (row.moved, row.places, row.previous) for row in table.rows}


# --- Movement -------------------------------------------------------------------------------------------------------


def test_a_row_shows_its_rank_before_and_how_far_it_moved() -> None:
    hangzhou, wenzhou, taizhou = ranked.three()
    ranked.published_table("2017-2018", [(hangzhou, "90"), (wenzhou, "80"), (taizhou, "70")])
    now = ranked.published_table("2018-2019", [(wenzhou, "91"), (hangzhou, "81"), (taizhou, "71")])
    assert moved(asked(now)) == {
        "Wenzhou": ("up", 1, 2),
        "Hangzhou": ("down", 1, 1),
        "Taizhou": ("same", 0, 3),
    }


def test_who_was_not_in_the_table_before_is_new() -> None:
    hangzhou, wenzhou, _taizhou = ranked.three()
    ranked.published_table("2017-2018", [(hangzhou, "90")])
    now = ranked.published_table("2018-2019", [(hangzhou, "91"), (wenzhou, "81")])
    assert moved(asked(now))["Wenzhou"] == ("new", 0, None)


def test_of_who_stands_below_the_end_of_the_table_before_nothing_is_said() -> None:
    hangzhou, wenzhou, _taizhou = ranked.three()
    ranked.published_table("2017-2018", [(hangzhou, "90")], cutoff=1)
    now = ranked.published_table("2018-2019", [(hangzhou, "91"), (wenzhou, "81")], cutoff=2)
    table = asked(now)
    assert moved(table)["Wenzhou"] == ("", 0, None)
    assert table.comparability is not None
    assert "compare down to rank 1." in table.comparability.caveats[0]


def test_of_who_is_absent_from_a_partly_transcribed_table_nothing_is_said() -> None:
    hangzhou, wenzhou, _taizhou = ranked.three()
    ranked.published_table("2017-2018", [(hangzhou, "90")], state="partial")
    now = ranked.published_table("2018-2019", [(hangzhou, "91"), (wenzhou, "81")])
    assert moved(asked(now)) == {"Hangzhou": ("same", 0, 1), "Wenzhou": ("", 0, None)}


def test_where_the_years_do_not_compare_no_movement_is_shown_and_none_can_be_sorted_by() -> None:
    hangzhou, wenzhou, _taizhou = ranked.three()
    ranked.published_table("2017-2018", [(hangzhou, "90"), (wenzhou, "80")])
    now = ranked.published_table("2018-2019", [(wenzhou, "91"), (hangzhou, "81")], method_changed=True)
    table = asked(now, "sort=-move")
    assert not table.compares
    assert {one.moved for one in table.rows} == {""}
    assert "move" not in table.options.columns
    assert table.notices == ["Movement is not known in this table; it is sorted by rank."]


def test_a_county_that_was_renamed_keeps_its_rank_before() -> None:
    old, new = registry.renamed_county()
    ranked.published_table("2017-2018", [(registry.hangzhou(), "90"), (old, "80")])
    now = ranked.published_table("2018-2019", [(new, "91"), (registry.hangzhou(), "81")])
    found = next(one for one in asked(now).rows if one.slug == new.slug)
    assert (found.moved, found.places, found.previous) == ("up", 1, 2)


def test_the_first_edition_of_a_ranking_has_nothing_to_compare_with() -> None:
    table = asked(ranked.published_table("2017-2018", [(registry.hangzhou(), "90")]))
    assert (table.before, table.comparability, table.compares) == (None, None, False)
    assert table.columns == ("score",)


def test_a_later_correction_of_the_edition_before_does_not_reach_a_frozen_page() -> None:
    first = awards.published_edition("2017-2018", rows=2)
    awards.published_edition("2018-2019", rows=2)
    corrections.correct(first, score="10.00")
    now = ranked.read(Ranking.objects.get(slug="cities-50", release__edition__label="2018-2019"))
    today, then = asked(now, earlier=open_gate()), asked(now, earlier=gate_before(now.release))
    assert today.before is not None
    assert then.before is not None
    assert (today.before.release.number, then.before.release.number) == (2, 1)


def test_who_has_no_english_name_is_romanised_as_on_its_own_page() -> None:
    others = [registry.organisation("zhongguo-yidong", "中国移动"), registry.zone(), registry.xihu()]
    made = ranked.draft_table("2017-2018", [(one, "90") for one in others], peer_group=None)
    assert names(asked(ranked.read(made))) == [one.name for one in others]


# --- Ties, order and what is missing ------------------------------------------------------------------------------


def test_a_shared_rank_is_marked_on_each_that_has_it() -> None:
    hangzhou, wenzhou, taizhou = ranked.three()
    table = asked(ranked.published_table("2017-2018", [(hangzhou, "90"), (wenzhou, "90"), (taizhou, "70")]))
    assert [(one.rank, one.is_tied) for one in table.rows] == [(1, True), (1, True), (3, False)]


def test_every_order_has_all_rows_and_what_is_missing_comes_last() -> None:
    hangzhou, wenzhou, taizhou = ranked.three()
    rows = [(taizhou, ""), (hangzhou, "90"), (wenzhou, "80")]
    ranked.published_table("2017-2018", rows, state="partial")
    made = ranked.published_table("2018-2019", rows, state="partial")
    tables = {sort: asked(made, f"sort={sort}") for name in SORTS for sort in (name, f"-{name}")}
    assert names(tables.pop("name")) == ["Hangzhou", "Taizhou", "Wenzhou"]
    assert names(tables.pop("-name")) == ["Wenzhou", "Taizhou", "Hangzhou"]
    for table in tables.values():
        assert set(names(table)[:2]) == {"Hangzhou", "Wenzhou"}
        assert (table.rows[2].name, table.rows[2].status_label, table.rows[2].score) == (
            "Taizhou",
            "missing",
            "",
        )


def test_chinese_names_are_sorted_by_their_sound() -> None:
    hangzhou, wenzhou, taizhou = ranked.three()
    made = ranked.published_table("2017-2018", [(wenzhou, "90"), (taizhou, "80"), (hangzhou, "70")])
    with translation.override("zh-hans"):
        assert names(asked(made, "sort=name")) == ["杭州市", "台州市", "温州市"]


def test_movement_sorts_those_who_rose_most_first_and_the_new_last() -> None:
    hangzhou, wenzhou, taizhou = ranked.three()
    ranked.published_table("2017-2018", [(hangzhou, "90"), (wenzhou, "80")])
    rows = [(taizhou, "95"), (wenzhou, "91"), (hangzhou, "81")]
    now = ranked.published_table("2018-2019", rows)
    assert names(asked(now, "sort=-move")) == ["Wenzhou", "Hangzhou", "Taizhou"]
    assert names(asked(now, "sort=move")) == ["Hangzhou", "Wenzhou", "Taizhou"]


def test_a_computed_rank_of_a_part_of_a_table_is_no_rank() -> None:
    made = ranked.draft_table("2017-2018", [(registry.hangzhou(), "90")], state="partial")
    made.scores.update(printed_rank=None, computed_rank=1)
    ranked.publish(made.release)
    assert asked(ranked.read(made)).rows[0].rank is None


# --- Narrowing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cities() -> Ranking:
    hangzhou, wenzhou, taizhou = ranked.three()
    guangzhou = ranked.guangzhou()
    PlaceTier.objects.create(place=hangzhou, tier="sub_provincial", from_year=1994)
    PlaceTier.objects.create(place=wenzhou, tier="pilot", from_year=2012, to_year=2016)
    Alias.objects.create(subject=wenzhou, text="鹿城")
    rows = [(guangzhou, "95"), (hangzhou, "90"), (wenzhou, "80"), (taizhou, "70")]
    made = ranked.draft_table("2017-2018", rows)
    band = Band.objects.create(ranking=made, position=1, label_zh="领先", label_en="Leading", last_rank=2)
    made.scores.filter(position__lte=2).update(band=band)
    ranked.publish(made.release)
    return ranked.read(made)


FOUND = {
    "province=330000": ["Hangzhou", "Wenzhou", "Taizhou"],
    "province=440000": ["Guangzhou"],
    "tier=sub_provincial": ["Hangzhou"],
    "band=1": ["Guangzhou", "Hangzhou"],
    "band=1&province=330000": ["Hangzhou"],
    "q=杭州": ["Hangzhou"],
    "q=hangzhou": ["Hangzhou"],
    "q=hang zhou": ["Hangzhou"],
    "q=Hángzhōu": ["Hangzhou"],
    "q=hang2zhou1": ["Hangzhou"],
    "q=hz": ["Hangzhou"],
    "q=HZ": ["Hangzhou"],
    "q=廣州": ["Guangzhou"],
    "q=溫": ["Wenzhou"],
    "q=鹿城": ["Wenzhou"],
    "q=zhoushi": ["Guangzhou", "Hangzhou", "Wenzhou", "Taizhou"],
    "q=angzhou": ["Guangzhou", "Hangzhou"],
    "q=xyz": [],
    "q=%": [],
    "q=wz&province=440000": [],
}


def test_a_table_is_narrowed_by_province_tier_band_and_text(cities: Ranking) -> None:
    tables = {query: asked(cities, query) for query in FOUND}
    assert {query: names(table) for query, table in tables.items()} == FOUND
    assert all(not table.notices and table.found == len(table.rows) for table in tables.values())


def test_choices_are_what_occurs_in_the_table_with_how_often(cities: Ranking) -> None:
    options = asked(cities).options
    provinces = [(one.value, one.label, one.count) for one in options.provinces]
    assert provinces == [("330000", "Zhejiang", 3), ("440000", "Guangdong", 1)]
    # Wenzhou was a pilot no more when the edition ended.
    assert [(one.value, one.count) for one in options.tiers] == [("sub_provincial", 1)]
    assert [(one.value, one.label, one.count) for one in options.bands] == [("1", "Leading", 2)]


def test_how_many_rows_there_are_is_said_in_words(cities: Ranking) -> None:
    assert asked(cities).counted == "4 rows"
    assert asked(cities, "q=hz").counted == "1 of 4 rows"


def test_a_table_of_provinces_cannot_be_narrowed_by_province() -> None:
    table = asked(
        ranked.published_table("2017-2018", [(registry.zhejiang(), "90"), (registry.beijing(), "80")])
    )
    assert table.options.provinces == []
    assert "province" not in table.options.columns


# --- What is not there ----------------------------------------------------------------------------------------------


SENTENCES = {
    "province=999": "No province “999” stands in this table; all provinces are shown.",
    "tier=pilot": "No tier “pilot” occurs in this table; all tiers are shown.",
    "band=9": "This table has no band “9”; all bands are shown.",
    "sort=colour": "A table cannot be sorted by “colour”; it is sorted by rank.",
    "sort=--rank": "A table cannot be sorted by “--rank”; it is sorted by rank.",
    "columns=colour": "There is no column “colour”.",
    "columns=previous": "This table has nothing to show in the column “previous”.",
    "rows=some": "“rows” can only be “all”; the rows are shown page by page.",
    "page=first": "There is no page “first”; this is the first one.",
    "page=0": "There is no page “0”; this is the first one.",
    "page=²": "There is no page “²”; this is the first one.",
    "page=7": "There is no page 7; this is the last one.",
}


def test_what_is_not_there_is_answered_by_a_sentence_and_the_whole_table(cities: Ranking) -> None:
    tables = {query: asked(cities, query) for query in SENTENCES}
    assert {query: table.notices for query, table in tables.items()} == {
        query: [sentence] for query, sentence in SENTENCES.items()
    }
    assert all(len(table.rows) == 4 and table.wish.query() == "" for table in tables.values())


def test_columns_are_those_that_were_chosen_in_the_order_of_the_table(cities: Ranking) -> None:
    assert asked(cities).columns == ("score", "band")
    assert asked(cities, "columns=tier,score").columns == ("score", "tier")
    assert asked(cities, "columns=province&columns=name").columns == ("province",)
    assert asked(cities, "columns=name").columns == ()


# --- Pages ----------------------------------------------------------------------------------------------------------


def test_fifty_rows_make_a_page_and_all_rows_can_be_had() -> None:
    made = ranked.published_table(
        "2017-2018", [(city, str(99 - n)) for n, city in enumerate(ranked.many(52))]
    )
    first, second, whole = asked(made), asked(made, "page=2"), asked(made, "rows=all")
    assert (len(first.rows), first.first, first.last, first.pages) == (50, 1, 50, 2)
    assert [one.rank for one in second.rows] == [51, 52]
    assert (second.first, second.last) == (51, 52)
    assert (len(whole.rows), whole.pages) == (52, 1)
    gate = Gate(Release.objects.filter(pk=made.release_id))
    assert page_of_row(gate, made, "332052") == (2, "row-332052")
    assert page_of_row(gate, made, "332001") == (1, "row-332001")
    assert page_of_row(gate, made, "330100") is None


def test_addresses_are_canonical_and_leave_out_what_is_the_default(cities: Ranking) -> None:
    table = asked(cities, "page=1&columns=band,score&sort=-name&q=+h&tier=&province=330000")
    assert table.wish.query() == "q=h&province=330000&sort=-name"
    assert parse_qsl(table.wish.query(sort="rank", q="")) == [("province", "330000")]
