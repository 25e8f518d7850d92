"""Parts of Chinese place names: the stem, its romanised form and the keys it is found by.

Pure functions on strings. Readings come from `cityrank.registry.pinyin`, with its reviewed overrides.
"""

import re
from collections.abc import Iterable

from cityrank.registry.pinyin import initials, search_key, syllables

__all__ = ["ADMINISTRATIVE_SUFFIXES", "initials", "romanise", "search_key", "stem", "syllables"]

# The 55 recognised minorities as they occur in names of autonomous units; longest first, as one may end in another.
_PEOPLES = sorted(
    (
        "蒙古族|蒙古|回族|藏族|维吾尔|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
        "傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|东乡|纳西族|景颇族|柯尔克孜|柯尔克孜族|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|"
        "撒拉族|撒拉|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克|塔吉克族|怒族|乌孜别克族|俄罗斯族|鄂温克族|鄂温克|德昂族|保安族|保安|"
        "裕固族|京族|塔塔尔族|独龙族|鄂伦春族|鄂伦春|赫哲族|门巴族|珞巴族|基诺族|各族"
    ).split("|"),
    key=len,
    reverse=True,
)

ADMINISTRATIVE_SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "民族乡",
    "民族苏木",
    "地区",
    "林区",
    "特区",
    "矿区",
    "新区",
    "街道",
    "苏木",
    "省",
    "市",
    "盟",
    "州",
    "区",
    "县",
    "旗",
    "镇",
    "乡",
)
# In front of these, peoples are named with or without 族 (蒙古自治州); elsewhere only with it (回族区, 畲族镇).
_AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗", "民族乡", "民族苏木")


def _peoples_at_the_end(peoples: Iterable[str]) -> re.Pattern[str]:
    """Match a name that ends in peoples; `rest`, at least two characters, is what stands before them."""
    return re.compile("(?P<rest>.{2,}?)(?:" + "|".join(peoples) + ")+$")


_ENDS_IN_ANY_PEOPLES = _peoples_at_the_end(_PEOPLES)
_ENDS_IN_PEOPLES = _peoples_at_the_end(people for people in _PEOPLES if people.endswith("族"))
# The last character belongs to the word: 云栖小镇 is no 镇 called 云栖小, 工业园区 no 区 called 工业园.
_WORDS = tuple(
    "小镇|开发区|高新区|保税区|工业园区|产业园区|科技园区|商务区|示范区|度假区|试验区|合作区|景区".split("|")
)


def stem(name: str) -> str:
    """Return the name without its administrative suffix: 杭州市 -> 杭州, 恭城瑶族自治县 -> 恭城, 管城回族区 -> 管城.

    A stem of one character is no name people use (和县, 城区), so such names are returned whole, and so are
    names that end in a word and not in a suffix (云栖小镇).
    """
    suffix = suffix_of(name)
    rest = name.removesuffix(suffix) if suffix else name
    return _without_peoples(rest, suffix) if suffix else name


def suffix_of(name: str) -> str:
    """Return the administrative suffix alone, without the peoples before it: 恭城瑶族自治县 -> 自治县; "" if none."""
    for suffix in ADMINISTRATIVE_SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return "" if len(name) > 3 and name.endswith(_WORDS) else suffix
    return ""


def _without_peoples(name: str, suffix: str) -> str:
    """Drop the peoples in front of the suffix: 黔东南苗族侗族 -> 黔东南. A people alone is a name: 东乡族 -> 东乡."""
    found = (_ENDS_IN_ANY_PEOPLES if suffix in _AUTONOMOUS else _ENDS_IN_PEOPLES).match(name)
    name = found["rest"] if found else name
    return name.removesuffix("族") if name in _PEOPLES and len(name) >= 3 else name


def romanise(name: str, pinyin: str = "", level: str = "") -> str:
    """Return the name in Latin letters for English readers: 六安市 -> Lu'an, 朱家角镇 -> Zhujiajiao.

    `pinyin` holds one syllable for each character of `name`; it is looked up when missing. Zones and
    organisations (`level` empty or "zone") keep their whole name, word division being unknown.
    """
    kept = name if level in ("", "zone") else stem(name)
    parts = (pinyin or syllables(name)).split()
    if len(parts) == len(name):
        parts = parts[: len(kept)]
    joined = "".join(f"'{part}" if index and part[:1] in "aeo" else part for index, part in enumerate(parts))
    return joined[:1].upper() + joined[1:]
