"""The number of a certificate: it says whose it is, and its check digits find what was mistyped.

`20172018-01-05-02-037-28` is the recipient at position 37 of the second award of the fifth series, in release 1 of the
edition 2017-2018. Nothing in it comes from a database key. The last two digits are those of ISO/IEC 7064, MOD 97-10
(the system of ISO 13616 for account numbers), over everything before them, hyphens counted as the letter A is there:
as 10. They find every wrong digit and every two neighbours that changed places.
"""

import re
import unicodedata
from dataclasses import astuple, dataclass

# The least width of release, series, award and recipient; a larger number is written in full.
WIDTHS = (2, 2, 2, 3)
LONGEST = 40
DASHES = re.compile(r"[\s\u2010-\u2015\u2212\-_.·/]+")
FORM = re.compile(r"(\d{4}|\d{8})-(\d{2,5})-(\d{2,5})-(\d{2,5})-(\d{3,5})-(\d\d)", re.ASCII)


class Misspelt(ValueError):
    """No number of a certificate: its form is another, or its check digits do not fit."""


class Unfitting(Misspelt):
    """It looks like a number, and its check digits do not fit the rest."""


@dataclass(frozen=True)
class CertificateNumber:
    """`label` is the edition's; the rest are numbers within it: release, series, award and place in its list."""

    label: str
    release: int
    series: int
    award: int
    recipient: int

    def __str__(self) -> str:
        years = self.label.replace("-", "")
        parts = zip(astuple(self)[1:], WIDTHS, strict=True)
        body = "-".join([years, *(str(number).zfill(width) for number, width in parts)])
        return f"{body}-{check_digits(body):02}"


def check_digits(body: str) -> int:
    """Return the check digits of a number without them, 2 to 98: with them, the whole is 1 modulo 97."""
    return 98 - _remainder(f"{body}-") * 100 % 97


def parse(text: str) -> CertificateNumber:
    """Read a number as people type it: in any width, with blanks or other dashes.

    Raises `Misspelt`, of the kind `Unfitting` where only the check digits tell.
    """
    typed = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    found = FORM.fullmatch(DASHES.sub("-", typed))
    if found is None or len(text) > LONGEST:
        raise Misspelt(text)
    years, *parts, check = found.groups()
    canonical = all(
        part == str(int(part)).zfill(width) and int(part) for part, width in zip(parts, WIDTHS, strict=True)
    )
    if not canonical or int(check) != check_digits(found[0][:-3]):
        raise Unfitting(text)
    label = years if len(years) == 4 else f"{years[:4]}-{years[4:]}"
    return CertificateNumber(label, *map(int, parts))


def _remainder(text: str) -> int:
    """Return the number that a text of digits and hyphens stands for, modulo 97."""
    return int(text.replace("-", "10")) % 97
