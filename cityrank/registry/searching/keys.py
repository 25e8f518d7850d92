"""The keys under which one subject is found. Every part of a name that somebody may type begins a key.

So looking for a part of a name is reading a range of an index, whatever the database: all keys from `x` on that begin
with `x`. Pure functions; `writing` stores what they return.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cityrank.registry import names
from cityrank.registry.searching.spelling import (
    UMLAUTS,
    all_folded,
    deletions,
    folded,
    is_chinese,
)

# Slips of the pen are looked for in words of this many letters.
SHORTEST_SLIP, LONGEST_SLIP = 4, 20
# No folded text has these characters, so no query is the beginning of such a key.
SLIP, CODE = "~", "#"
FORMER = 10
LEVELS = ("province", "prefecture", "county", "zone", "township", "country")


class Sort:
    """What a key is of its subject. Plain numbers: half a million keys are made at once."""

    NAME = 1
    ALIAS = 2
    ENGLISH = 3
    SOUND = 4
    INITIALS = 5
    WORD = 6
    PART = 7
    SOUND_PART = 8
    CODE = 9
    SLIP = 10


# A key, its sort, and how many of its characters are the stem of the name; 0 where that says nothing.
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """What keys are made of. `level` is empty for organisations and apps; `aliases` are other names as written."""

    name_zh: str
    stem: str
    name_en: str
    pinyin: str
    slug: str
    level: str = ""
    valid_to: dt.date | None = None
    aliases: tuple[str, ...] = field(default=())


def weight(level: str, valid_to: dt.date | None) -> int:
    """Return what equal hits are ordered by, smallest first: larger units, then smaller ones, then former ones.

    Organisations and apps have 0: there are few of them, and who types one means it.
    """
    if not level:
        return 0
    return LEVELS.index(level) + 1 + (FORMER if valid_to else 0)


def keys_of(subject: Named) -> set[Key]:
    """Return all keys of a subject."""
    found = set(_chinese(subject.name_zh, Sort.NAME, len(folded(subject.stem))))
    found.update(_sounds(subject))
    found.add((CODE + folded(subject.slug), Sort.CODE, 0))
    if subject.name_en:
        found.update(_english(subject.name_en, Sort.ENGLISH))
    for text in subject.aliases:
        found.update(_of_alias(text))
    if subject.level != "township" and subject.valid_to is None:
        found.update(_slips(subject))
    return {key for key in found if key[0]}


def _chinese(text: str, sort: int, stem: int = 0) -> Iterator[Key]:
    """Yield the name itself and all its ends: 西湖区, 湖区, 区."""
    whole = folded(text)
    yield whole, sort, stem if stem < len(whole) else 0
    for at in range(1, len(whole)):
        yield whole[at:], Sort.PART, stem - at if at < stem < len(whole) else 0


def _sounds(subject: Named) -> Iterator[Key]:
    """Yield the reading from each syllable of the stem on, and the initials."""
    length = stem_syllables(subject)
    for umlaut in UMLAUTS if "ü" in subject.pinyin else UMLAUTS[:1]:
        syllables = subject.pinyin.replace("ü", umlaut).split()
        whole = "".join(syllables)
        ends = len("".join(syllables[:length])) if length < len(syllables) else 0
        at = 0
        for syllable in syllables[:length]:
            sort = Sort.SOUND_PART if at else Sort.SOUND
            yield folded(whole[at:]), sort, max(ends - at, 0)
            at += len(syllable)
    initials = names.initials(subject.pinyin)
    yield folded(initials), Sort.INITIALS, length if length < len(initials) else 0


def stem_syllables(subject: Named) -> int:
    """Return how many syllables are the stem; all where characters and syllables do not correspond."""
    syllables = subject.pinyin.split()
    return len(subject.stem) if len(syllables) == len(subject.name_zh) else len(syllables)


def _english(text: str, sort: int) -> Iterator[Key]:
    """Yield the name, and the name from each further word on: Inner Mongolia, Mongolia."""
    words = text.split()
    for at in range(len(words)):
        for key in all_folded(" ".join(words[at:])):
            yield key, Sort.WORD if at else sort, 0


def _of_alias(text: str) -> Iterator[Key]:
    if not is_chinese(text):
        yield from _english(text, Sort.ALIAS)
        return
    yield from _chinese(text, Sort.ALIAS)
    pinyin = names.syllables(text)
    for key in all_folded(pinyin):
        yield key, Sort.SOUND, 0
    yield folded(names.initials(pinyin)), Sort.INITIALS, 0


def _slips(subject: Named) -> Iterator[Key]:
    """Yield what is left of the reading and of the English name when one letter is missing.

    Two words are one slip apart only where they have one of these in common: the symmetric deletes of SymSpell
    (W. Garbe, 2012), which need no list of all letters that may have been meant.
    """
    for word in slip_words(subject):
        for rest in deletions(word):
            yield SLIP + rest, Sort.SLIP, 0


def slip_words(subject: Named) -> set[str]:
    """Return the words of a subject that somebody may misspell: the sound of its stem and its English name."""
    stem = "".join(subject.pinyin.split()[: stem_syllables(subject)])
    words = all_folded(stem) | all_folded(subject.name_en)
    return {word for word in words if SHORTEST_SLIP <= len(word) <= LONGEST_SLIP}


def slip_keys(typed: Iterable[str]) -> list[str]:
    """Return the keys of slips that a misspelt word has in common with what was meant."""
    words = [word for word in typed if SHORTEST_SLIP <= len(word) <= LONGEST_SLIP + 1 and word.isascii()]
    return [SLIP + rest for word in words for rest in sorted(deletions(word))]
