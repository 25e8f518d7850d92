"""Printed names and what they mean, on a small registry: the forms of a name, and what stands around it."""

import pytest

from cityrank.registry.models import Alias, Place
from cityrank.registry.resolver import How, Outcome, Resolution, resolve
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def slugs(resolution: Resolution) -> list[str]:
    return [candidate.slug for candidate in resolution.candidates]


def why(resolution: Resolution) -> str:
    return " ".join(str(candidate.why) for candidate in resolution.candidates)


# --- the name itself --------------------------------------------------------------------------------------------


def test_the_full_name_is_found() -> None:
    hangzhou = make.hangzhou()

    resolution = resolve("杭州市")

    assert resolution.outcome == Outcome.FOUND
    assert resolution.subject == hangzhou
    assert isinstance(resolution.subject, Place)
    assert resolution.how == (How.EXACT,)


def test_a_name_without_its_suffix_is_found() -> None:
    make.hangzhou()

    assert slugs(resolve("杭州")) == ["330100"]
    assert resolve("杭州").how == (How.SUFFIX_DROPPED,)


@pytest.mark.parametrize("printed", ["德宏州", "德宏自治州", "德宏"])
def test_the_long_name_of_an_autonomous_unit_may_be_shortened(printed: str) -> None:
    make.place("533100", "德宏傣族景颇族自治州", "prefecture")

    assert slugs(resolve(printed)) == ["533100"]


@pytest.mark.parametrize(
    ("name", "printed"), [("恭城瑶族自治县", "恭城县"), ("管城回族区", "管城区"), ("西坑畲族镇", "西坑镇")]
)
def test_peoples_may_be_left_out_of_a_name(name: str, printed: str) -> None:
    place = make.place("450332", name, "county")

    assert resolve(printed).subject_id == place.pk
    assert resolve(printed).how == (How.SUFFIX_SHORTENED,)


def test_another_name_on_record_is_found() -> None:
    zone = make.zone()
    Alias.objects.create(subject=zone, text="西湖云栖小镇")

    assert resolve("西湖云栖小镇").subject_id == zone.pk
    assert resolve("西湖云栖小镇").how == (How.ALIAS,)


def test_a_suffix_may_be_added_to_a_short_name_that_is_on_record() -> None:
    place = make.place("150000", "内蒙古自治区", "province")
    Alias.objects.create(subject=place, text="内蒙", kind=Alias.Kind.SHORT)

    assert resolve("内蒙自治区").how == (How.SUFFIX_ADDED,)
    assert resolve("内蒙省").outcome == Outcome.UNKNOWN


def test_a_suffix_may_be_added_to_a_zone_but_not_to_a_country() -> None:
    make.zone("hexi-xincheng", "河西新城")

    assert resolve("河西新城区").how == (How.SUFFIX_ADDED,)
    assert resolve("中国镇").outcome == Outcome.UNKNOWN


def test_another_suffix_is_another_name() -> None:
    make.hangzhou()

    resolution = resolve("杭州县")

    assert resolution.outcome == Outcome.UNKNOWN
    assert resolution.subject is None
    assert slugs(resolution) == ["330100"]
    assert resolution.candidates[0].how == (How.SUFFIX_DIFFERS,)


@pytest.mark.parametrize("printed", ["Hangzhou", "HANGZHOU", " hangzhou "])
def test_the_english_name_is_found_in_any_case(printed: str) -> None:
    hangzhou = make.hangzhou()

    assert resolve(printed).subject_id == hangzhou.pk
    assert resolve(printed).how == (How.ENGLISH,)


@pytest.mark.parametrize(
    "printed", ["", "  ", "市", "()", "？", "杭" * 500, "杭州市杭州市", "%", "'", "\x00", "\ud800"]
)
def test_what_is_no_name_is_unknown(printed: str) -> None:
    make.hangzhou()

    assert resolve(printed).outcome == Outcome.UNKNOWN


# --- the places above it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        "浙江省杭州市西湖区三墩镇",
        "浙江杭州西湖三墩镇",
        "浙江省西湖区三墩镇",
        "杭州市三墩镇",
        "西湖三墩",
        "中国浙江省杭州市西湖区三墩镇",
        "浙江省 杭州市　西湖区 三墩镇",
        "浙江省/杭州市/西湖区/三墩镇",
        "浙江省-杭州市-三墩镇",
    ],
)
def test_places_above_may_stand_in_front_full_or_short_and_any_left_out(printed: str) -> None:
    town = make.town()

    resolution = resolve(printed)

    assert resolution.subject_id == town.pk
    assert How.THROUGH_PARENTS in resolution.how


@pytest.mark.parametrize("printed", ["江苏省三墩镇", "西湖区杭州市三墩镇", "浙江省某市三墩镇"])
def test_a_place_elsewhere_or_places_in_the_wrong_order_in_front_are_not_passed_over(printed: str) -> None:
    make.town()

    resolution = resolve(printed)

    assert resolution.outcome == Outcome.UNKNOWN
    assert "330106109" in slugs(resolution)


def test_rows_of_official_lists_that_are_no_places_are_passed_over() -> None:
    district = make.place("110105", "朝阳区", "county", make.beijing())

    assert resolve("北京市市辖区朝阳区").subject_id == district.pk


def test_a_place_above_may_be_printed_under_the_name_it_had() -> None:
    _old, new = make.renamed_county()
    town = make.place("410308101", "会盟镇", "township", new)

    resolution = resolve("河南省洛阳市孟津县会盟镇")

    assert resolution.subject_id == town.pk
    assert How.FORMER_PARENTS in resolution.how


# --- brackets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["云栖小镇(西湖区)", "云栖小镇（西湖区）", "杭州云栖小镇 【杭州西湖】"])
def test_words_in_brackets_confirm_where_it_lies(printed: str) -> None:
    zone = make.zone()

    assert resolve(printed).subject_id == zone.pk
    assert How.BRACKETS in resolve(printed).how


def test_words_in_brackets_tell_places_of_one_name_apart() -> None:
    jiangsu, fujian = make.place("320000", "江苏省", "province"), make.place("350000", "福建省", "province")
    make.place("320106", "鼓楼区", "county", make.place("320100", "南京市", "prefecture", jiangsu))
    make.place("350102", "鼓楼区", "county", make.place("350100", "福州市", "prefecture", fujian))

    assert slugs(resolve("鼓楼区(南京)")) == ["320106"]
    assert resolve("鼓楼区").outcome == Outcome.AMBIGUOUS


def test_words_in_brackets_that_contradict_the_name_leave_it_unknown(english: None) -> None:
    make.zone()
    make.beijing()

    resolution = resolve("云栖小镇(北京)")

    assert resolution.outcome == Outcome.UNKNOWN
    assert "yunqi-xiaozhen" in slugs(resolution)
    assert "brackets" in why(resolution)


def test_a_name_that_has_brackets_itself_is_found() -> None:
    company = make.organisation("acme", "某某（中国）有限公司")

    assert resolve("某某(中国)有限公司", kind="organisation").subject_id == company.pk


# --- several, and none ------------------------------------------------------------------------------------------


def test_a_bare_name_held_by_several_places_is_ambiguous(english: None) -> None:
    make.place("220200", "吉林市", "prefecture", make.place("220000", "吉林省", "province"))

    resolution = resolve("吉林")

    assert resolution.outcome == Outcome.AMBIGUOUS
    assert resolution.subject is None
    assert resolution.subject_id is None
    assert slugs(resolution) == ["220000", "220200"]
    assert "2 places" in str(resolution.reason)


def test_the_expected_level_decides_between_places_of_one_name() -> None:
    make.place("220200", "吉林市", "prefecture", make.place("220000", "吉林省", "province"))

    assert slugs(resolve("吉林", levels={"province"})) == ["220000"]
    assert slugs(resolve("吉林", levels={"prefecture"})) == ["220200"]


def test_a_place_of_another_level_than_expected_is_listed_and_not_chosen(english: None) -> None:
    make.beijing()

    resolution = resolve("北京", levels={"prefecture"})

    assert resolution.outcome == Outcome.UNKNOWN
    assert slugs(resolution) == ["110000"]
    assert "level" in why(resolution)


def test_the_place_it_lies_in_decides_between_places_of_one_name() -> None:
    beijing, jilin = make.beijing(), make.place("220000", "吉林省", "province")
    district = make.place("110105", "朝阳区", "county", beijing)
    make.place("220104", "朝阳区", "county", jilin)

    assert resolve("朝阳区").outcome == Outcome.AMBIGUOUS
    assert resolve("朝阳区", within=beijing).subject_id == district.pk
    assert resolve("朝阳区", within=make.zhejiang()).outcome == Outcome.UNKNOWN


def test_a_short_name_is_the_city_and_not_a_street_called_after_it() -> None:
    make.place("440104002", "北京街道", "township", make.place("440000", "广东省", "province"))
    beijing = make.beijing()

    resolution = resolve("北京")

    assert resolution.subject_id == beijing.pk
    assert slugs(resolution) == ["110000", "440104002"]


def test_of_many_candidates_twenty_are_listed_and_all_are_counted(english: None) -> None:
    province = make.zhejiang()
    for number in range(30):
        make.place(f"3301{number:02}100", "城关镇", "township", province)

    resolution = resolve("城关镇")

    assert (len(resolution.candidates), resolution.total) == (20, 30)
    assert "30 places" in str(resolution.reason)


def test_words_behind_a_name_are_not_dropped_to_yield_the_enclosing_town(english: None) -> None:
    jiaxing = make.place("330400", "嘉兴市", "prefecture", make.zhejiang())
    town = make.place("330483100", "乌镇镇", "township", jiaxing)

    resolution = resolve("浙江嘉兴乌镇互联网小镇")

    assert resolution.outcome == Outcome.UNKNOWN
    assert slugs(resolution) == ["330483100"]
    assert "not all of the text" in why(resolution)
    zone = make.zone("wuzhen", "乌镇互联网小镇", town)
    assert resolve("浙江嘉兴乌镇互联网小镇").subject_id == zone.pk


def test_an_old_town_is_offered_as_the_town_of_that_name_and_not_chosen() -> None:
    town = make.town("330106110", "洛带镇")

    assert resolve("杭州市洛带古镇").outcome == Outcome.UNKNOWN
    assert slugs(resolve("杭州市洛带古镇")) == ["330106110"]
    Alias.objects.create(subject=town, text="洛带古镇")
    assert resolve("杭州市洛带古镇").subject_id == town.pk
