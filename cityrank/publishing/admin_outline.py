"""The outline of a release: its series in the order of the bulletin with what is in them, then everything else."""

from dataclasses import dataclass, field

from django.db.models import Count, Model, Q
from django.urls import reverse

from awards.models import (
    Attachment,
    Award,
    Citation,
    Fact,
    Organiser,
    Recipient,
    Release,
    Section,
    Series,
    Source,
)
from scores.models import GroupAverage, PeerGroup, Ranking, Score


@dataclass
class Entry:
    """An award or a ranking: how many rows it has of those expected, how many names are unresolved, its state."""

    obj: Model
    kind: str
    url: str
    count: int
    expected: int | None
    unresolved: int
    state: str = ""

    @property
    def is_complete(self) -> bool:
        return self.expected is None or self.count == self.expected


@dataclass
class Part:
    series: Series
    url: str
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Group:
    """All rows of one model, as a link to their list."""

    name: str
    url: str
    count: int


OTHERS = (GroupAverage, Fact, Section, Source, Citation, Organiser, PeerGroup, Attachment)


def outline(release: Release) -> dict[str, list]:
    """Return `{"parts": [Part], "groups": [Group]}`; the number of queries does not depend on the content."""
    parts = {
        row.pk: Part(row, _address(row)) for row in Series.objects.of_release(release).order_by("number")
    }
    for entry in [*_awards(release), *_rankings(release)]:
        parts[entry.obj.series_id].entries.append(entry)
    return {"parts": list(parts.values()), "groups": _groups(release)}


def _address(obj: Model) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def _awards(release: Release) -> list[Entry]:
    rows = Award.objects.of_release(release).order_by("series__number", "position")
    rows = rows.annotate(
        rows=Count("recipients"), unresolved=Count("recipients", filter=Q(recipients__subject=None))
    )
    return [Entry(row, "award", _address(row), row.rows, row.expected_count, row.unresolved) for row in rows]


def _rankings(release: Release) -> list[Entry]:
    rows = Ranking.objects.of_release(release).order_by("series__number", "position")
    rows = rows.annotate(rows=Count("scores"), unresolved=Count("scores", filter=Q(scores__subject=None)))
    return [
        Entry(
            row,
            "ranking",
            _address(row),
            row.rows,
            row.expected_count,
            row.unresolved,
            row.get_state_display(),
        )
        for row in rows
    ]


def _groups(release: Release) -> list[Group]:
    return [_group(model, release) for model in (*OTHERS, Recipient, Score)]


def _group(model: type[Model], release: Release) -> Group:
    options = model._meta
    count = model._default_manager.of_release(release).count()  # type: ignore[attr-defined]
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return Group(str(options.verbose_name_plural), f"{address}?release={release.pk}", count)
