"""What waits for somebody, in the releases that are being prepared."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery

from awards.models import Award, Recipient, Release
from cityrank.publishing.comparing import open_differences
from cityrank.publishing.models import Assignment, Entry, Move
from cityrank.publishing.roles import COORDINATE
from cityrank.publishing.settling import RESOLVE
from cityrank.publishing.verifying import VERIFY
from scores.models import Ranking, Score

PUBLISH = "awards.publish_release"
LATE = dt.date.max


@dataclass
class Waiting:
    """Empty lists where nothing waits. `disputed` has tables with the number of cells that differ in each."""

    tasks: list[Assignment] = field(default_factory=list)
    disputed: list[tuple[Ranking, int]] = field(default_factory=list)
    to_verify: list[Assignment] = field(default_factory=list)
    review: list[Release] = field(default_factory=list)
    publish: list[Release] = field(default_factory=list)
    # What the person has sent back and nobody has handed in again.
    parts_sent_back: list[Assignment] = field(default_factory=list)
    releases_sent_back: list[Release] = field(default_factory=list)
    # Of everybody's work, for those who divide it: what is to be done by a day, the first day first.
    deadlines: list[Assignment] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.tasks or self.disputed or self.to_verify or self.review or self.publish)


def waiting_for(person: User, preparing: Iterable[Release]) -> Waiting:
    """Return what waits for a person; the number of queries does not depend on how much there is."""
    releases = list(preparing)
    drafts = [row for row in releases if row.is_editable]
    assigned = list(_assignments(drafts))
    return Waiting(
        tasks=_by_day(row for row in assigned if row.person_id == person.pk and _is_open(row)),
        disputed=_disputed(person, drafts) if person.has_perm(RESOLVE) else [],
        to_verify=_to_verify(person, assigned) if person.has_perm(VERIFY) else [],
        review=_in(releases, "in_review") if person.has_perm(VERIFY) else [],
        publish=_in(releases, "approved") if person.has_perm(PUBLISH) else [],
        parts_sent_back=[
            row for row in assigned if row.returned_by_id == person.pk and row.state == "returned"
        ],
        releases_sent_back=_sent_back(person, drafts) if person.has_perm(VERIFY) else [],
        deadlines=_by_day(row for row in assigned if row.due_on and _is_open(row))
        if person.has_perm(COORDINATE)
        else [],
    )


def _assignments(drafts: list[Release]) -> Iterable[Assignment]:
    if not drafts:
        return []
    related = ("release__edition", "award__series", "ranking__series", "person", "returned_by")
    return Assignment.objects.filter(release__in=drafts).select_related(*related)


def _is_open(row: Assignment) -> bool:
    return row.state != Assignment.State.DONE


def _by_day(rows: Iterable[Assignment]) -> list[Assignment]:
    return sorted(rows, key=lambda row: row.due_on or LATE)


def _in(releases: list[Release], status: str) -> list[Release]:
    return [row for row in releases if row.public_status == status]


def _disputed(person: User, drafts: list[Release]) -> list[tuple[Ranking, int]]:
    """Return the tables whose two entries differ and that this person has not entered."""
    twice = Ranking.objects.filter(release__in=drafts, double_entry=True, entries__state=Entry.State.FINISHED)
    twice = twice.exclude(entries__person=person).select_related("release__edition", "series").distinct()
    tables = {row.pk: row for row in twice} if drafts else {}
    return [(tables[key], count) for key, count in open_differences(tables).items()]


def _to_verify(person: User, assigned: list[Assignment]) -> list[Assignment]:
    """Return what others report as done and nobody has compared with its source yet."""
    done = [row for row in assigned if not _is_open(row) and row.person_id != person.pk]
    awards = Award.objects.filter(pk__in=[row.award_id for row in done if row.award_id])
    rankings = Ranking.objects.filter(pk__in=[row.ranking_id for row in done if row.ranking_id])
    unverified = {"verified_at": None}
    open_awards = set(
        Recipient.objects.filter(award__in=awards, **unverified).values_list("award", flat=True)
    )
    open_rankings = set(
        Score.objects.filter(ranking__in=rankings, **unverified).values_list("ranking", flat=True)
    )
    return [row for row in done if row.award_id in open_awards or row.ranking_id in open_rankings]


def _sent_back(person: User, drafts: list[Release]) -> list[Release]:
    last = Move.objects.filter(release=OuterRef("pk")).order_by("-pk")
    found = Release.objects.filter(pk__in=[row.pk for row in drafts]).select_related("edition")
    found = found.annotate(last=Subquery(last.values("action")[:1]), last_by=Subquery(last.values("by")[:1]))
    return list(found.filter(last="return", last_by=person.pk))
