"""A place: its names, what it belongs to, and all it received."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from tests.factories import awards, corrections, registry, scores
from tests.factories.records import city, publish
from tests.pages.conftest import Reader

# Of the page of a place with ranks and a former name.
COST = 25


def test_a_place_shows_names_code_level_and_what_it_belongs_to(read: Reader, db: None) -> None:
    registry.xihu()
    page = read("/places/330106/")
    assert "<h1>西湖区</h1>" in page
    assert '<span lang="en">Xihu</span>' in page
    assert "xi hu qu" in page
    assert "330106" in page
    assert page.index('href="/places/330000/">浙江省</a>') < page.index('href="/places/330100/">杭州市</a>')


def test_tiers_have_their_years(read: Reader, db: None) -> None:
    registry.municipality_tier(registry.beijing())
    assert "municipality under the central government (since 1949)" in read("/en/places/110000/")


def test_a_former_unit_and_the_one_after_it_name_each_other(read: Reader, db: None) -> None:
    registry.renamed_county()
    old, new = read("/en/places/410322/"), read("/en/places/410308/")
    chinese = '<span class="quiet" lang="zh-Hans">孟津区</span>'
    assert f'href="/en/places/410308/">Mengjin</a> {chinese} (changed in status, 2021)' in old
    assert "until March 17, 2021" in old
    assert 'href="/en/places/410322/">Mengjin</a>' in new


def test_former_units_stand_apart_from_those_of_today(read: Reader, db: None) -> None:
    registry.renamed_county()
    page = read("/en/places/410300/")
    assert page.index("/en/places/410308/") < page.index("Former units") < page.index("/en/places/410322/")


def test_awards_come_from_the_published_editions_with_the_printed_name(read: Reader, release: object) -> None:
    page = read("/en/places/330106101/")
    assert 'href="/en/editions/2017-2018/awards/award-1/"' in page
    assert '<span lang="zh-Hans">第1镇</span>' in page


def test_scores_show_rank_and_table(read: Reader, release: object) -> None:
    page = read("/places/339901/")
    assert 'href="/editions/2017-2018/rankings/cities-50/"' in page
    assert "90.00" in page


def test_winners_inside_are_found_at_any_depth(read: Reader, release: object) -> None:
    for above in ("330106", "330100", "330000", "cn"):
        assert 'href="/places/330106101/">第1镇</a>' in read(f"/places/{above}/")


def test_a_zone_that_somebody_has_just_entered_is_not_there(read: Reader, db: None) -> None:
    registry.zone("secret-zone", "绝密小镇", public=False)
    read("/places/secret-zone/", 404)
    assert "绝密小镇" not in read("/places/330106/")
    assert "绝密小镇" not in read("/search/?q=绝密")


def test_an_operator_that_no_release_names_stays_hidden(read: Reader, db: None) -> None:
    draft = awards.empty_draft()
    awards.award(awards.series(draft), winners=[("微信", registry.app())])
    awards.publish_unattended(draft, reason="第一版")
    page = read("/apps/wechat/")
    assert "微信" in page
    assert "腾讯" not in page


# --- The story of a place over the years ----------------------------------------------------------------------------


def test_the_page_begins_with_the_story_in_a_sentence(read: Reader, db: None) -> None:
    publish("2018-2019", [(city(1), "90"), (city(2), "80")], winners=[city(2)])
    page = read(f"/en/places/{city(2).slug}/")
    assert (
        f"received 1 award in 2018–2019. In 2018–2019 {city(2).english_name} has rank 2 of 2 in “Prefectures”."
        in page
    )


def test_a_place_that_received_nothing_says_so_in_a_sentence(read: Reader, db: None) -> None:
    publish("2018-2019", [(city(1), "90")])
    page = read("/en/places/330300/") if registry.wenzhou() else ""
    assert "No award and no rank in the published editions." in page
    assert "Ranks and scores" not in page


def test_where_tables_could_not_be_read_the_page_names_them(read: Reader, release: object) -> None:
    page = read("/en/places/330100/")
    assert "no rank in a table that could be read" in page
    assert 'href="/en/editions/2017-2018/rankings/picture/"' in page
    assert "rankings/picture/" not in read("/en/places/330106/")


def test_a_rank_comes_with_median_best_and_percentile(read: Reader, db: None) -> None:
    publish("2018-2019", [(city(1), "90.00"), (city(2), "80.50"), (city(3), "70.10"), (city(4), "60.00")])
    page = read(f"/en/places/{city(3).slug}/")
    assert "<strong>3</strong> <span> of 4 </span>" in page
    assert "<strong>−5.20</strong> <span>75.30</span>" in page
    assert "<strong>−19.90</strong> <span>90.00</span>" in page
    assert "<strong>37.5</strong>" in page


def test_of_a_table_that_is_cut_off_the_percentile_is_said_to_be_unknown(read: Reader, db: None) -> None:
    publish("2018-2019", [(city(1), "90"), (city(2), "80")], cutoff=2)
    page = read(f"/en/places/{city(2).slug}/")
    assert "among the first 2, which are printed" in page
    assert "The percentile is not known: only the first 2 are printed." in page


def test_the_years_stand_in_a_table_with_movement_in_words(read: Reader, db: None) -> None:
    publish("2017-2018", [(city(1), "90"), (city(2), "80")])
    publish("2018-2019", [(city(2), "95"), (city(1), "90")])
    page = read(f"/en/places/{city(2).slug}/")
    assert "Over the editions" in page
    assert "1 rank better" in page
    assert f'href="/en/editions/2018-2019/rankings/cities/rows/{city(2).slug}/"' in page


def test_where_years_do_not_compare_the_page_says_why_and_shows_no_movement(read: Reader, db: None) -> None:
    publish("2017-2018", [(city(1), "90"), (city(2), "80")])
    publish("2018-2019", [(city(2), "95"), (city(1), "90")], method_changed=True)
    page = read(f"/en/places/{city(2).slug}/")
    assert "Not compared with 2017–2018: The method changed in 2018–2019." in page
    assert "not comparable" in page
    assert "rank better" not in page


def test_an_edition_whose_table_does_not_hold_it_says_so(read: Reader, db: None) -> None:
    publish("2017-2018", [(city(1), "90"), (city(2), "80")])
    publish("2018-2019", [(city(1), "90")], cutoff=1)
    page = read(f"/en/places/{city(2).slug}/")
    assert "not among the first 1, which are printed" in page


def test_neighbours_lead_to_their_pages_and_to_the_comparison(read: Reader, db: None) -> None:
    publish("2018-2019", [(city(number), str(100 - number)) for number in range(1, 8)])
    page = read(f"/en/places/{city(4).slug}/")
    assert [f'href="/en/places/{city(n).slug}/"' in page for n in range(1, 8)] == [
        False,
        True,
        True,
        False,
        True,
        True,
        False,
    ]
    beside = "&".join(f"place={city(n).slug}" for n in (4, 2, 3, 5, 6))
    assert f"/en/compare/?{beside}" in page


def test_a_successor_shows_what_was_won_under_the_former_name_marked_as_such(read: Reader, db: None) -> None:
    old, new = registry.renamed_county()
    publish("2017-2018", [(city(1), "90"), (old, "80")], winners=[old])
    page = read(f"/en/places/{new.slug}/")
    assert 'href="/en/editions/2017-2018/awards/most-influential/"' in page
    assert '<span class="former"> as Mengjin </span>' in page
    assert "does not exist any more" in read(f"/en/places/{old.slug}/")
    assert "does not exist any more" not in page


def test_figures_name_their_release_and_are_marked_when_a_correction_changed_them(
    read: Reader, release: Release
) -> None:
    corrections.correct(release, score="88.80")
    page = read("/en/places/339901/")
    assert 'href="/en/editions/2017-2018/releases/2/"' in page
    assert "corrected by release 2" in page
    assert "<del>90.00</del>" in page
    assert "<ins>88.80</ins>" in page


def test_who_lost_an_award_by_a_correction_still_finds_it_told(read: Reader, release: Release) -> None:
    corrections.correct(release)
    page = read("/en/places/330106101/")
    assert "No award in the published editions." in page
    assert "<del>第1镇 (330106101)</del>" in page


def test_a_company_that_the_text_names_has_no_rank_that_nobody_printed(read: Reader, db: None) -> None:
    for label in ("2017-2018", "2018-2019"):
        draft = awards.empty_draft(label)
        group = scores.peer_group(draft, "companies")
        group.subject_kind, group.level = "organisation", ""
        group.save()
        fields = {"peer_group": group, "state": "not_transcribed", "cutoff": None}
        table = scores.ranking(awards.series(draft, 6), "companies", **fields)
        scores.score(table, 1, registry.organisation(), None, status="not_transcribed", printed_rank=None)
        awards.acknowledge_all(draft)
        awards.publish_unattended(draft, reason="第一版")
    page = read("/en/organisations/tencent/")
    assert "The source names Tengxun in “Scores of prefectures” of 2018–2019, without a rank." in page
    assert "none printed" in page
    assert "only the names that the text gives are known" in page
    assert "Over the editions" in page


def several_years(rows: int) -> None:
    """Publish three editions with `rows` rows and winners each, in the first of them under a former name."""
    old, new = registry.renamed_county()
    others = [(city(number), str(90 - number)) for number in range(1, rows)]
    for label, place in (("2018-2019", old), ("2019-2020", old), ("2022-2023", new)):
        publish(label, [(place, "95"), *others], winners=[place, *(row[0] for row in others)])


@pytest.mark.django_db
# A table of one row has no distribution to draw.
@pytest.mark.parametrize("rows", [3, 6])
def test_the_story_costs_as_many_queries_for_six_rows_as_for_three(client: Client, rows: int) -> None:
    several_years(rows)
    client.get("/en/places/410308/")  # draws the charts, which are kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/en/places/410308/").status_code == 200
    assert len(queries) == COST
