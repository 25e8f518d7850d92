"""What the rules look at: each table of a release is read once, as plain rows."""

from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from awards.models import Attachment, Award, Recipient, Release
from awards.querysets import ReleaseQuerySet
from cityrank.publishing.checks.registry import Found
from cityrank.registry.models import Subject
from scores.models import Band, GroupAverage, Ranking, Score
from scores.peers import members


class RecipientRow(NamedTuple):
    pk: int
    award: int
    position: int
    name: str
    subject: int | None


class ScoreRow(NamedTuple):
    pk: int
    ranking: int
    position: int
    name: str
    subject: int | None
    rank: int | None
    score: Decimal | None
    decimals: int | None
    band: int | None
    status: str
    is_verified: bool


class Content:
    """The content of one release, read when a rule first asks for it. The number of queries does not depend on it."""

    def __init__(self, release: Release, others: ReleaseQuerySet | None = None) -> None:
        """`others` are the releases of other editions to compare with, the current ones unless told otherwise."""
        self.release = release
        self.others = others

    @cached_property
    def awards(self) -> dict[int, Award]:
        rows = Award.objects.of_release(self.release).select_related("series")
        return {row.pk: row for row in rows.order_by("series__number", "position")}

    @cached_property
    def recipients(self) -> dict[int, list[RecipientRow]]:
        rows = Recipient.objects.of_release(self.release).order_by("award", "position")
        found: dict[int, list[RecipientRow]] = defaultdict(list)
        for values in rows.values_list("pk", "award", "position", "printed_name", "subject"):
            row = RecipientRow(*values)
            found[row.award].append(row)
        return found

    @cached_property
    def rankings(self) -> dict[int, Ranking]:
        rows = Ranking.objects.of_release(self.release).select_related(
            "series", "peer_group__release__edition"
        )
        return {row.pk: row for row in rows.order_by("series__number", "position")}

    @cached_property
    def scores(self) -> dict[int, list[ScoreRow]]:
        names = ("pk", "ranking", "position", "printed_name", "subject", "printed_rank", "printed_score")
        more = ("decimals", "band", "status", "verified_at")
        rows = Score.objects.of_release(self.release).order_by("ranking", "position")
        found: dict[int, list[ScoreRow]] = defaultdict(list)
        for values in rows.values_list(*names, *more).iterator(chunk_size=5000):
            row = ScoreRow._make((*values[:-1], values[-1] is not None))
            found[row.ranking].append(row)
        return found

    @cached_property
    def bands(self) -> dict[int, list[Band]]:
        found: dict[int, list[Band]] = defaultdict(list)
        for band in Band.objects.of_release(self.release).order_by("ranking", "position"):
            found[band.ranking_id].append(band)
        return found

    @cached_property
    def averages(self) -> list[GroupAverage]:
        rows = GroupAverage.objects.of_release(self.release).select_related("ranking__peer_group")
        return list(rows.order_by("position"))

    @cached_property
    def attachments(self) -> list[Attachment]:
        return list(Attachment.objects.of_release(self.release))

    @cached_property
    def subjects(self) -> dict[int, tuple[str, str]]:
        """Return kind and level of every subject that the tables name; what is no place has no level."""
        scored = Score.objects.of_release(self.release).values("subject")
        rows = Subject.objects.filter(pk__in=scored).values_list("pk", "kind", "place__level")
        return {key: (kind, level or "") for key, kind, level in rows}

    @cached_property
    def members(self) -> dict[int, set[int]]:
        """Return by key of a group of places the subjects named that belong to it; one query for a group in use."""
        named = list(self.subjects)
        groups = {row.peer_group.pk: row.peer_group for row in self.rankings.values() if row.peer_group}
        in_use = {row.peer_group_id for row in self.rankings.values() if self.scores.get(row.pk)}
        return {
            key: set(members(group).filter(pk__in=named).values_list("pk", flat=True))
            for key, group in groups.items()
            if key in in_use and group.subject_kind == Subject.Kind.PLACE
        }

    @cached_property
    def former_averages(self) -> dict[int, list[GroupAverage]]:
        """Return what the edition before printed, by the line of the ranking."""
        edition = self.release.edition
        others = Release.objects.current() if self.others is None else self.others
        before = others.filter(edition__period_end__lt=edition.period_end)
        last = before.order_by("-edition__period_end", "-edition__period_start").first()
        found: dict[int, list[GroupAverage]] = defaultdict(list)
        if last is not None:
            rows = GroupAverage.objects.of_release(last).exclude(ranking__line=None)
            for average in rows.select_related("ranking"):
                found[average.ranking.line_id].append(average)  # type: ignore[union-attr,index]
        return found

    def former_average(self, average: GroupAverage, line: int) -> GroupAverage | None:
        """Return the same average of the edition before: of the same label, or else the only one over as many rows."""
        former = self.former_averages.get(line, [])
        same_label = [row for row in former if row.printed_label == average.printed_label]
        alike = same_label or [row for row in former if row.top_n == average.top_n]
        return alike[0] if len(alike) == 1 else None

    def is_complete(self, ranking: Ranking) -> bool:
        return ranking.state == Ranking.State.COMPLETE

    def has_all_scores(self, ranking: Ranking) -> bool:
        """Return whether ranks and averages can be computed: no score is there that could not be read."""
        rows = self.scores.get(ranking.pk, [])
        unread = any(row.status == Score.Status.NOT_TRANSCRIBED for row in rows)
        return self.is_complete(ranking) and not unread

    def scored(self, ranking: Ranking) -> list[ScoreRow]:
        return [row for row in self.scores.get(ranking.pk, []) if row.score is not None]


def about_table(ranking: Ranking, message: str, *figures: object) -> Found:
    """Return a finding about a table as a whole."""
    return Found(f"ranking:{ranking.slug}", "scores.ranking", ranking.pk, str(ranking), message, figures)


def score_key(ranking: Any, row: ScoreRow) -> str:
    return f"score:{ranking.slug}:{row.position}"
