"""Two entries of one table, cell by cell."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from cityrank.publishing.models import Entry, EntryRow, Resolution
from scores.models import Ranking

CELLS = tuple(Resolution.Cell.values)
# 85.3, +85.30, .5, 1,234.5 or 1 234.5; "8 5.3" and "85,3" are slips and no numbers.
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)?(?:(?<=\d)\.\d*|\.\d+)?", re.ASCII)


def number(text: str) -> Decimal | None:
    """Return the number that was typed, full-width digits and separators of thousands included; None for none.

    Raises `ValueError` for what is no number.
    """
    typed = plain(text).replace("\N{MINUS SIGN}", "-")
    if not typed:
        return None
    if not NUMBER.fullmatch(typed) or not any(char.isdigit() for char in typed):
        raise ValueError(text)
    value = Decimal(typed.replace(",", "").replace(" ", ""))
    return value.copy_abs() if value.is_zero() else value


def same(cell: str, first: str, second: str) -> bool:
    """Return whether two typings of a cell say the same; numbers as numbers with the decimals they were typed with."""
    if cell in (Resolution.Cell.RANK, Resolution.Cell.SCORE):
        try:
            one, two = number(first), number(second)
        except ValueError:
            return first == second
        if one is None or two is None:
            return one is two
        # 85.30 was printed with other decimals than 85.3; of a rank only its value counts.
        return one == two and (cell == Resolution.Cell.RANK or _decimals(one) == _decimals(two))
    return plain(first) == plain(second)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


Pair = tuple[EntryRow | None, EntryRow | None]


@dataclass(frozen=True)
class Difference:
    """A cell that two people read differently, and what a third decided, if somebody has.

    A row that only one of them has is one difference, in the cell of its name: "" says that there is no such row.
    """

    position: int
    cell: str
    first: str
    second: str
    resolution: Resolution | None = None
    rows: Pair = (None, None)

    @property
    def is_row(self) -> bool:
        return None in self.rows

    @property
    def is_open(self) -> bool:
        return self.resolution is None

    @property
    def label(self) -> str:
        return str(Resolution.Cell(self.cell).label)


def typed(row: EntryRow | None, cell: str) -> str:
    """Return what stands in a cell as text; of a subject its key, of a row that is not there nothing."""
    if row is None:
        return ""
    if cell == Resolution.Cell.SUBJECT:
        return str(row.subject_id or "")
    return str(getattr(row, cell))


def differences(ranking: Ranking) -> list[Difference]:
    """Return the cells in which two finished entries of a table differ, in the order of the table; else none."""
    return _differences([ranking.pk]).get(ranking.pk, [])


def open_differences(rankings: Iterable[int]) -> dict[int, int]:
    """Return for those of the rankings (keys) with undecided differences how many there are, in three queries."""
    keys = list(rankings)
    if not keys:
        return {}
    counts = {key: sum(one.is_open for one in found) for key, found in _differences(keys).items()}
    return {key: count for key, count in counts.items() if count}


def _differences(rankings: list[int]) -> dict[int, list[Difference]]:
    entries: dict[int, list[Entry]] = defaultdict(list)
    finished = Entry.objects.filter(ranking__in=rankings, state=Entry.State.FINISHED).order_by("number")
    for entry in finished.prefetch_related("rows"):
        entries[entry.ranking_id].append(entry)
    decided = {
        (row.ranking_id, row.position, row.cell): row
        for row in Resolution.objects.filter(ranking__in=rankings).select_related("by")
    }
    found: dict[int, list[Difference]] = {}
    for key, pair in entries.items():
        if len(pair) == 2:
            rows = aligned(*(sorted(entry.rows.all(), key=lambda row: row.position) for entry in pair))
            found[key] = [
                Difference(position, cell, first, second, decided.get((key, position, cell)), both)
                for position, both in enumerate(rows, 1)
                for cell, first, second in _differing_cells(both)
            ]
    return found


def _differing_cells(rows: Pair) -> Iterator[tuple[str, str, str]]:
    one, two = rows
    if one is None or two is None:
        yield Resolution.Cell.NAME, typed(one, Resolution.Cell.NAME), typed(two, Resolution.Cell.NAME)
        return
    for cell in CELLS:
        first, second = typed(one, cell), typed(two, cell)
        if not same(cell, first, second):
            yield cell, first, second


def aligned(first: Sequence[EntryRow], second: Sequence[EntryRow]) -> list[Pair]:
    """Pair the rows of two entries in the order of the table.

    A row that one of them has left out stands alone; so the rows below it are not all said to differ.
    """
    one, two = ([str(row.subject_id or plain(row.printed_name)) for row in rows] for rows in (first, second))
    pairs: list[Pair] = []
    for _tag, i, i_end, j, j_end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        shared = min(i_end - i, j_end - j)
        pairs += [(first[i + n], second[j + n]) for n in range(shared)]
        pairs += [(row, None) for row in first[i + shared : i_end]]
        pairs += [(None, row) for row in second[j + shared : j_end]]
    return pairs
