"""How far each part of a draft is: rows entered, verified, disputed and missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from awards.models import Award, Release
from cityrank.publishing.models import Entry, nothing_typed
from scores.models import Ranking


@dataclass(frozen=True)
class Progress:
    """`missing` is counted against the expected number of rows; None where none is expected."""

    entered: int = 0
    verified: int = 0
    disputed: int = 0
    expected: int | None = None
    # Of a table that is keyed twice: how many of its entries are finished.
    finished_entries: int = 0
    # How many rows each entry has that has not become the table's yet.
    keyed: tuple[int, ...] = ()

    @property
    def missing(self) -> int | None:
        return None if self.expected is None else max(self.expected - self.entered, 0)

    @property
    def share(self) -> int:
        """Percent of the expected rows that are entered, for a bar."""
        if not self.expected:
            return 100 if self.entered else 0
        return min(100 * self.entered // self.expected, 100)


def progress_of_awards(release: Release) -> dict[int, Progress]:
    """Return the progress of every award of a release by its key, in one query."""
    rows = Award.objects.of_release(release).annotate(
        entered=Count("recipients"),
        verified=Count("recipients", filter=Q(recipients__verified_at__isnull=False)),
    )
    return {
        row.pk: Progress(entered=row.entered, verified=row.verified, expected=row.expected_count)
        for row in rows.order_by()
    }


def progress_of_rankings(release: Release) -> dict[int, Progress]:
    """Return the progress of every ranking of a release by its key; disputes are those of finished double entries."""
    from cityrank.publishing.comparing import open_differences

    rows = Ranking.objects.of_release(release).annotate(
        entered=Count("scores"), verified=Count("scores", filter=Q(scores__verified_at__isnull=False))
    )
    entries = _entries(release)
    finished = {key: sum(is_finished for is_finished, _rows in found) for key, found in entries.items()}
    disputed = open_differences([key for key, number in finished.items() if number == 2])

    def keyed(row: Ranking) -> tuple[int, ...]:
        is_settled = finished.get(row.pk, 0) >= (2 if row.double_entry else 1) and row.pk not in disputed
        return () if is_settled else tuple(rows for _is_finished, rows in entries.get(row.pk, []))

    return {
        row.pk: Progress(
            entered=row.entered,
            verified=row.verified,
            disputed=disputed.get(row.pk, 0),
            expected=row.expected_count or row.cutoff,
            finished_entries=finished.get(row.pk, 0),
            keyed=keyed(row),
        )
        for row in rows.order_by()
    }


def _entries(release: Release) -> dict[int, list[tuple[bool, int]]]:
    """Return by ranking whether each of its entries is finished, and how many rows are typed in it."""
    typed = Count("rows", filter=~nothing_typed("rows__"))
    rows = Entry.objects.filter(ranking__release=release).order_by("number").annotate(typed=typed)
    found: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    for ranking, state, number in rows.values_list("ranking", "state", "typed"):
        found[ranking].append((state == Entry.State.FINISHED, number))
    return found


def total(parts: Iterable[Progress]) -> Progress:
    """Return the sum over parts; expected where every part expects something."""
    parts = list(parts)
    expected = [part.expected for part in parts if part.expected is not None]
    return Progress(
        entered=sum(part.entered for part in parts),
        verified=sum(part.verified for part in parts),
        disputed=sum(part.disputed for part in parts),
        expected=sum(expected) if expected else None,
    )
