"""What every file becomes when it is read: tables of texts with their places."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cityrank.exchange.cells import restored

# What one file may hold. A table of every township of the country has some 40,000 rows.
MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_SHEETS = 100
MOST_CHARACTERS = 10_000

# No database takes them, and no printed table has them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


class BadFile(Exception):
    """The file cannot be read as a table; the text says what is wrong, where, and what to do."""


# Number of the row in the file, from 1, and the texts of its cells.
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """One sheet of a file, or a text file as a whole; it can be read more than once.

    `read(columns)` yields each row that is not blank with the texts of these columns (indexes from 0), or of all;
    rows may be shorter than the heading. `odd` says of cells (row from 1, column from 0) what a text cannot: that a
    formula has no value or an error.
    """

    name: str
    read: Callable[[Sequence[int] | None], Iterator[Row]]
    height: int
    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    # By column how many of its cells show fewer decimals than they hold.
    shortened: dict[int, int] = field(default_factory=dict)


@dataclass
class Document:
    """The tables of a file, and sentences about what was left out of it."""

    tables: list[Table]
    notices: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """Return the text of a cell as it can be stored: without control characters, and without what hides a formula."""
    text = restored(_CONTROL.sub("", text).replace("\r\n", "\n").strip())
    return text[: MOST_CHARACTERS + 1]


def letters(column: int) -> str:
    """Return how spreadsheets name a column: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int:
    """Return the index of a column from its letters: A is 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def plain(text: str) -> str:
    """Return a heading or a choice in the one spelling that they are compared in."""
    return re.sub(r"[\s_\u200b]+", "", unicodedata.normalize("NFKC", text)).casefold()
