"""All that is known of one subject: its awards and where it stood in each table, through the editions.

`record_of` is what the page of a place, its profile and the API read. Rows of the database in it come with whatever
their names and titles need, so that nothing is asked again for each of them.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.utils.translation import get_language

from awards import instant
from awards.models import Award, Recipient, Release
from cityrank.publishing.gate import Gate
from cityrank.publishing.models import Erratum
from cityrank.registry.models import Place, Subject
from cityrank.results.place_corrections import Marks, errata_about
from cityrank.results.place_past import Former, formers_of
from cityrank.results.place_standings import Course, Standing, courses_of


@dataclass(frozen=True)
class Won:
    """An award that the subject received, or with `former` a place that it took over from."""

    recipient: Recipient
    former: Former | None
    # What later releases changed of it, newest first.
    corrections: tuple[Erratum, ...] = ()

    @property
    def award(self) -> Award:
        return self.recipient.award

    @property
    def release(self) -> Release:
        return self.award.release


@dataclass(frozen=True)
class Record:
    """What `record_of` returns: everything newest first."""

    subject: Subject
    # The releases that all of it was read from.
    releases: tuple[Release, ...]
    awards: tuple[Won, ...]
    courses: tuple[Course, ...]
    # Places that it took over from, nearest first.
    formers: tuple[Former, ...]
    # Everything that corrections changed of it, also what they took away.
    corrections: tuple[Erratum, ...]

    def __bool__(self) -> bool:
        return bool(self.awards or self.courses)

    @property
    def own_awards(self) -> list[Won]:
        return [won for won in self.awards if won.former is None]

    @property
    def former_awards(self) -> list[Won]:
        return [won for won in self.awards if won.former is not None]

    @property
    def standings(self) -> list[Standing]:
        return [standing for course in self.courses for standing in course.standings]

    @property
    def sources(self) -> list[Release]:
        """The releases in which it appears, newest edition first."""
        found = {won.release.pk for won in self.awards} | {one.release.pk for one in self.standings}
        return [release for release in self.releases if release.pk in found]


def record_of(gate: Gate, subject: Subject) -> Record:
    """Return the record of a subject that the caller has through the gate.

    The number of queries does not depend on how much it received: one each for releases, awards, rows, tables, what
    came before them, their figures, neighbours and corrections, and one for each step of a chain of former places.
    Within a request a record is gathered once: the page and each of its charts ask for it.
    """
    reading = instant.present()
    if reading is None:
        return _gathered(gate, subject)
    key = ("record", get_language(), _name_of(gate), subject.pk)
    if key not in reading.found:
        reading.found[key] = _gathered(gate, subject)
    found: Record = reading.found[key]
    return found


def _name_of(gate: Gate) -> str:
    """Return what tells two gates of one request apart, without a query."""
    try:
        return str(gate.releases.query)
    except EmptyResultSet:  # nothing is public
        return ""


def _gathered(gate: Gate, subject: Subject) -> Record:
    releases = tuple(
        gate.releases.select_related("edition").order_by("-edition__period_end", "-edition__period_start")
    )
    formers = formers_of(subject, min((one.edition.period_start for one in releases), default=None))
    holders: dict[int, Former | None] = {one.place.pk: one for one in formers} | {subject.pk: None}
    errata = errata_about([subject, *(one.place for one in formers)], releases)
    marks = Marks(errata)
    return Record(
        subject=subject,
        releases=releases,
        awards=tuple(
            Won(row, holders[row.subject_id], marks.of(row.award, "recipient", row.subject))
            for row in _recipients(gate, list(holders))
            if row.subject_id is not None
        ),
        courses=courses_of(gate, holders, marks, _end_of(subject)),
        formers=formers,
        corrections=tuple(errata),
    )


def _end_of(subject: Subject) -> int | None:
    return subject.valid_to.year if isinstance(subject, Place) and subject.valid_to else None


def _recipients(gate: Gate, holders: list[int]) -> QuerySet[Recipient]:
    rows = gate.rows(Recipient).filter(subject__in=holders)
    rows = rows.select_related(
        "subject",
        "award__series",
        "award__line",
        "award__citation",
        "award__source",
        "award__release__edition",
    )
    return rows.order_by("-award__release__edition__period_end", "award__series__number", "award__position")
