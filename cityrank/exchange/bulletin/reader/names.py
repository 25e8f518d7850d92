"""Lists of names: where one ends and the next begins, and what cannot be a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cityrank.exchange.bulletin.reader import patterns

SEPARATORS = "、,，;；｜|\t\n\u3000"
OPENING, CLOSING = "（([【〔《“", "）)]】〕》”"
LONGEST_NAME = 30

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[\w]")
_NO_NAME = re.compile(r"[。！？!?：:=<>{}%％#@*+“”\"…]|\d{3,}|\d[.．]\d")
_BREAK = re.compile(r"\s*\n\s*")
_EDGE = " \t\r\n\u3000\u200b\ufeff.。;；,，、|｜·•●■◆★☆-—*"
# 北京、深圳等2个城市: the names end before 等.
_AND_OTHERS = re.compile(
    r"(?<=.)等(?:[0-9一二三四五六七八九十百]{1,4}(?:个|座|家)?)?(?:城市|城镇|小镇|地区|单位|区县|县市|镇|企业|地)?$"
)
_NUMBERED = re.compile(r"\s*(?:[(（]?\d{1,3}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳]|第\d{1,3}[名位][:：]?)\s*(?=\D)")
# What can only be the end of a name that a line break cut off.
_TAILS = frozenset(
    "市 区 县 镇 州 盟 旗 乡 村 省 新区 地区 古镇 小镇 自治州 自治县 自治区 自治旗 开发区 高新区 生态城 科技城".split()
)
_AND = re.compile(r"以及|[和与及]")
# Names that have such a word in them, though it could stand between two.
_AND_IN_NAMES = re.compile(
    "呼和浩特|和林格尔|和田|和平|和静|和硕|和顺|和县|共和|兴和|平和|仁和|太和|泰和|云和|政和|人和|清和"
)
_SUFFIXES = ("市", "区", "县", "镇", "州", "盟", "旗", "城", "乡")


@dataclass(frozen=True)
class Name:
    """A name with its offsets in the text it was split from; `doubt` says what is odd about it, "" for nothing."""

    text: str
    start: int
    end: int
    doubt: str = ""


BROKEN, OTHERS, TWO, UNLIKELY = "broken", "others", "two", "unlikely"


def split_names(text: str, *, pairs: bool = True) -> list[Name]:
    """Split a list of names, over lines too; nothing in brackets is split, and every word of it is in some name.

    `pairs` takes 上海和深圳 for two, which is right for places and wrong for institutes.
    """
    return [name for raw in _joined(text, list(_tokens(text))) for name in _finished(text, *raw, pairs)]


def looks_like_list(text: str) -> bool:
    """Whether a line is two or more names and nothing else."""
    names = split_names(text)
    # What a line break cut off from the last name may begin the next line.
    whole = names[1:] if names and is_tail(names[0].text) else names
    if len(names) < 2 or not all(looks_like_name(name.text) for name in whole):
        return False
    # Prose has commas too, and its parts are longer than the names of places.
    return (
        "、" in text
        or "\t" in text
        or sum(len(name.text) for name in names) < 12 * len(names)
        or not _CHINESE.search(text)
    )


def is_tail(text: str) -> bool:
    """Whether a text can only be the end of a name: 市, 自治县."""
    return text in _TAILS


def looks_like_name(text: str) -> bool:
    """Whether a text can be the name of a place or an organisation: short, with letters, without a sentence's marks."""
    limit = LONGEST_NAME if _CHINESE.search(text) else 2 * LONGEST_NAME
    if not 2 <= len(text) <= limit or _NO_NAME.search(text) or patterns.PROSE.search(text):
        return False
    return bool(_CHINESE.search(text) or (_WORDS.search(text) and not text[0].isdigit()))


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets between separators that stand outside of brackets."""
    within = _in_brackets(text)
    start = 0
    for offset, character in enumerate(text):
        if offset not in within and _separates(text, offset, character):
            yield start, offset
            start = offset + 1
    yield start, len(text)


def _separates(text: str, offset: int, character: str) -> bool:
    if character in SEPARATORS:
        return True
    # Blanks part Chinese names; New York has one inside.
    return (
        character in " \xa0"
        and _is_chinese(text[:offset].rstrip()[-1:])
        and _is_chinese(text[offset:].lstrip()[:1])
    )


def _is_chinese(character: str) -> bool:
    return bool(character) and bool(_CHINESE.match(character) or character in OPENING + CLOSING)


def _in_brackets(text: str) -> set[int]:
    """Return the offsets inside of brackets that belong to a name: they follow one and close soon."""
    within: set[int] = set()
    opened: list[int] = []
    for offset, character in enumerate(text):
        if character in OPENING:
            opened.append(offset)
        elif character in CLOSING and opened:
            start = opened.pop()
            if start and offset - start <= LONGEST_NAME and _WORDS.match(text[start - 1]):
                within.update(range(start, offset))
    return within


def _joined(text: str, tokens: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Put together what a line break cut: the second part is no name by itself."""
    joined: list[tuple[int, int, str]] = []
    for start, end in tokens:
        after_break = joined and text[start - 1] == "\n" and text[joined[-1][0] : joined[-1][1]].strip()
        if after_break and text[start:end].strip(_EDGE) in _TAILS:
            joined[-1] = (joined[-1][0], end, BROKEN)
        else:
            joined.append((start, end, ""))
    return joined


def _finished(text: str, start: int, end: int, doubt: str, pairs: bool) -> Iterator[Name]:
    found = _NUMBERED.match(text, start, end)
    start, end = _trimmed(text, found.end() if found else start, end)
    others = _AND_OTHERS.search(text, start, end)
    if others and looks_like_name(text[start : others.start()].strip(_EDGE)):
        start, end = _trimmed(text, start, others.start())
        doubt = OTHERS
    if start == end:
        return
    printed = _BREAK.sub("", text[start:end])
    doubt = doubt or (BROKEN if "\n" in text[start:end] else "")
    pair = _pair(printed) if pairs and not doubt else None
    if pair:
        left, right = pair
        yield Name(left, start, start + len(left), TWO)
        yield Name(right, end - len(right), end, TWO)
        return
    yield Name(printed, start, end, doubt or ("" if looks_like_name(printed) else UNLIKELY))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of what is left between two offsets without blanks and marks at its ends."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _pair(text: str) -> tuple[str, str] | None:
    """Return the two names in 上海和深圳: only where both are of one form, because 和 is also in names."""
    if _AND_IN_NAMES.search(text) and not re.search("[市区县镇][和与及]", text):
        return None
    found = _AND.search(text, 2)
    if not found:
        return None
    left, right = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    if not (2 <= len(left) <= 12 and 2 <= len(right) <= 12):
        return None
    ends = [side[-1] if side.endswith(_SUFFIXES) else "" for side in (left, right)]
    return (left, right) if ends[0] == ends[1] and not right.startswith(("平区", "林格尔")) else None
