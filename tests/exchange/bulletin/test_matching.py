"""A reading meets the database: what is sure is proposed, what is not is asked, and nothing is guessed."""

import pytest

from cityrank.exchange.bulletin.elements import Sure
from cityrank.exchange.bulletin.matching import Matched, match
from cityrank.registry.models import Alias
from tests.exchange.bulletin.builders import Bulletin
from tests.factories import awards, registry

pytestmark = pytest.mark.django_db

INFLUENCE = "2019年度中国最具影响力智慧城市"
TOWNS = "2019年度中国最佳管理实践智慧小镇50强"


def keys(matched: Matched) -> list[str]:
    return [question.key for question in matched.open_questions]


def choices(matched: Matched, key: str) -> list[str]:
    return next(question for question in matched.questions if question.key == key).allowed


def two_places_called_jilin() -> None:
    province = registry.place("220000", "吉林省", "province")
    registry.place("220200", "吉林市", "prefecture", province)


# --- lines ------------------------------------------------------------------------------------------------------------


def test_an_award_goes_on_a_line_of_the_bundled_edition_whatever_its_years() -> None:
    registry.hangzhou()
    matched = match(Bulletin().award(INFLUENCE, ["杭州"]).reading())

    assert matched.open_questions == []
    assert [award.line.slug for award in matched.awards] == ["most-influential"]
    assert matched.awards[0].title_en == "Most Influential Smart Cities of China, 2019"


def test_an_award_goes_on_the_line_of_an_earlier_edition_by_the_title_it_had_there() -> None:
    release = awards.empty_draft()
    place = registry.hangzhou()
    awards.award(
        awards.series(release), "greenest", [("杭州", place)], title_printed="2017-2018年度最绿智慧城市"
    )
    matched = match(Bulletin().award("2019年度最绿智慧城市", ["杭州"]).reading())

    assert [award.slug for award in matched.awards] == ["greenest"]
    assert matched.open_questions == []


def test_a_title_that_differs_in_its_number_is_asked_about_with_the_likely_line_suggested() -> None:
    registry.zone()
    reading = Bulletin().award("2019年度中国最佳管理实践智慧小镇60强", ["云栖小镇"]).reading()
    matched = match(reading)

    (question,) = matched.open_questions
    assert question.key == "line:中国最佳管理实践智慧小镇60强"
    assert question.default == "smart-small-towns-50"
    assert {"smart-small-towns-50", "smart-towns-25", "new", "drop"} <= set(question.allowed)
    answered = match(reading, {question.key: "smart-small-towns-50"})
    assert answered.open_questions == []
    assert answered.awards[0].slug == "smart-small-towns-50"


def test_an_unheard_of_award_becomes_a_new_line_only_when_somebody_says_so() -> None:
    registry.hangzhou()
    reading = Bulletin().award("2019年度量子奖", ["杭州"]).reading()

    assert keys(match(reading)) == ["line:量子奖"]
    answered = match(reading, {"line:量子奖": "new"})
    assert answered.open_questions == []
    assert answered.awards[0].line is None
    assert answered.awards[0].slug == "liang-zi-jiang"


def test_an_award_that_is_printed_twice_is_not_taken_twice_unasked() -> None:
    registry.hangzhou()
    reading = Bulletin().award(INFLUENCE, ["杭州"]).award(INFLUENCE, ["杭州"]).reading()
    matched = match(reading)

    assert keys(matched) == ["line:most-influential:2"]
    assert "most-influential" not in choices(matched, "line:most-influential:2")
    assert len(match(reading, {"line:most-influential:2": "drop"}).awards) == 1


def test_the_keys_of_questions_do_not_depend_on_what_the_database_holds() -> None:
    reading = Bulletin().award("2019年度量子奖", ["乌有"]).reading()
    before = keys(match(reading))
    release = awards.empty_draft()
    awards.award(awards.series(release), "quantum", title_printed="量子奖")

    assert keys(match(reading)) == ["place:量子奖:1:乌有"]
    assert before == ["line:量子奖", "place:量子奖:1:乌有"]


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_name_of_two_places_is_a_question_with_both_of_them() -> None:
    two_places_called_jilin()
    registry.hangzhou()
    reading = Bulletin().award(INFLUENCE, ["杭州", "吉林"]).reading()
    matched = match(reading)

    assert keys(matched) == ["place:most-influential:2:吉林"]
    assert choices(matched, "place:most-influential:2:吉林") == ["220000", "220200", "open", "drop"]
    answered = match(reading, {"place:most-influential:2:吉林": "220200"})
    assert [name.subject for name in answered.awards[0].names] == ["330100", "220200"]


def test_a_county_inside_the_city_does_not_make_the_name_of_the_city_ambiguous() -> None:
    hunan = registry.place("430000", "湖南省", "province")
    changsha = registry.place("430100", "长沙市", "prefecture", hunan)
    registry.place("430121", "长沙县", "county", changsha)
    (name,) = match(Bulletin().award(INFLUENCE, ["长沙"]).reading()).names

    assert (name.subject, name.question, name.sure) == ("430100", "", Sure.LIKELY)
    assert "长沙县" in name.reason


def test_a_district_elsewhere_makes_it_ambiguous_unless_the_city_is_a_capital() -> None:
    shaanxi = registry.place("610000", "陕西省", "province")
    xian = registry.place("610100", "西安市", "prefecture", shaanxi)
    jilin = registry.place("220000", "吉林省", "province")
    liaoyuan = registry.place("220400", "辽源市", "prefecture", jilin)
    registry.place("220403", "西安区", "county", liaoyuan)
    reading = Bulletin().award(INFLUENCE, ["西安"]).reading()

    assert keys(match(reading)) == ["place:most-influential:1:西安"]
    xian.tiers.create(tier="provincial_capital", from_year=1949)
    assert [name.subject for name in match(reading).names] == ["610100"]


def test_an_award_to_towns_looks_for_towns() -> None:
    registry.zone()
    registry.place("330109", "云栖区", "county", registry.hangzhou())
    (name,) = match(Bulletin().award(TOWNS, ["云栖小镇"]).reading()).names

    assert name.subject == "yunqi-xiaozhen"


def test_an_unknown_name_may_stay_open_or_be_answered_with_any_place_of_the_registry() -> None:
    registry.hangzhou()
    reading = Bulletin().award(INFLUENCE, ["乌有"]).reading()
    key = "place:most-influential:1:乌有"

    (question,) = match(reading).open_questions
    assert (question.key, question.default) == (key, "open")
    opened = match(reading, {key: "open"})
    assert (opened.open_questions, opened.names[0].subject) == ([], "")
    assert match(reading, {key: "330100"}).names[0].subject == "330100"
    assert keys(match(reading, {key: "999999"})) == [key]


def test_two_names_that_mean_one_place_are_asked_about() -> None:
    registry.hangzhou()
    reading = Bulletin().award(INFLUENCE, ["杭州", "杭州市"]).reading()
    key = "twice:most-influential:2:杭州市"

    assert keys(match(reading)) == [key]
    assert [name.dropped for name in match(reading, {key: "drop"}).names] == [False, True]
    kept = match(reading, {key: "open"}).names
    assert [name.subject for name in kept] == ["330100", ""]


# --- organisations ----------------------------------------------------------------------------------------------------


def test_a_known_organiser_is_found_by_any_of_its_names_without_a_question() -> None:
    registry.hangzhou()
    institute = registry.organisation("institute", "某某研究院")
    Alias.objects.create(subject=institute, text="某研", kind="short")
    matched = match(Bulletin().organiser("某研").award(INFLUENCE, ["杭州"]).reading())

    assert matched.open_questions == []
    assert matched.organisers[0].name.subject == "institute"


def test_an_unknown_organiser_is_created_only_when_somebody_says_so() -> None:
    registry.hangzhou()
    reading = Bulletin().organiser("新研究院").award(INFLUENCE, ["杭州"]).reading()

    assert keys(match(reading)) == ["organisation:新研究院"]
    answered = match(reading, {"organisation:新研究院": "create"})
    assert answered.organisers[0].name.creation.name == "新研究院"


def test_an_organisation_of_the_bundled_edition_is_offered_under_the_name_it_has_there() -> None:
    registry.hangzhou()
    reading = Bulletin().organiser("国衡智慧").award(INFLUENCE, ["杭州"]).reading()
    (question,) = match(reading).open_questions

    assert question.default == "guoheng-smart-city-institute"
    creation = match(reading, {question.key: question.default}).organisers[0].name.creation
    assert (creation.name, creation.slug) == ("国衡智慧城市科技研究院", "guoheng-smart-city-institute")


# --- counts, titles, citations ----------------------------------------------------------------------------------------


def test_a_list_that_misses_the_announced_number_is_asked_about() -> None:
    registry.zone()
    reading = Bulletin().award(TOWNS, ["云栖小镇"], expected=50).reading()

    assert keys(match(reading)) == ["count:smart-small-towns-50"]
    assert match(reading, {"count:smart-small-towns-50": "keep"}).awards[0].expected == 50
    assert match(reading, {"count:smart-small-towns-50": "counted"}).awards[0].expected == 1


def test_where_no_number_is_announced_as_many_are_expected_as_are_printed() -> None:
    registry.hangzhou()
    registry.wenzhou()

    assert match(Bulletin().award(INFLUENCE, ["杭州", "温州"]).reading()).awards[0].expected == 2


def test_an_award_without_citation_is_asked_about_and_may_share_one() -> None:
    registry.hangzhou()
    registry.wenzhou()
    creative = "2019年度中国最具创新力智慧城市"
    reading = Bulletin().award(INFLUENCE, ["杭州"], citation="").award(creative, ["温州"]).reading()
    key = "citation:most-influential"

    assert keys(match(reading)) == [key]
    assert match(reading, {key: "none"}).awards[0].citation == ""
    assert match(reading, {key: "citation-1"}).awards[0].citation == "citation-1"


def test_a_citation_that_belongs_to_no_award_is_asked_about() -> None:
    registry.hangzhou()
    reading = Bulletin().award(INFLUENCE, ["杭州"], citation="").citation("只有理由。").reading()
    answers = {"citation:most-influential": "none", "citation:of:只有理由。": "most-influential"}

    assert set(keys(match(reading))) == set(answers)
    assert match(reading, answers).awards[0].citation == "stray"


def test_names_without_any_title_are_asked_about() -> None:
    registry.hangzhou()
    reading = Bulletin().award("", ["杭州"], listed="").reading()
    answered = match(reading, {"title:杭州": "2019年度中国最具影响力智慧城市"})

    assert "title:杭州" in keys(match(reading))
    assert answered.awards[0].slug == "most-influential"
    assert match(reading, {"title:杭州": "drop"}).awards == []


def test_an_award_that_is_only_listed_is_asked_about() -> None:
    reading = Bulletin().award("", [], listed=INFLUENCE, citation="").reading()

    assert keys(match(reading))[0] == "winners:most-influential"
    assert match(reading, {"winners:most-influential": "drop"}).awards == []


# --- tables and averages ----------------------------------------------------------------------------------------------


def test_a_table_of_a_known_line_has_its_peer_group_and_looks_for_places_of_its_level() -> None:
    registry.xihu()
    registry.zone("xihu", "西湖", registry.hangzhou())
    matched = match(Bulletin().ranking("区县得分排名(前30强)", [("西湖", 1, "80.10")]).reading())

    assert (matched.open_questions, matched.names[0].subject) == ([], "330106")
    assert (matched.rankings[0].group.slug, matched.rankings[0].unit) == ("counties", "points")


def test_who_is_compared_in_a_new_table_is_asked() -> None:
    registry.hangzhou()
    reading = Bulletin().ranking("全球智慧城市百强", [("杭州", 1, "80.10")]).reading()
    matched = match(reading, {"line:全球智慧城市百强": "new"})

    assert keys(matched) == ["peers:全球智慧城市百强"]
    assert (
        match(reading, {"line:全球智慧城市百强": "new", "peers:全球智慧城市百强": "none"}).open_questions
        == []
    )


def test_an_average_of_no_known_table_is_asked_about() -> None:
    registry.hangzhou()
    reading = Bulletin().ranking("地市得分排名(前50强)").average("沿海城市", "70.00", of="").reading()
    key = "average:1:沿海城市"

    assert keys(match(reading)) == [key]
    assert match(reading, {key: "prefectures-50"}).averages[0].ranking == "prefectures-50"
    assert match(reading, {key: "none"}).averages[0].ranking == ""
    assert match(reading, {key: "drop"}).averages == []


# --- the edition ------------------------------------------------------------------------------------------------------


def test_an_edition_that_is_there_already_is_corrected_or_the_import_is_cancelled() -> None:
    awards.published_edition("2019")
    registry.hangzhou()
    reading = Bulletin().award(INFLUENCE, ["杭州"]).reading()

    assert keys(match(reading)) == ["edition:2019"]
    assert choices(match(reading), "edition:2019") == ["correct", "cancel"]
    assert match(reading, {"edition:2019": "cancel"}).edition.cancelled


def test_an_edition_in_preparation_can_only_be_left_alone() -> None:
    awards.empty_draft("2019")
    registry.hangzhou()

    matched = match(Bulletin().award(INFLUENCE, ["杭州"]).reading())
    assert choices(matched, "edition:2019") == ["cancel"]


def test_a_bulletin_without_years_is_asked_for_them() -> None:
    registry.hangzhou()
    reading = Bulletin(label="").award(INFLUENCE, ["杭州"]).reading()

    assert choices(match(reading), "edition") == ["2019"]
    assert match(reading, {"edition": "2018-2019"}).edition.years == [2018, 2019]
    assert keys(match(reading, {"edition": "2019-2018"})) == ["edition"]
