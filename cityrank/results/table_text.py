"""Finding rows by what people type: Chinese in either script, pinyin with or without tones and blanks, initials."""

from collections.abc import Callable, Iterable

from cityrank.registry.searching.spelling import UMLAUTS, asked, folded


def matcher(text: str) -> Callable[[Iterable[str], str, str], bool]:
    """Return a function that says whether somebody is meant by what was typed; a text without a letter means nobody.

    It is given the names (Chinese, English, printed, others), the pinyin (syllables with blanks) and the initials. A
    name matches anywhere, a pinyin from the beginning of any of its syllables, initials from the first.
    """
    keys = asked(text)

    def matches(names: Iterable[str], pinyin: str, initials: str) -> bool:
        spelt = [folded(name) for name in names]
        return any(
            any(key in name for name in spelt) or initials.startswith(key) or _sounds(pinyin, key)
            for key in keys
        )

    return matches


def _sounds(pinyin: str, key: str) -> bool:
    spellings = [pinyin.replace("ü", umlaut) for umlaut in UMLAUTS] if "ü" in pinyin else [pinyin]
    return any(_begins(spelling.split(), key) for spelling in spellings)


def _begins(syllables: list[str], key: str) -> bool:
    rest = "".join(syllables)
    if key not in rest:
        return False
    for syllable in syllables:
        if rest.startswith(key):
            return True
        rest = rest[len(syllable) :]
    return False
