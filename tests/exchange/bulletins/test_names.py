"""Lists of names are split where a reader would split them; what may be two names or half of one is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.bulletin.reader.names import looks_like_list, looks_like_name, split_names


def names(text: str) -> list[str]:
    return [name.text for name in split_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京、深圳", ["北京", "深圳"]),
        ("北京,深圳，成都;重庆；武汉。", ["北京", "深圳", "成都", "重庆", "武汉"]),
        ("北京 上海　广州\t深圳", ["北京", "上海", "广州", "深圳"]),
        ("New York, San Francisco、纽约", ["New York", "San Francisco", "纽约"]),
        ("南京市河西新城区(建邺区)、苏州市", ["南京市河西新城区(建邺区)", "苏州市"]),
        ("雄安新区（容城、安新、雄县）、天津", ["雄安新区（容城、安新、雄县）", "天津"]),
        ("(北京、上海)", ["(北京", "上海)"]),
        ("1. 北京 2", ["北京 2"]),
        ("①北京、②上海", ["北京", "上海"]),
        ("大庆\n鹰潭、东莞", ["大庆", "鹰潭", "东莞"]),
        ("西安市雁塔\n区、长安区", ["西安市雁塔区", "长安区"]),
        ("、、北京、、", ["北京"]),
        ("", []),
    ],
)
def test_names_are_split_at_marks_blanks_and_line_breaks(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海和深圳", ["上海", "深圳"]),
        ("Osaka 和 Kyoto", ["Osaka", "Kyoto"]),
        ("上海市以及深圳市", ["上海市", "深圳市"]),
        ("呼和浩特", ["呼和浩特"]),
        ("天津市和平区", ["天津市和平区"]),
        ("呼和浩特市和林格尔县", ["呼和浩特市和林格尔县"]),
        ("新疆和田", ["新疆和田"]),
        ("内蒙古和林格尔", ["内蒙古和林格尔"]),
    ],
)
def test_an_and_parts_two_names_only_where_both_have_one_form(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_an_institute_keeps_its_and() -> None:
    found = split_names("信息化研究与促进网、数据和智能研究院", pairs=False)
    assert [name.text for name in found] == ["信息化研究与促进网", "数据和智能研究院"]


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("北京、上海", ["", ""]),
        ("北京、上海等", ["", "others"]),
        ("北京、上海等2个城市", ["", "others"]),
        ("上海和深圳", ["two", "two"]),
        ("西安市雁塔\n区", ["broken"]),
        ("北京、2018年的成绩很好看", ["", "unlikely"]),
        ("北京、京", ["", "unlikely"]),
    ],
)
def test_a_name_says_what_is_odd_about_it(text: str, doubts: list[str]) -> None:
    assert [name.doubt for name in split_names(text)] == doubts


@pytest.mark.parametrize("text", ["北京", "云南德宏州瑞丽市畹町镇", "首尔(韩国)", "Ho Chi Minh City", "A8"])
def test_places_and_companies_look_like_names(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text", ["京", "获奖城市:北京", "这里的路好走了", "提高了2.3分", "100", "?", "甲" * 31]
)
def test_sentences_and_figures_do_not(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("北京、上海", True),
        ("区、长安区", True),
        ("北京", False),
        ("一年来各地的路更平了,树也更多了。", False),
        ("走访了三十个县城的办事大厅,看过他们一年的账本", False),
    ],
)
def test_prose_with_commas_is_no_list(text: str, is_list: bool) -> None:
    assert looks_like_list(text) is is_list


@given(st.text("北京上海市区和等 、,;()（）\n1.", max_size=60))
def test_no_character_of_a_list_is_lost_but_marks_and_numbers(text: str) -> None:
    found = split_names(text)
    ends = [0, *(end for name in found for end in (name.start, name.end)), len(text)]
    assert ends == sorted(ends)
    between = "".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    assert not set(between) & set("北京上海")
