"""A place: its names, what it belongs to, and all it received."""

from tests.factories import awards, registry
from tests.pages.conftest import Reader


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
