"""The shipped font, and what it cannot show: a character without a glyph is named, never a silent box."""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "fonts"
FAMILY = "Noto Sans SC"
REGULAR = FOLDER / "NotoSansSC-400.ttf"
BOLD = FOLDER / "NotoSansSC-700.ttf"


@cache
def covered(path: Path = REGULAR) -> frozenset[int]:
    """Return the code points that a font file has a glyph for, from its table of characters (cmap, format 12)."""
    data = path.read_bytes()
    start = _table(data, b"cmap")
    for place in range(struct.unpack_from(">H", data, start + 2)[0]):
        offset = start + struct.unpack_from(">I", data, start + 4 + 8 * place + 4)[0]
        if struct.unpack_from(">H", data, offset)[0] == 12:
            return frozenset(_points(data, offset))
    raise ValueError(f"{path.name} has no cmap of format 12.")


def missing(text: str) -> list[str]:
    """Return the characters of a text that the font has no glyph for, each once, in the order of the text."""
    known = covered()
    return [char for char in dict.fromkeys(text) if ord(char) not in known and not char.isspace()]


def printable(text: str) -> str:
    """Return a text with each character that the font lacks written out by its code point: [U+20BB7]."""
    lacking = missing(text)
    return text.translate({ord(char): f"[{code_point(char)}]" for char in lacking}) if lacking else text


def code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def _table(data: bytes, tag: bytes) -> int:
    """Return where a table of an OpenType file begins."""
    for place in range(struct.unpack_from(">H", data, 4)[0]):
        name, _checksum, offset, _length = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"No table {tag!r}.")


def _points(data: bytes, offset: int) -> list[int]:
    groups = struct.unpack_from(">I", data, offset + 12)[0]
    points: list[int] = []
    for place in range(groups):
        first, last, _glyph = struct.unpack_from(">III", data, offset + 16 + 12 * place)
        points += range(first, last + 1)
    return points
