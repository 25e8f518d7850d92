"""The formats that a release can be exported in: a list for the command and the pages of the office.

A format is a function that writes a release into a file; to add one, put it into `FORMATS`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from awards.models import Release
from cityrank.exchange.documents import files as documents
from cityrank.exchange.packages import refuse_unpublished, write_package
from cityrank.exchange.packages.contents import Contents
from cityrank.exchange.packages.describing import LICENCE, address_of, is_public
from cityrank.exchange.packages.writing import member
from cityrank.exchange.writing import (
    MEDIA_TYPES,
    NAMES,
    Counted,
    Progress,
    csv_pieces,
    nobody_listens,
    write_workbook,
)


@dataclass(frozen=True)
class Options:
    """`language` is the code of a language or NAMES, for headings; `office` as in `write_package`.

    `site` is what addresses in a document begin with; SITE_URL where it is empty.
    """

    language: str = NAMES
    office: bool = False
    progress: Progress = nobody_listens
    site: str = ""


@dataclass(frozen=True)
class Format:
    """`write(release, file, options)` returns counts of what it wrote, by name; it raises `Refused`."""

    name: str
    suffix: str
    media_type: str
    about: Promise
    write: Callable[[Release, BinaryIO, Options], dict[str, int]]

    def file_name(self, release: Release) -> str:
        draft = "" if is_public(release) else "-draft"
        return f"cityrank-{release.edition.label}-release-{release.number}{draft}.{self.suffix}"


def _package(release: Release, file: BinaryIO, options: Options) -> dict[str, int]:
    return write_package(release, file, office=options.office, progress=options.progress)


def _workbook(release: Release, file: BinaryIO, options: Options) -> dict[str, int]:
    if not options.office:
        refuse_unpublished(release)
    tables = [Counted(rows, options.progress) for rows in Contents(release, options.office).tables()]
    with override(None if options.language == NAMES else options.language):
        return write_workbook(file, tables, options.language, list(about(release)))


def about(release: Release) -> Iterator[tuple[str, str]]:
    """Return what a workbook says of itself on its first sheet, in the active language."""
    if release.edition.invented:
        yield gettext("Invented data"), gettext("Do not pass it on or cite it.")
    if not is_public(release):
        yield gettext("Draft, not published."), gettext("Do not pass it on or cite it.")
    yield gettext("title"), release.title
    yield gettext("edition"), release.edition.label
    yield gettext("release"), str(release.number)
    if address := address_of(release):
        yield gettext("permanent address"), address
    yield gettext("licence"), f"{LICENCE['title']} {LICENCE['path']}"


def _csv_files(release: Release, file: BinaryIO, options: Options) -> dict[str, int]:
    """Write a zip with a CSV file for each table, with a byte order mark: people open these in spreadsheets."""
    if not options.office:
        refuse_unpublished(release)
    counts: dict[str, int] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for rows in Contents(release, options.office).tables():
            counted = Counted(rows, options.progress)
            with archive.open(member(f"{rows.sheet.name}.csv"), "w") as target:
                target.writelines(csv_pieces(counted, options.language, bom=True))
            counts[rows.sheet.name] = counted.count
    return counts


PACKAGE = Format(
    "package",
    "zip",
    MEDIA_TYPES["zip"],
    _(
        "Data package: CSV files with a description of every column, README, licence and citation; can be imported"
    ),
    _package,
)
WORKBOOK = Format("xlsx", "xlsx", MEDIA_TYPES["xlsx"], _("Workbook with a sheet for each table"), _workbook)
CSV_FILES = Format(
    "csv",
    "csv.zip",
    MEDIA_TYPES["zip"],
    _("CSV files for spreadsheets, one for each table, in a zip"),
    _csv_files,
)
TEXT = Format(
    "text",
    "txt",
    "text/plain; charset=utf-8",
    _("The bulletin as text, composed from the data; can be read back as a bulletin"),
    documents.write_text,
)
WORD = Format(
    "docx",
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _("The bulletin as a Word document, composed from the data"),
    documents.write_word,
)
PDF = Format(
    "pdf", "pdf", "application/pdf", _("The bulletin as PDF, composed from the data"), documents.write_pdf
)
CERTIFICATES = Format(
    "certificates",
    "certificates.pdf",
    "application/pdf",
    _("A certificate for each recipient, in one PDF; of a draft, specimens"),
    documents.write_certificates,
)
FORMATS: dict[str, Format] = {
    one.name: one for one in (PACKAGE, WORKBOOK, CSV_FILES, TEXT, WORD, PDF, CERTIFICATES)
}
