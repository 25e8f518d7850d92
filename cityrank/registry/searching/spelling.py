"""One spelling for names and for what people type, so that comparing them is comparing two texts.

Width, case, accents, tones, blanks and punctuation are dropped; traditional characters become simplified ones.
Pure functions on strings.
"""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

# No key is longer: more than this nobody types.
LONGEST = 80
_TONED = re.compile(r"(?:[a-z]{1,6}[1-5])+[a-z]{0,6}")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# ü is typed as v, as u, and in passports as yu.
UMLAUTS = ("v", "u", "yu")
# English words for what Chinese names end in; "Hangzhou City" means 杭州.
UNITS = frozenset(
    "city province district county town township village prefecture municipality region banner subdistrict".split()
)


def folded(text: str, umlaut: str = "v") -> str:
    """Return letters and digits alone, in small half-width letters without accents: "Xī'ān " -> "xian".

    `ü` with any tone becomes `umlaut`.
    """
    if text.isascii() and text.isalnum():
        return text.lower()[:LONGEST]
    if text.isalpha() and not text.isascii() and unicodedata.is_normalized("NFKD", text := text.casefold()):
        return text[:LONGEST]
    # Twice, as Unicode has it: what is taken apart (℠ to SM) may have capitals again.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    text = text.replace("u\u0308", "\ue000")
    kept = "".join(char for char in text if char.isalnum() or char == "\ue000")
    return kept.replace("\ue000", umlaut)[:LONGEST]


def all_folded(text: str) -> set[str]:
    """Return every spelling under which a text is kept: more than one where it has an `ü`."""
    if text.isascii():
        return {folded(text)} - {""}
    return {folded(text, umlaut) for umlaut in UMLAUTS} - {""}


def asked(text: str) -> list[str]:
    """Return the keys that a query may mean, the most literal first; empty where it has no letter and no digit.

    Beside the text itself: without figures for tones (hang2zhou1), in simplified characters (臺州), and without an
    English word for the unit at its end (Hangzhou City).
    """
    key = folded(text)
    keys = [key]
    if _TONED.fullmatch(key):
        keys.append(re.sub(r"\d", "", key))
    if is_chinese(key):
        keys.append(simplified(key))
    words = text.split()
    if len(words) > 1 and words[-1].casefold() in UNITS:
        keys.append(folded(" ".join(words[:-1])))
    return list(dict.fromkeys(key for key in keys if key))


def is_chinese(text: str) -> bool:
    return bool(_CHINESE.search(text))


def simplified(text: str) -> str:
    """Return a text with its traditional characters simplified, word by word: 瀋陽 -> 沈阳."""
    return _converter().convert(text)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    """The converter is made when the first Chinese query comes: 15 ms and 3 MB, once for a process."""
    return OpenCC("t2s")


def deletions(word: str) -> set[str]:
    """Return the word, and the word without each one of its letters."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was left out, added, mistaken, or two neighbours exchanged. Equal texts are no slip."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    at = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if at is None:
        return True
    rest, other = typed[at:], meant[at:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )
