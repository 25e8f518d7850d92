"""A work cited in four styles: GB/T 7714-2015, APA (7th edition), BibTeX and RIS. Pure functions of a `Work`.

GB/T 7714-2015, 4.6: a data set online is [DB/OL] with the day it was published in parentheses and the day it was
read in brackets; of more than three authors the first three are named (8.1.2). APA 7, 10.9: [Data set], the release in
parentheses after the title, and the day it was read only where the content may change (9.16). BibTeX: `@misc`, as in
Patashnik's "BibTeXing" (1988). RIS: the tags of the format's specification (2001) in its order, with CRLF.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# Of more authors, this many are named.
NAMED_BY_GBT = 3
NAMED_BY_APA = 20
PUBLISHER = "CityRank"

# The standard has half-width signs in Chinese too.
AND_OTHERS = {"en": ", et al", "zh": ", 等"}
# How APA writes the day of a publication, and a day within a sentence.
DAYS = {"en": ("Y, F j", "F j, Y"), "zh": ("Y年n月j日", "Y年n月j日")}

MEDIA_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}

# Control characters, line and paragraph separators: whatever a program might take for the end of a line.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# Braces are counted by BibTeX even behind a backslash, so that they are spelt out.
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    '"': "{''}",
} | {char: f"\\{char}" for char in "&%$#_"}


@dataclass(frozen=True)
class Work:
    """What is cited. Texts are in one language; `published` is None for what has no day of its own, as a place.

    `part` is the title of a table, award or chart within the edition `title`, empty for the whole. `changes` says that
    another day may find other figures at the address.
    """

    key: str
    language: str
    title: str
    address: str
    part: str = ""
    authors: tuple[str, ...] = ()
    release: str = ""
    published: dt.date | None = None
    read: dt.date | None = None
    changes: bool = False

    @property
    def whole_title(self) -> str:
        """The part and what it is a part of."""
        between = pgettext("between the title of a table and that of the edition", ". ")
        return f"{self.part}{between}{self.title}" if self.part else self.title


def gbt(work: Work) -> str:
    """Return the reference after GB/T 7714-2015."""
    authors = ", ".join(map(_flat, work.authors[:NAMED_BY_GBT]))
    if len(work.authors) > NAMED_BY_GBT:
        authors += AND_OTHERS[work.language]
    title = ": ".join(_flat(text) for text in (work.part, work.title) if text)
    year = f", {work.published.year}({work.published.isoformat()})" if work.published else ""
    read = f"[{work.read.isoformat()}]" if work.read else ""
    parts = [authors, f"{title}[DB/OL]", _flat(work.release), f"{PUBLISHER}{year}{read}", work.address]
    return ". ".join(part for part in parts if part) + "."


def apa(work: Work) -> str:
    """Return the reference after the 7th edition of the manual of the APA."""
    day = date_format(work.published, DAYS[work.language][0]) if work.published else _("n.d.")
    release = f" ({_flat(work.release)})" if work.release else ""
    title = f"{_flat(work.whole_title)}{release} [{_('Data set')}]"
    names = _listed([_flat(name) for name in work.authors]) or PUBLISHER
    publisher = PUBLISHER if work.authors else ""
    found = ". ".join(part for part in (f"{names.rstrip('.')}. ({day})", title, publisher) if part)
    if work.changes and work.read:
        values = {"date": date_format(work.read, DAYS[work.language][1]), "address": work.address}
        return found + ". " + _("Retrieved %(date)s, from %(address)s") % values
    return f"{found}. {work.address}"


def bibtex(work: Work) -> str:
    """Return an entry of BibTeX. Braces are balanced, and nothing in a title is a command."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in work.authors),
        "title": f"{{{_tex(work.whole_title)}}}",
        "year": str(work.published.year) if work.published else "",
        "month": str(work.published.month) if work.published else "",
        "date": work.published.isoformat() if work.published else "",
        "version": _tex(work.release),
        "publisher": PUBLISHER,
        "howpublished": "Online",
        "url": _tex_address(work.address),
        "urldate": work.read.isoformat() if work.read else "",
        "langid": {"zh": "chinese", "en": "english"}[work.language],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{lines}}}\n"


def ris(work: Work) -> str:
    """Return a record of RIS. Each field is one line, whatever its text holds."""
    day = work.published
    fields = [
        ("TY", "DATA"),
        *(("AU", name) for name in work.authors or (PUBLISHER,)),
        ("TI", work.part or work.title),
        ("T2", work.title if work.part else ""),
        ("PY", f"{day.year:04}" if day else ""),
        ("DA", day.strftime("%Y/%m/%d/") if day else ""),
        ("ET", work.release),
        ("PB", PUBLISHER),
        ("LA", work.language),
        ("UR", work.address),
        ("Y2", work.read.strftime("%Y/%m/%d/") if work.read else ""),
        ("ID", work.key),
    ]
    lines = [f"{tag}  - {text}" for tag, value in fields if (text := _flat(value))]
    return "\r\n".join([*lines, "ER  - ", ""])


def _flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(_BREAKS.sub(" ", text).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in _flat(text))


def _tex_address(address: str) -> str:
    """Return an address for the field `url`, which takes everything as it stands but for braces and blanks."""
    coded = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"}
    return "".join(coded.get(char, char) for char in _flat(address))


def _listed(names: list[str]) -> str:
    if len(names) > NAMED_BY_APA:
        return ", ".join(names[: NAMED_BY_APA - 1]) + f", . . . {names[-1]}"
    *first, last = names or [""]
    if not first:
        return last
    comma = pgettext("between authors", ", ")
    return comma.join(first) + pgettext("before the last author", ", & ") + last


def styles(work: Work) -> list[tuple[str, str, str]]:
    """Return anchor, name of the style and the text, for each of the four."""
    return [
        ("gbt", "GB/T 7714-2015", gbt(work)),
        ("apa", "APA 7", apa(work)),
        ("bibtex", "BibTeX", bibtex(work)),
        ("ris", "RIS", ris(work)),
    ]
