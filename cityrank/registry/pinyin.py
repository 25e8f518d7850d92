"""Readings of place names, and the keys made of them.

pypinyin knows general Chinese; place names have readings of their own (六安 is lu an). The reviewed
readings stand in ``data/pinyin_overrides.csv`` and win over pypinyin, the longest match first.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

OVERRIDES = Path(__file__).parent / "data" / "pinyin_overrides.csv"


def syllables(name: str) -> str:
    """Return the reading of a name: ``杭州市`` -> ``hang zhou shi``; lower case, no tones, ``ü`` kept."""
    overrides, longest = _overrides()
    result: list[str] = []
    plain = ""
    at = 0
    while at < len(name):
        text = _longest_match(name, at, overrides, longest)
        if text:
            result += [*_plain_reading(plain), overrides[text]]
            plain = ""
            at += len(text)
        else:
            plain += name[at]
            at += 1
    return " ".join(result + _plain_reading(plain))


def search_key(pinyin: str) -> str:
    """Return what people type: ``lü liang shi`` -> ``lvliangshi``."""
    return re.sub(r"[^0-9a-z]", "", pinyin.lower().replace("ü", "v"))


def initials(pinyin: str) -> str:
    """Return the first letter of every syllable: ``hang zhou shi`` -> ``hzs``."""
    return "".join(syllable[0] for syllable in pinyin.lower().split())


def _longest_match(name: str, at: int, overrides: dict[str, str], longest: int) -> str:
    for length in range(min(longest, len(name) - at), 0, -1):
        if name[at : at + length] in overrides:
            return name[at : at + length]
    return ""


def _plain_reading(text: str) -> list[str]:
    if not text:
        return []
    return lazy_pinyin(text, style=Style.NORMAL, v_to_u=True, errors=_latin)  # type: ignore[arg-type]  # a list may be given


def _latin(other: str) -> list[str]:
    """Letters and digits stand as they are; brackets and the like are not read."""
    return re.findall(r"[0-9a-z]+", other.lower())


@lru_cache(maxsize=1)
def _overrides() -> tuple[dict[str, str], int]:
    with OVERRIDES.open(encoding="utf-8", newline="") as file:
        readings = {row["text"]: row["pinyin"] for row in csv.DictReader(file)}
    return readings, max(map(len, readings), default=0)
