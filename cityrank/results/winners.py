"""Winners counted: by province, and who won most often."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass(frozen=True)
class Win:
    """An award that somebody received: keys of the award, the winner and the province it lies in (None: in none)."""

    award: int
    who: int
    province: int | None = None


@dataclass(frozen=True)
class Tally:
    """The winners of one province, or of none: each of them once in `winners`, each award of each in `wins`."""

    province: int | None
    wins: tuple[Win, ...] = ()

    @property
    def winners(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(win.who for win in self.wins))

    @property
    def by_winner(self) -> dict[int, tuple[int, ...]]:
        """Return the awards of each winner, in the order in which they came."""
        found: dict[int, list[int]] = defaultdict(list)
        for win in self.wins:
            found[win.who].append(win.award)
        return {who: tuple(awards) for who, awards in found.items()}


@dataclass(frozen=True)
class Count:
    """All winners, by province: most winners first, then most awards, then as `order` says; `nowhere` lie in none."""

    tallies: tuple[Tally, ...] = ()
    nowhere: Tally = field(default_factory=lambda: Tally(None))

    @property
    def winners(self) -> int:
        return sum(len(tally.winners) for tally in (*self.tallies, self.nowhere))

    @property
    def wins(self) -> int:
        return sum(len(tally.wins) for tally in (*self.tallies, self.nowhere))

    @property
    def in_provinces(self) -> int:
        return sum(len(tally.winners) for tally in self.tallies)


def by_province(wins: Iterable[Win], order: Mapping[int, int] | None = None) -> Count:
    """Count winners and awards by province. Every win is counted once, so that the parts add up to the whole."""
    found: dict[int | None, list[Win]] = defaultdict(list)
    for win in wins:
        found[win.province].append(win)
    nowhere = Tally(None, tuple(found.pop(None, ())))
    tallies = [Tally(province, tuple(rows)) for province, rows in found.items()]
    places = order or {}

    def rank(tally: Tally) -> tuple[int, int, int]:
        return -len(tally.winners), -len(tally.wins), places.get(tally.province or 0, 0)

    return Count(tuple(sorted(tallies, key=rank)), nowhere)


@dataclass(frozen=True)
class Often:
    """Somebody with several awards; `rank` is shared by those with as many (1, 2, 2, 4)."""

    who: int
    awards: tuple[int, ...]
    rank: int


def most_awarded(wins: Iterable[Win], present: Mapping[int, int], least: int = 2) -> list[Often]:
    """Return who has at least `least` awards, most first; a former place counts as what `present` says it is today."""
    found: dict[int, list[int]] = defaultdict(list)
    for win in wins:
        found[present.get(win.who, win.who)].append(win.award)
    often = sorted(
        ((who, tuple(awards)) for who, awards in found.items() if len(awards) >= least),
        key=lambda item: -len(item[1]),
    )
    counts = [len(awards) for _who, awards in often]
    return [Often(who, awards, counts.index(len(awards)) + 1) for who, awards in often]


Key = TypeVar("Key")


@dataclass(frozen=True)
class Year:
    """The winners of an award in one edition, against the time before it in which the award was given."""

    again: frozenset[int]
    """Winners who had won it in the edition in which it was given last."""
    returned: frozenset[int]
    """Winners who had won it earlier, and not the last time."""
    new: frozenset[int]
    """Winners for the first time on this site."""
    gone: frozenset[int]
    """Winners of the last time who did not win again."""


def continuity(years: Mapping[Key, Iterable[int]]) -> dict[Key, Year]:
    """Compare each edition's winners with those before; `years` is in the order of time."""
    found: dict[Key, Year] = {}
    last: frozenset[int] = frozenset()
    ever: frozenset[int] = frozenset()
    for key, who in years.items():
        now = frozenset(who)
        found[key] = Year(now & last, (now & ever) - last, now - ever, last - now)
        last, ever = now, ever | now
    return found
