"""What was nearly typed: words with one letter wrong, and Chinese written with other characters of the same sound."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cityrank.registry import names
from cityrank.registry.models import SearchKey, Subject
from cityrank.registry.searching.keys import SHORTEST_SLIP, Named, Sort, slip_words
from cityrank.registry.searching.spelling import asked, folded, is_chinese, is_one_slip

# Words that share a deletion with what was typed are looked at one by one; larger units first.
_MOST_LOOKED_AT = 200
# Readings of what names end in: whoever mistypes Hangzhou in "hangzuo shi" means the city.
_ENDINGS = ("shi", "qu", "xian", "sheng")


def misspelt(text: str) -> list[int]:
    """Return keys of the subjects whose pinyin or English name is one letter away from a text, larger units first.

    A letter may be missing, too many, wrong, or exchanged with its neighbour (the optimal string alignment distance of
    one). Townships are left out: there are so many that every word is near to some.
    """
    typed = _words(text)
    found = SearchKey.objects.of_slips(typed).order_by("weight", "subject")
    candidates = list(dict.fromkeys(found.values_list("subject", flat=True)))[:_MOST_LOOKED_AT]
    near = set(misspelt_among(Subject.objects.filter(pk__in=candidates), text))
    return [key for key in candidates if key in near]


def misspelt_among(subjects: QuerySet[Subject], text: str) -> list[int]:
    """Return keys of those of some subjects whose pinyin or English name is one letter away from a text."""
    typed = _words(text)
    if not typed:
        return []
    rows = subjects.values_list("pk", "name_zh", "stem", "name_en", "pinyin", "slug")
    return [
        pk
        for pk, name_zh, stem, name_en, pinyin, slug in rows
        if _are_near(typed, slip_words(Named(name_zh, stem, name_en, pinyin, slug)))
    ]


def sounding_alike(text: str) -> list[int]:
    """Return keys of the subjects whose name or stem sounds like a Chinese text: 航州 leads to 杭州."""
    if not is_chinese(text) or len(text) < 2:
        return []
    sound = folded(names.syllables(asked(text)[-1]))
    if not sound:
        return []
    whole = Q(key=sound) | Q(core=len(sound))
    found = SearchKey.objects.beginning([sound]).filter(whole, sort=Sort.SOUND).order_by("weight", "subject")
    return list(dict.fromkeys(found.values_list("subject", flat=True)))


def _words(text: str) -> list[str]:
    words = [key for key in asked(text) if key.isascii() and key.isalpha() and len(key) >= SHORTEST_SLIP]
    return words + [
        word.removesuffix(end)
        for word in words
        for end in _ENDINGS
        if word.endswith(end) and len(word) - len(end) >= SHORTEST_SLIP
    ]


def _are_near(typed: Iterable[str], meant: Iterable[str]) -> bool:
    return any(is_one_slip(one, other) for one in typed for other in meant)
