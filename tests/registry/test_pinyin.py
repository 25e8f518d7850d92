"""Readings of place names: the ones general Chinese gets wrong, and the keys made of readings."""

import csv

import pytest

from cityrank.registry.names import romanise, stem
from cityrank.registry.pinyin import OVERRIDES, initials, search_key, syllables


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("杭州市", "hang zhou shi"),
        ("台州市", "tai zhou shi"),
        ("丽水市", "li shui shi"),
        ("六安市", "lu an shi"),
        ("重庆市", "chong qing shi"),
        ("番禺区", "pan yu qu"),
        ("铅山县", "yan shan xian"),
        ("乐清市", "yue qing shi"),
        ("乐亭县", "lao ting xian"),
        ("乐陵市", "lao ling shi"),
        ("蚌埠市", "beng bu shi"),
        ("六合区", "lu he qu"),
        ("浚县", "xun xian"),
        ("涡阳县", "guo yang xian"),
        ("亳州市", "bo zhou shi"),
        ("东阿县", "dong e xian"),
        ("阿克苏地区", "a ke su di qu"),
        ("尉犁县", "yu li xian"),
        ("尉氏县", "wei shi xian"),
        ("蔚县", "yu xian"),
        ("单县", "shan xian"),
        ("莘县", "shen xian"),
        ("莘庄镇", "xin zhuang zhen"),
        ("盱眙县", "xu yi xian"),
        ("闽侯县", "min hou xian"),
        ("大埔县", "da bu xian"),
        ("枞阳县", "zong yang xian"),
        ("洪洞县", "hong tong xian"),
        ("繁峙县", "fan shi xian"),
        ("隰县", "xi xian"),
        ("长子县", "zhang zi xian"),
        ("长春市", "chang chun shi"),
        ("任丘市", "ren qiu shi"),
        ("朝阳市", "chao yang shi"),
        ("厦门市", "xia men shi"),
        ("歙县", "she xian"),
        ("黟县", "yi xian"),
        ("泌阳县", "bi yang xian"),
        ("桐柏县", "tong bai xian"),
        ("涪陵区", "fu ling qu"),
        ("綦江区", "qi jiang qu"),
        ("珙县", "gong xian"),
        ("筠连县", "jun lian xian"),
        ("会泽县", "hui ze xian"),
        ("会稽山", "kuai ji shan"),
        ("中牟县", "zhong mu xian"),
        ("荥阳市", "xing yang shi"),
        ("荥经县", "ying jing xian"),
        ("郫都区", "pi du qu"),
        ("犍为县", "qian wei xian"),
        ("峨边彝族自治县", "e bian yi zu zi zhi xian"),
        ("巴彦淖尔市", "ba yan nao er shi"),
        ("呼和浩特市", "hu he hao te shi"),
        ("扎赉特旗", "zha lai te qi"),
        ("喀什地区", "ka shi di qu"),
        ("曾都区", "zeng du qu"),
        ("瓦房店市", "wa fang dian shi"),
        ("勐海县", "meng hai xian"),
        ("砀山县", "dang shan xian"),
        ("漯河市", "luo he shi"),
        ("大城县", "dai cheng xian"),
        ("西藏自治区", "xi zang zi zhi qu"),
        ("成都市", "cheng du shi"),
        ("吕梁市", "lü liang shi"),
        ("柞水县", "zha shui xian"),
        ("崆峒区", "kong tong qu"),
    ],
)
def test_a_place_is_read_as_its_people_read_it(name: str, reading: str) -> None:
    assert syllables(name) == reading


def test_the_longest_reviewed_text_wins_wherever_it_stands_in_a_name() -> None:
    assert syllables("长子县长安街道") == "zhang zi xian chang an jie dao"


def test_brackets_are_not_read_and_digits_stand_as_they_are() -> None:
    assert syllables("刚果（金）101") == "gang guo jin 101"


def test_a_search_key_has_neither_spaces_nor_umlauts() -> None:
    assert search_key("lü liang shi") == "lvliangshi"
    assert search_key("Lu'an") == "luan"


def test_initials_take_one_letter_of_each_syllable() -> None:
    assert initials("hang zhou shi") == "hzs"
    assert initials("") == ""


@pytest.mark.parametrize(
    ("name", "level", "english"),
    [
        ("杭州市", "prefecture", "Hangzhou"),
        ("六安市", "prefecture", "Lu'an"),
        ("马鞍山市", "prefecture", "Ma'anshan"),
        ("恭城瑶族自治县", "county", "Gongcheng"),
        ("巴里坤哈萨克自治县", "county", "Balikun"),
        ("东乡族自治县", "county", "Dongxiang"),
        ("赣县", "county", "Ganxian"),
    ],
)
def test_a_romanised_name_drops_the_suffix_and_marks_a_vowel_within(
    name: str, level: str, english: str
) -> None:
    assert romanise(name, level=level) == english


def test_a_unit_named_after_its_people_keeps_the_name() -> None:
    assert stem("东乡族自治县") == "东乡"
    assert stem("鄂温克族自治旗") == "鄂温克"


def test_every_reviewed_reading_has_one_syllable_for_each_character() -> None:
    with OVERRIDES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["text"] for row in rows if len(row["text"]) != len(row["pinyin"].split())] == []
    assert len({row["text"] for row in rows}) == len(rows)
