"""The characters that the shipped font must have, one list for `make fonts` and for the tests.

`python -m cityrank.exchange.documents.characters` writes them to standard output, for the program that cuts the font
down: GB 2312 and the common part of Big5, so that what people write is there; all of the gazetteer and of the bundled
editions, so that every place can be printed; and Latin with the marks of pinyin.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
GAZETTEER = PACKAGE / "registry" / "data"
EDITIONS = PACKAGE / "exchange" / "data"

# ASCII, Latin-1, Latin Extended-A, pinyin with tone marks, Greek, Cyrillic, punctuation, superscripts, currency,
# arrows, mathematics, numbers in circles, geometric shapes, CJK punctuation, kana, and full-width forms.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2C6, 0x2DC), (0x391, 0x3C9), (0x401, 0x451),
    (0x2010, 0x2027), (0x2030, 0x203E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x2199),
    (0x2200, 0x22FF), (0x2460, 0x2473), (0x25A0, 0x25EF), (0x3000, 0x303F), (0x3041, 0x30FF), (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)  # fmt: skip


def wanted() -> str:
    """Return the characters in the order of their code points; some of the ranges no Chinese font has."""
    found = {chr(point) for first, last in RANGES for point in range(first, last + 1)}
    found.update(*_double_bytes("gb2312", 0xB0, 0xF7), *_double_bytes("big5", 0xA4, 0xC6))
    found.update(*(path.read_text("utf-8") for path in texts()))
    return "".join(sorted(character for character in found if unicodedata.category(character)[0] != "C"))


def texts() -> list[Path]:
    """Return the files whose every character has to have a glyph."""
    return [*sorted(GAZETTEER.glob("*.csv")), *sorted(EDITIONS.glob("*.toml"))]


def _double_bytes(encoding: str, first: int, last: int) -> Iterator[str]:
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                yield bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue


if __name__ == "__main__":
    sys.stdout.write(wanted())
