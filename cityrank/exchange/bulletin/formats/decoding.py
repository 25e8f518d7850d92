"""The encoding of a text file is found in its bytes: by its mark, by what a page declares, else by trying."""

import codecs
import re
import unicodedata

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# All Chinese encodings of the mainland are subsets of the last, whatever a page calls them.
DECLARED = {"utf-8": "utf-8", "utf8": "utf-8"} | dict.fromkeys(
    ("gb2312", "gb_2312-80", "gbk", "cp936", "x-gbk", "gb18030"), "gb18030"
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
# Where a page's declaration stands, by the HTML standard; generous, because old pages put scripts first.
_HEAD = 4096

# Nearly any bytes are GB18030; Chinese text uses the commonest characters of the standard for the most part.
_LEAST_COMMON_SHARE = 0.6
_MOST_CONTROLS = 0.01
_PLAIN_CONTROLS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85"


def decode(content: bytes, *, page: bool = False) -> tuple[str, str] | None:
    """Return the text and the name of its encoding, or None where the bytes are no text. `page` heeds a <meta>."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _as_text(content, encoding)
    for encoding in _candidates(content, page):
        if decoded := _as_text(content, encoding):
            return decoded
    return None


def _candidates(content: bytes, page: bool) -> list[str]:
    tried = ["utf-8", "gb18030"]
    if page and (found := _CHARSET.search(content[:_HEAD])):
        declared = DECLARED.get(found[1].decode("ascii").lower(), "utf-8")
        # UTF-8 proves itself, so a page that is UTF-8 and says otherwise is believed by its bytes.
        return ["utf-8", declared, "gb18030"]
    return tried


def _as_text(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    if _is_binary(text) or (encoding == "gb18030" and not _is_chinese(text)):
        return None
    return text, encoding


def _is_binary(text: str) -> bool:
    if "\0" in text:
        return True
    controls = sum(
        1
        for character in text
        if character < " " or "\x7f" <= character < "\xa0"
        if character not in _PLAIN_CONTROLS
    )
    return controls > len(text) * _MOST_CONTROLS


def _is_chinese(text: str) -> bool:
    foreign = [character for character in text if character > "\x7f"]
    if any(unicodedata.category(character) in ("Co", "Cn") for character in foreign):
        return False
    return sum(map(_is_common, foreign)) >= len(foreign) * _LEAST_COMMON_SHARE


def _is_common(character: str) -> bool:
    """Whether a character stands in the rows of GB 2312 for marks or for the 3,755 commonest Chinese characters."""
    try:
        first = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first <= 0xA9 or 0xB0 <= first <= 0xD7
