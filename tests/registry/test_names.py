"""Stems and romanised names: what is left of a name without its administrative suffix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.registry.names import ADMINISTRATIVE_SUFFIXES, romanise, stem, suffix_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("杭州市", "杭州"),
        ("浙江省", "浙江"),
        ("西湖区", "西湖"),
        ("朱家角镇", "朱家角"),
        ("转塘街道", "转塘"),
        ("乌镇镇", "乌镇"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("阿里地区", "阿里"),
        ("浦东新区", "浦东"),
        ("神农架林区", "神农架"),
        ("香港特别行政区", "香港"),
    ],
)
def test_the_stem_is_the_name_without_its_suffix(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("广西壮族自治区", "广西"),
        ("恭城瑶族自治县", "恭城"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("前郭尔罗斯蒙古族自治县", "前郭尔罗斯"),
        ("龙胜各族自治县", "龙胜"),
        ("管城回族区", "管城"),
        ("西坑畲族镇", "西坑"),
        ("得力其尔鄂温克民族乡", "得力其尔"),
    ],
)
def test_peoples_are_no_part_of_the_stem(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("东乡镇", "东乡"),
        ("保安镇", "保安"),
    ],
)
def test_a_people_alone_is_the_name(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.parametrize("name", ["和县", "城区", "矿区", "杭州", "郑州", "省"])
def test_a_name_that_would_lose_too_much_is_its_own_stem(name: str) -> None:
    assert stem(name) == name


@pytest.mark.parametrize(
    "name",
    ["云栖小镇", "乌镇互联网小镇", "北京丽泽金融商务区", "漕河泾开发区", "苏州工业园区", "北京中粮生态谷"],
)
def test_a_name_that_ends_in_a_word_is_its_own_stem(name: str) -> None:
    assert stem(name) == name


@pytest.mark.parametrize(
    ("name", "expected"), [("中小镇", "中小"), ("民族街道", "民族"), ("胡族铺镇", "胡族铺")]
)
def test_a_name_that_only_looks_like_such_a_word_keeps_its_stem(name: str, expected: str) -> None:
    assert stem(name) == expected


@given(st.text(alphabet="甲乙丙丁", min_size=2, max_size=4), st.sampled_from(ADMINISTRATIVE_SUFFIXES))
def test_every_suffix_is_taken_off_and_told(name: str, suffix: str) -> None:
    assert stem(name + suffix) == name
    assert suffix_of(name + suffix) == suffix


@given(st.text(alphabet="东回蒙古族自治区县州市镇小新", max_size=8))
def test_a_stem_is_a_beginning_of_the_name_and_never_shorter_than_two_characters(name: str) -> None:
    assert name.startswith(stem(name))
    assert len(stem(name)) >= min(2, len(name))


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("杭州市", "prefecture", "Hangzhou"),
        ("六安市", "prefecture", "Lu'an"),
        ("朱家角镇", "township", "Zhujiajiao"),
        ("恭城瑶族自治县", "county", "Gongcheng"),
        ("东乡族自治县", "county", "Dongxiang"),
        ("和县", "county", "Hexian"),
        ("云栖小镇", "zone", "Yunqixiaozhen"),
    ],
)
def test_a_name_in_latin_letters_is_the_stem_in_one_word(name: str, level: str, expected: str) -> None:
    assert romanise(name, level=level) == expected
