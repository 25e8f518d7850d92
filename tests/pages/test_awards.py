"""An award: winners as printed, why, and what the bulletin says twice."""

from cityrank.publishing.structure import merge_awards
from tests.factories import awards, registry
from tests.pages.conftest import Reader

AWARD = "/en/editions/2017-2018/awards/most-influential/"


def published(**fields: object) -> None:
    draft = awards.empty_draft()
    winners = [("北京", registry.beijing()), ("杭州", registry.hangzhou())]
    awards.award(awards.series(draft), winners=winners, citation=awards.citation(draft), **fields)
    awards.publish_unattended(draft, reason="第一版")


def test_winners_stand_in_printed_order_with_their_place_and_path(read: Reader, db: None) -> None:
    published()
    page = read(AWARD.removeprefix("/en"))
    assert page.index(">北京</a>") < page.index(">杭州</a>")
    assert 'href="/places/330100/">杭州</a>' in page
    assert "浙江省杭州市" in page


def test_the_order_is_said_not_to_be_a_rank(read: Reader, db: None) -> None:
    published()
    assert "That order is not a rank." in read(AWARD)


def test_a_summary_is_marked_as_our_own_words(read: Reader, db: None) -> None:
    published()
    page = read(AWARD)
    assert "Why, in our words." in page
    assert "summary in our own words" in page


def test_awards_that_share_a_citation_name_each_other(read: Reader, db: None) -> None:
    draft = awards.empty_draft()
    shared = awards.citation(draft)
    for slug in ("towns-25", "towns-50"):
        awards.award(
            awards.series(draft), slug, [("北京", registry.beijing())], citation=shared, title_en=slug
        )
    awards.award(awards.series(draft), "alone", [("北京", registry.beijing())], title_en="Alone")
    awards.publish_unattended(draft, reason="第一版")

    page = read("/en/editions/2017-2018/awards/towns-25/")
    assert "The bulletin gives one text for this award and:" in page
    assert page.count('href="/en/editions/2017-2018/awards/towns-50/"') == 2
    assert "The bulletin gives one text" not in read("/en/editions/2017-2018/awards/alone/")


def test_two_titles_and_two_periods_are_both_shown(read: Reader, db: None) -> None:
    published(
        title_listed="2018年度最具影响力", title_printed="2018-2019年度最具影响力",
        period_listed="2018年度", period_printed="2018-2019年度",
    )  # fmt: skip
    page = read(AWARD)
    assert "The bulletin names it in two ways" in page
    assert " 2018年度最具影响力 " in page
    assert '<span lang="zh-Hans">2018年度</span> in the list' in page


def test_nothing_is_said_about_titles_that_agree(read: Reader, db: None) -> None:
    published()
    assert "The bulletin names it in two ways" not in read(AWARD)


def test_a_list_shorter_than_announced_is_pointed_out(read: Reader, db: None) -> None:
    published(expected_count=3)
    assert "The award announces 3 winners; 2 are listed." in read(AWARD)


def test_the_same_award_of_other_editions_is_linked_with_its_winners(read: Reader, db: None) -> None:
    published()
    later = awards.empty_draft("2018-2019")
    awards.award(awards.series(later), winners=[("台州", registry.taizhou())])
    awards.publish_unattended(later, reason="第一版")
    page = read(AWARD)
    assert 'href="/en/editions/2018-2019/awards/most-influential/"' in page
    assert ">Taizhou</a>" in page


def test_years_connect_over_a_merger_once_it_is_public(read: Reader, db: None) -> None:
    first = awards.empty_draft()
    for slug, title in (("kept", "Kept"), ("given-up", "Given up")):
        awards.award(awards.series(first), slug, [("北京", registry.beijing())], title_en=title)
    awards.publish_unattended(first, reason="第一版")
    later = awards.empty_draft("2018-2019")
    for slug in ("kept", "given-up"):
        awards.award(awards.series(later), slug, [(slug, registry.zone(f"{slug}-2018", slug))], title_en=slug)
    former, following = "/en/editions/2017-2018/awards/{}/", "/en/editions/2018-2019/awards/kept/"
    before = [read(former.format(slug)) for slug in ("kept", "given-up")]
    kept, given_up = later.awards.order_by("position")
    merge_awards(given_up, kept)
    assert [read(former.format(slug)) for slug in ("kept", "given-up")] == before  # a draft tells nothing

    awards.publish_unattended(later, reason="第一版")
    other_years = "The same award in other editions"
    of_given_up = read(former.format("given-up")).split(other_years)[1]
    assert f'href="{following}"' in of_given_up
    assert former.format("kept") not in of_given_up  # they were two awards then
    for slug in ("kept", "given-up"):
        assert f'href="{former.format(slug)}"' in read(following).split(other_years)[1]
