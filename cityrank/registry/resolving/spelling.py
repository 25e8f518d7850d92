"""The printed text: one spelling for what is written in several, and brackets taken apart."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cityrank.registry.names import ADMINISTRATIVE_SUFFIXES

_BRACKETS = str.maketrans("〔【[{〈《」』", "((((((((") | str.maketrans("〕】]}〉》", "))))))")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# No database takes them, and no name has them: control characters and halves of characters.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# A full path of the gazetteer has some 40 characters; a text much longer is a sentence or a whole page.
_LONGEST = 200
# What separates the levels of a path in tables: 浙江省/杭州市, 浙江—杭州, 浙江·杭州.
_SEPARATORS = re.compile(r"[\s\u200b-\u200d\ufeff/\\>|,;:、。·•・—–\-_]+")
_QUALIFIER = re.compile(r"\(([^()]*)\)")
# Rows of official lists that stand for no place: 北京市市辖区朝阳区, 河南省省直辖县级行政区划济源市.
_FILLERS = re.compile(r"(?<=市)市辖区(?=.)|(?:省|自治区)直辖县级行政区划(?=.)")
_SUFFIXES_BY_LAST = {
    last: tuple(suffix for suffix in ADMINISTRATIVE_SUFFIXES if suffix[-1] == last)
    for last in {suffix[-1] for suffix in ADMINISTRATIVE_SUFFIXES}
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as printed, its normalised form, and that form without the words in brackets."""

    raw: str
    text: str
    main: str
    qualifiers: tuple[str, ...]


def read(raw: str) -> Printed:
    """Return the parts of a printed text: 南京市河西新城区（建邺区） -> main 南京市河西新城区, qualifiers (建邺区)."""
    text = normalise(raw)
    if len(text) > _LONGEST:
        return Printed(raw, "", "", ())
    qualifiers = tuple(filter(None, _QUALIFIER.findall(text)))
    main = _QUALIFIER.sub("", text).strip() if qualifiers else text
    # A text that is nothing but brackets has no main part to be qualified.
    return Printed(raw, text, main, qualifiers) if main else Printed(raw, text, text, ())


def normalise(text: str) -> str:
    """Return the one spelling that names are compared in: half-width, without spaces in Chinese, lower-case Latin."""
    text = unicodedata.normalize("NFKC", _CONTROL.sub("", text)).translate(_BRACKETS).strip()
    if not _CHINESE.search(text):
        return re.sub(r"\s+", " ", text).replace("’", "'").casefold()
    return _FILLERS.sub("", _SEPARATORS.sub("", text)).casefold()


def spellings(printed: Printed) -> set[str]:
    """Return the spellings under which the registry may hold the whole text: as printed, half-width and full-width."""
    if not printed.text:
        return set()
    wide = printed.text.replace("(", "（").replace(")", "）")
    return {_CONTROL.sub("", printed.raw).strip(), printed.text, wide, printed.main}


def is_chinese(text: str) -> bool:
    return bool(_CHINESE.search(text))


def without_suffix(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text without each administrative suffix it may be said to end in, with that suffix."""
    for suffix in _SUFFIXES_BY_LAST.get(text[-1:], ()):
        if text.endswith(suffix) and len(text) - len(suffix) >= 2:
            yield text.removesuffix(suffix), suffix
