"""Who stands where in the lists of a file: places that are given, kept, handed on, and found for those without one."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cityrank.exchange.planning.values import BadCell
from cityrank.exchange.reading.tables import MOST_ROWS

# No list of this length is read.
_NEAR = MOST_ROWS


class Numbers:
    """A number for each place, 0 where there is none; places of lists lie close together, so most need 8 bytes."""

    def __init__(self) -> None:
        self.near = array("L")
        self.far: dict[int, int] = {}

    def __getitem__(self, place: int) -> int:
        return self.near[place] if place < len(self.near) else self.far.get(place, 0)

    def __setitem__(self, place: int, number: int) -> None:
        if place > _NEAR:
            self.far[place] = number
            return
        if (missing := place + 1 - len(self.near)) > 0:
            self.near.frombytes(bytes(self.near.itemsize * max(missing, 64)))
        self.near[place] = number


@dataclass
class Places:
    """The places of one list. `held` are those of rows that the file does not move, `asked` those it gives."""

    held: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    # By place the number of the planned row that has it, 0 for none.
    taken: "Numbers" = field(default_factory=lambda: Numbers())
    last: int = 0
    top: int = 0

    def begin(self, stored: Iterable[int], leaving: set[int]) -> None:
        """Take note of the places that rows have now, and of those that will be left."""
        stored = set(stored)
        self.held = stored - leaving
        self.top = max(stored | self.asked, default=0)

    def place(self, asked: int | None, own: int | None, number: int, most: int) -> int:
        """Return the place of a row: the one it asks for, the one it has, or the one after the row before it.

        Raises `BadCell` where the place it asks for belongs to another row.
        """
        if asked:
            self.last = asked
            if self.taken[asked]:
                text = _("Position %(position)s is given to another row of the file before this one.")
                raise BadCell(text % {"position": asked})
            if asked in self.held and asked != own:
                text = _("Position %(position)s is held by a row of the list that the file does not move.")
                raise BadCell(text % {"position": asked})
            self.taken[asked] = number
            return asked
        if own:
            self.last = own
            self.taken[own] = self.taken[own] or number
            return own
        free = self.last + 1
        if free in self.held or free in self.asked or self.taken[free]:
            free = self.top + 1
        if free > most:
            raise BadCell(_("The list is full: its positions go to %(most)s.") % {"most": most})
        self.last, self.top = free, max(self.top, free)
        self.taken[free] = number
        return free
