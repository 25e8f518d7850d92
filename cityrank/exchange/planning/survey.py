"""The first look at a file: which tables and subjects it names, and who stands where.

What a row means can depend on all others: two that name the same subject, places in a list that change hands, names
that are resolved together. So a file is read twice, and of the first time only short notes are kept.
"""

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from cityrank.exchange.planning.headings import Headed
from cityrank.exchange.reading import BadFile
from cityrank.exchange.reading.tables import MOST_ROWS


class Named(NamedTuple):
    """What identifies a row: its table as the file calls it, and its subject, label or identifier.

    `is_name` says that the text stands in the column of printed names, because the one of the identifier is empty.
    """

    into: str
    text: str
    is_name: bool
    # No cell names the table; the sheet may be called like it.
    by_sheet: bool = False


@dataclass
class Survey:
    """Notes on every row of the file, in its order."""

    # The columns that say which table a row belongs to, who is meant, and what it is called otherwise; "" for none.
    into: str
    identifier: str
    name: str
    named: list[Named] = field(default_factory=list)
    # For each row its number in its sheet, the index of what it is named, and its place in the list, 0 for none.
    numbers: array = field(default_factory=lambda: array("L"))
    index: array = field(default_factory=lambda: array("L"))
    positions: array = field(default_factory=lambda: array("L"))
    # Where the rows of each sheet begin.
    sheets: list[tuple[int, str]] = field(default_factory=list)
    _known: dict[Named, int] = field(default_factory=dict)

    def take(self, headed: Headed) -> None:
        """Add the rows of a table. Raises `BadFile` for too many."""
        names = (self.into, self.identifier, self.name, "position")
        places = [headed.columns.get(name, -1) for name in names]
        wanted = [place for place in places if place >= 0]
        # What the file does not have is read from an empty cell put at the end of each row.
        at = [wanted.index(place) if place >= 0 else len(wanted) for place in places]
        into_at, identifier_at, name_at, position_at = at
        sheet = headed.table.name
        self.sheets.append((len(self.index), sheet))
        for number, texts in headed.table.read(wanted):
            if number <= headed.row:
                continue
            texts.append("")
            into, identifier, position = texts[into_at], texts[identifier_at], texts[position_at]
            self._note(Named(into or sheet, identifier or texts[name_at], not identifier, not into))
            self.numbers.append(number)
            self.positions.append(int(position) if position.isdecimal() and len(position) < 9 else 0)
        if len(self.index) > MOST_ROWS:
            raise BadFile(_("The file has more than %(rows)s rows. Divide it.") % {"rows": MOST_ROWS})

    def _note(self, named: Named) -> None:
        index = self._known.get(named)
        if index is None:
            index = self._known[named] = len(self.named)
            self.named.append(named)
        self.index.append(index)

    def close(self) -> None:
        """Forget the names, once it is known what they are about; the notes on rows stay."""
        self.named.clear()
        self._known.clear()

    def place(self, order: int) -> str:
        """Return where a row stands, in words: its sheet, if there are several, and its number."""
        number = self.numbers[order]
        if len(self.sheets) < 2:
            return _("row %(row)s") % {"row": number}
        sheet = next(name for start, name in reversed(self.sheets) if start <= order)
        return _("row %(row)s of sheet “%(sheet)s”") % {"row": number, "sheet": sheet}
