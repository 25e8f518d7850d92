"""Finding rows by what people type: Chinese in either script, pinyin with or without tones and blanks, initials."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

import opencc


def simplified(text: str) -> str:
    """Return a text with traditional characters replaced by simplified ones: 廣州 -> 广州."""
    return text if text.isascii() else str(_converter().convert(text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def sound(text: str) -> str:
    """Return the key of a pinyin: no tones, blanks or apostrophes, v for ü (Lǚ liáng -> lvliang); "" for Chinese."""
    lower = text.lower().replace("u:", "v")
    spelt = unicodedata.normalize("NFD", lower).replace("u\u0308", "v")
    # The marks of the four tones; a digit behind a syllable says the same (hang2 zhou1).
    plain = re.sub(r"[\u0300\u0301\u0304\u030c]", "", spelt)
    plain = re.sub(r"(?<=[a-z])[1-5](?![0-9])", "", plain)
    key = re.sub(r"[\s'\u2019\u00b7.-]", "", plain)
    return key if key.isascii() and key.isalnum() else ""


def matcher(text: str) -> Callable[[Iterable[str], str, str], bool]:
    """Return a function that says whether somebody is meant by what was typed.

    It is given the names (Chinese, English, printed, others), the pinyin (syllables with blanks) and the initials. A
    name matches anywhere, a pinyin from the beginning of any of its syllables, initials from the first.
    """
    wanted, key = simplified(text).casefold(), sound(text)

    def matches(names: Iterable[str], pinyin: str, initials: str) -> bool:
        if any(wanted in name.casefold() for name in names):
            return True
        return bool(key) and (initials.startswith(key) or _sounds(pinyin, key))

    return matches


def _sounds(pinyin: str, key: str) -> bool:
    rest = pinyin.replace("ü", "v").replace(" ", "")
    if key not in rest:
        return False
    for syllable in pinyin.replace("ü", "v").split():
        if rest.startswith(key):
            return True
        rest = rest[len(syllable) :]
    return False
