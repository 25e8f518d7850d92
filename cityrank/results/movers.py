"""Who rose and who fell between two tables of one ranking."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Standing:
    """A row of a table: the key of whom it is about, its rank (1 is first) and its score; None is what is missing."""

    who: int
    rank: int | None
    score: Decimal | None = None


@dataclass(frozen=True)
class Move:
    """Somebody who has a rank in both tables."""

    before: Standing
    now: Standing

    @property
    def who(self) -> int:
        return self.now.who

    @property
    def places(self) -> int:
        """How many ranks it rose; below zero it fell."""
        return (self.before.rank or 0) - (self.now.rank or 0)

    @property
    def change(self) -> Decimal | None:
        """Score now minus score before; None where one of them is missing."""
        if self.now.score is None or self.before.score is None:
            return None
        return self.now.score - self.before.score


@dataclass(frozen=True)
class Movement:
    """What happened between two tables.

    `entered` and `left` are sure: the other table reaches as far as their rank and does not hold them. `beyond_before`
    and `beyond_now` stand below the end of the other table, which therefore says nothing of them. `unranked` stand in
    both tables and have no rank in one.
    """

    moves: tuple[Move, ...] = ()
    entered: tuple[Standing, ...] = ()
    left: tuple[Standing, ...] = ()
    beyond_before: tuple[Standing, ...] = ()
    beyond_now: tuple[Standing, ...] = ()
    unranked: tuple[Standing, ...] = ()

    @property
    def risers(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.places > 0)

    @property
    def fallers(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.places < 0)

    @property
    def unmoved(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.places == 0)

    @property
    def changes(self) -> list[Decimal]:
        return [move.change for move in self.moves if move.change is not None]

    @property
    def mean_change(self) -> Decimal | None:
        """The mean change of the scores of those who have one in both tables; None where nobody has."""
        changes = self.changes
        return sum(changes, Decimal()) / len(changes) if changes else None

    @property
    def mean_places(self) -> Decimal | None:
        """How many ranks those in both tables moved in the mean, up or down; None where nobody is in both."""
        if not self.moves:
            return None
        return Decimal(sum(abs(move.places) for move in self.moves)) / len(self.moves)


def movement(
    now: Iterable[Standing],
    before: Iterable[Standing],
    *,
    reach_now: int | None = None,
    reach_before: int | None = None,
) -> Movement:
    """Compare two tables, each with one row for a key.

    `reach_now` and `reach_before` are the last ranks that the tables show: None where they show everybody, 0 where
    rows may be missing anywhere. Swapping the tables turns every move round, and who entered into who left.
    """
    present = {row.who: row for row in now}
    former = {row.who: row for row in before}
    both = [(former[who], row) for who, row in present.items() if who in former]
    entered, beyond_before = _apart([row for who, row in present.items() if who not in former], reach_before)
    left, beyond_now = _apart([row for who, row in former.items() if who not in present], reach_now)
    return Movement(
        moves=tuple(Move(old, new) for old, new in both if old.rank is not None and new.rank is not None),
        entered=entered,
        left=left,
        beyond_before=beyond_before,
        beyond_now=beyond_now,
        unranked=tuple(new for old, new in both if old.rank is None or new.rank is None),
    )


def _apart(rows: list[Standing], reach: int | None) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Divide rows into those that the other table would show if they were in it, and those below its end."""
    sure = [row for row in rows if reach is None or (row.rank is not None and row.rank <= reach)]
    kept = {row.who for row in sure}
    return tuple(sure), tuple(row for row in rows if row.who not in kept)
