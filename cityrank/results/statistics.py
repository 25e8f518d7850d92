"""Figures of whole tables: median, quartiles, best; and where one score stands among the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from cityrank.publishing.gate import Gate
from scores.methodology.statistics import Summary, percentile_rank, summary
from scores.models import Ranking, Score


class Entry(NamedTuple):
    """A row of a table, as little of it as figures need. `rank` is the printed one, else the one that follows.

    A tuple, because a page may need 15,000 of them.
    """

    position: int
    subject: int | None
    rank: int | None
    score: Decimal | None


@dataclass(frozen=True)
class Field:
    """All rows of one table in their order: those that one of them is compared with."""

    entries: tuple[Entry, ...]
    # None where no row has a score.
    summary: Summary | None

    @property
    def ranked(self) -> int:
        """How many rows have a rank: the N of "rank 3 of N"."""
        return sum(entry.rank is not None for entry in self.entries)

    def tied_with(self, entry: Entry) -> int:
        """Return how many others have the same score to the last printed digit."""
        if entry.score is None:
            return 0
        return self._with_score[entry.score] - 1

    @cached_property
    def _with_score(self) -> Counter[Decimal | None]:
        """How many rows have each score, counted once: a table may have thousands of rows."""
        return Counter(entry.score for entry in self.entries)

    def percentile_of(self, score: Decimal) -> Decimal:
        """Return the mid-rank percentile, 0 to 100; see `scores.methodology.statistics`."""
        return percentile_rank((entry.score for entry in self.entries), score)

    def around(self, position: int, reach: int) -> tuple[list[Entry], list[Entry]]:
        """Return the `reach` rows before a position and those after it, both in the order of the table."""
        before = [entry for entry in self.entries if entry.position < position]
        after = [entry for entry in self.entries if entry.position > position]
        return before[-reach:], after[:reach]


EMPTY = Field((), None)


def fields_of(gate: Gate, rankings: Iterable[int]) -> dict[int, Field]:
    """Return the field of each table by its key, in one query; a table without rows has an empty one."""
    keys = list(rankings)
    columns = ("ranking", "position", "subject", "printed_rank", "computed_rank", "printed_score")
    rows = gate.rows(Score).filter(ranking__in=keys).order_by("ranking", "position").values_list(*columns)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for ranking, position, subject, printed, computed, score in rows if keys else ():
        rank = computed if printed is None else printed
        entries[ranking].append(Entry(position, subject, rank, score))
    return {key: Field(tuple(entries[key]), _summary(entries[key])) for key in keys}


def peer_summary(gate: Gate, ranking: Ranking) -> Summary | None:
    """Return median, quartiles, mean, best and worst of the scores that a table prints; None where it prints none.

    Of a table that shows only the first N these are figures of those N: nobody knows the others.
    """
    return fields_of(gate, [ranking.pk])[ranking.pk].summary


def _summary(entries: list[Entry]) -> Summary | None:
    scores = [entry.score for entry in entries if entry.score is not None]
    return summary(scores) if scores else None
