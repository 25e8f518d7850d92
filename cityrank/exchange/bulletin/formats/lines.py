"""What every format ends in: lines of one text, within limits that no bulletin reaches."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Document, Line

# The longest bulletin known has 11,000 characters; a table of all counties would have some 60,000.
MOST_CHARACTERS = 200_000
MOST_LINES = 50_000

HEADING, ROW, PICTURE, FURNITURE, ITEM = "heading", "row", "picture", "furniture", "item"

_WHITE = re.compile(r"\s+")
# So many blanks in a row set nothing apart that fewer do not, and make every search for blanks slow.
_WIDE_BLANK = re.compile(r"[^\S\n]{64,}")


class UnreadableDocument(Exception):
    """The file holds no bulletin that can be read; the text says why and what to do."""


class Lines:
    """Collects lines and keeps count of where each begins. Every method raises `UnreadableDocument` past the limits."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[Line] = []
        self._length = 0

    def add(self, text: str, hint: str = "", level: int = 0) -> None:
        """Add a text under one hint; it becomes as many lines as it has."""
        for part in text.splitlines() or [""]:
            self._append(part, hint, level, ())

    def add_row(self, cells: Sequence[str]) -> None:
        """Add a row of a real table; white space in a cell is one space, so that a tab always parts two cells."""
        clean = tuple(squeezed(cell) for cell in cells)
        self._append("\t".join(clean), ROW, 0, clean)

    def document(self, kind: str, encoding: str) -> Document:
        """Return what was collected. Raises `UnreadableDocument` where nothing is printed."""
        text = "\n".join(line.text for line in self._lines)
        if not text.strip():
            raise UnreadableDocument(_("%(name)s contains no text.") % {"name": self._name})
        return Document(self._name, kind, encoding, text, tuple(self._lines))

    def _append(self, text: str, hint: str, level: int, cells: tuple[str, ...]) -> None:
        if not cells:
            text = _WIDE_BLANK.sub("\t", text)
        self._lines.append(Line(len(self._lines) + 1, self._length, text, hint, level, cells))
        self._length += len(text) + 1
        if self._length > MOST_CHARACTERS or len(self._lines) > MOST_LINES:
            raise UnreadableDocument(
                _(
                    "%(name)s is too long for a bulletin: more than %(characters)s characters or %(lines)s lines."
                )
                % {"name": self._name, "characters": f"{MOST_CHARACTERS:,}", "lines": f"{MOST_LINES:,}"}
            )


def squeezed(text: str) -> str:
    return _WHITE.sub(" ", text).strip()
