"""Open a package that somebody sends: read what it should hold, within limits, and trust nothing that it says."""

import csv
import io
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from cityrank.exchange.cells import restored
from cityrank.exchange.columns import Column, Sheet
from cityrank.exchange.packages.cells import read_cell
from cityrank.exchange.packages.describing import FORMAT
from cityrank.exchange.packages.faults import MOST_FAULTS, BadCell, BadPackage, Fault
from cityrank.exchange.packages.writing import FOLDER

DESCRIPTION = "datapackage.json"
MOST_FILES = 200
MOST_BYTES = 1_000_000_000
MOST_BYTES_OF_THE_DESCRIPTION = 5_000_000
# A text of an edition is longer than Python's limit of 131,072 characters allows; this one only stops nonsense.
csv.field_size_limit(10_000_000)

Row = dict[str, Any]


class Package:
    """A package that is open for reading."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises `BadPackage` for what is no package of this program, or one that is made to do harm."""
        try:
            self.archive = ZipFile(file)
            members = self.archive.infolist()
        except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise BadPackage(
                Fault(_("This is not a zip file. Choose the package as it was exported."))
            ) from error
        _refuse_hostile(members)
        self.members = {member.filename: member for member in members}
        self.folder = self._folder()
        self.description = self._description()

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """Yield the rows of a table with their numbers, each as {column: value}.

        Raises `BadPackage` at the end of the table for all cells that could not be read.
        """
        faults: list[Fault] = []
        path = f"{FOLDER}/{sheet.name}.csv"
        lines = self._lines(path)
        columns = _columns(sheet, path, next(lines, []))
        for number, cells in enumerate(lines, 2):
            if not cells:
                continue  # a blank line at the end
            found = _row(columns, cells, path, number)
            if isinstance(found, dict) and not faults:
                yield number, found
            elif not isinstance(found, dict):
                faults += found
            if len(faults) >= MOST_FAULTS:
                break
        if faults:
            raise BadPackage(*faults)

    def _folder(self) -> str:
        """Whoever has unpacked a package and packed it again has often put a folder around it."""
        found = [name for name in self.members if name.split("/")[-1] == DESCRIPTION]
        if not found:
            raise BadPackage(
                Fault(
                    _(
                        "The zip file has no datapackage.json, so it is no package of an edition. Export it anew."
                    )
                )
            )
        return min(found, key=len).removesuffix(DESCRIPTION)

    def _description(self) -> dict[str, Any]:
        member = self.members[self.folder + DESCRIPTION]
        if member.file_size > MOST_BYTES_OF_THE_DESCRIPTION:
            raise BadPackage(
                Fault(_("The description is longer than any of ours. Export it anew."), DESCRIPTION)
            )
        with self._open(DESCRIPTION) as file:
            try:
                found = json.loads(_whole(file).decode())
            except (ValueError, RecursionError):
                found = None
        own = found.get("cityrank") if isinstance(found, dict) else None
        if not isinstance(own, dict):
            raise BadPackage(
                Fault(_("It does not describe an edition of CityRank. Export it anew."), DESCRIPTION)
            )
        if own.get("format") != FORMAT:
            raise BadPackage(
                Fault(
                    _("The package has the format of another version of CityRank. Use that version."),
                    DESCRIPTION,
                )
            )
        return own

    def _open(self, path: str) -> io.BufferedReader:
        member = self.members.get(self.folder + path)
        if member is None:
            raise BadPackage(Fault(_("The file is missing in the package. Export it anew."), path))
        try:
            return io.BufferedReader(self.archive.open(member))  # type: ignore[arg-type]
        except (BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise _damaged(path) from error

    def _lines(self, path: str) -> Iterator[list[str]]:
        with self._open(path) as binary:
            try:
                yield from csv.reader(io.TextIOWrapper(binary, "utf-8-sig", newline=""), strict=True)
            except UnicodeDecodeError as error:
                raise BadPackage(Fault(_("The file is not UTF-8. Save it as UTF-8."), path)) from error
            except csv.Error as error:
                sentence = _("The file is no CSV that can be read: %(problem)s.") % {"problem": error}
                raise BadPackage(Fault(sentence, path)) from error
            except (BadZipFile, zlib.error, EOFError, OSError) as error:
                raise _damaged(path) from error


def _refuse_hostile(members: list[ZipInfo]) -> None:
    names = [member.filename for member in members]
    problem = ""
    if len(members) > MOST_FILES:
        problem = _("The zip file holds more files than a package has. Export it anew.")
    elif sum(member.file_size for member in members) > MOST_BYTES:
        problem = _("Unpacked, the zip file would be larger than 1 GB. Nothing of it was unpacked.")
    elif len(set(names)) < len(names):
        problem = _("The zip file holds two files of one name. Export it anew.")
    elif any(member.flag_bits & 0x1 for member in members):
        problem = _("The zip file is encrypted. Choose one without a password.")
    if problem:
        raise BadPackage(Fault(problem))


def _whole(file: io.BufferedReader) -> bytes:
    try:
        return file.read(MOST_BYTES_OF_THE_DESCRIPTION)
    except (BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _damaged(DESCRIPTION) from error


def _damaged(path: str) -> BadPackage:
    return BadPackage(
        Fault(_("The file is damaged or packed in a way that cannot be read. Export it anew."), path)
    )


def _columns(sheet: Sheet, path: str, headings: list[str]) -> list[Column]:
    """Return the columns of a file in its order. Those that stay in the office may be missing."""
    names = [restored(heading) for heading in headings]
    faults = [
        Fault(_("There is no such column in this table. Take it out."), path, 1, name[:60])
        for name in names
        if name not in sheet.by_name
    ]
    faults += [
        Fault(_("The column is there twice. Take one out."), path, 1, name)
        for name in sheet.by_name
        if names.count(name) > 1
    ]
    faults += [
        Fault(_("The column is missing. Export the package anew."), path, 1, column.name)
        for column in sheet.columns
        if column.name not in names and not column.office
    ]
    if faults:
        raise BadPackage(*faults[:MOST_FAULTS])
    return [sheet.by_name[name] for name in names]


def _row(columns: list[Column], cells: list[str], path: str, number: int) -> Row | list[Fault]:
    if len(cells) != len(columns):
        sentence = _("The row has %(found)s cells instead of %(expected)s. Is there a comma without quotes?")
        return [Fault(sentence % {"found": len(cells), "expected": len(columns)}, path, number)]
    row: Row = {}
    faults = []
    for column, text in zip(columns, cells, strict=True):
        try:
            row[column.name] = read_cell(column, text)
            if column.required and row[column.name] in ("", None):
                raise BadCell(_("The cell is empty. Fill it in."))
        except BadCell as bad:
            faults.append(Fault(str(bad), path, number, column.name))
    return faults or row
