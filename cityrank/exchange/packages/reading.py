"""Take a release over from a package, as a draft that people look at before anybody else does."""

from typing import BinaryIO

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Edition, Release
from cityrank.exchange.packages.building import Builder, faults_of, path_of, stored
from cityrank.exchange.packages.contents import OF_THE_RELEASE
from cityrank.exchange.packages.faults import BadPackage, Fault
from cityrank.exchange.packages.opening import Package, Row
from cityrank.exchange.packages.registering import Registrar
from cityrank.exchange.sheets.release import HEADING
from cityrank.exchange.writing import Progress, nobody_listens
from cityrank.publishing.authors import note_author
from cityrank.publishing.workflow import log_start, refuse_second_preparation, settle_schedules

# Columns of the heading that are the edition's and not the release's.
_OF_THE_EDITION = ("period_start", "period_end", "invented")


@transaction.atomic
def read_package(file: BinaryIO, by: User | None = None, *, progress: Progress = nobody_listens) -> Release:
    """Return a new draft with everything that a package holds: all of it, or nothing where something is wrong.

    The edition is made if it is not there, subjects and lines are entered if the registry does not have them. `by`
    becomes an author of the draft; None is a program. Raises `BadPackage` with all that is wrong in the first table
    that cannot be read, and `Refused` where another release of the edition is in preparation.
    """
    package = Package(file)
    draft = _draft(package, by)
    known = Registrar(package, by).register()
    builder = Builder(package, draft, known, progress)
    for sheet in OF_THE_RELEASE:
        builder.store(sheet)
    note_author(draft.pk, by)
    return draft


def _draft(package: Package, by: User | None) -> Release:
    number, row = _heading(package)
    edition = _edition(number, row, by)
    settle_schedules(edition)
    refuse_second_preparation(edition)
    values: Row = {}
    for column in HEADING.columns:
        if column.sets and column.sets not in _OF_THE_EDITION and column.name in row:
            values |= stored(column, HEADING, row[column.name])
    draft = Release(edition=edition, **values)
    if faults := faults_of(HEADING, number, Release(edition=edition, number=1, **values)):
        raise BadPackage(*faults)
    reason = _("From the package of %(edition)s, release %(number)s")
    return log_start(draft, by, reason % {"edition": row["edition"], "number": row["release"]})


def _heading(package: Package) -> tuple[int, Row]:
    rows = list(package.rows(HEADING))
    if len(rows) != 1:
        raise BadPackage(Fault(_("The file needs exactly one row below its headings."), path_of(HEADING)))
    return rows[0]


def _edition(number: int, row: Row, by: User | None) -> Edition:
    """Return the edition, locked: one action at a time works on it. It is made if it is not there."""
    edition = Edition.objects.select_for_update().filter(label=row["edition"]).first()
    years = {name: row[name] for name in ("period_start", "period_end")}
    if edition is not None:
        if any(getattr(edition, name) != year for name, year in years.items()):
            sentence = _("Edition %(edition)s is here with other years. Mend one of the two.")
            raise BadPackage(
                Fault(sentence % {"edition": edition.label}, path_of(HEADING), number, "period_start")
            )
        return edition
    # Packages that were written before there were invented editions do not say.
    edition = Edition(label=row["edition"], invented=bool(row.get("invented")), **years)
    try:
        edition.full_clean()
    except ValidationError as error:
        sentence = _("%(problems)s Mend the row.") % {"problems": " ".join(error.messages)}
        raise BadPackage(Fault(sentence, path_of(HEADING), number, "edition")) from error
    edition._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    edition.save()
    return edition
