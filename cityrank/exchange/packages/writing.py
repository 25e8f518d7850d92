"""Write a release as a package: one zip, byte for byte the same for the same release."""

import hashlib
import json
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange.packages import papers
from cityrank.exchange.packages.contents import Contents
from cityrank.exchange.packages.describing import Data, description, is_public, resource
from cityrank.exchange.writing import Counted, Progress, csv_pieces, nobody_listens
from cityrank.publishing.refusals import Refused

FOLDER = "data"
# Zip files know no time before; a time of their own would make each one another file.
MADE = (1980, 1, 1, 0, 0, 0)


def write_package(
    release: Release, file: BinaryIO, *, office: bool = False, progress: Progress = nobody_listens
) -> dict[str, int]:
    """Write a release into `file` and return how many rows each table has, by name.

    For the `office` it may be a draft, which the package says of itself, and has the columns that the public does not
    read. Raises `Refused` for a release that is not public otherwise.
    """
    if not office:
        refuse_unpublished(release)
    if is_public(release):
        return _write(release, file, office, progress)
    with transaction.atomic():
        # Nobody changes a row between two tables of the same file.
        locked = Release.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
        return _write(locked.get(pk=release.pk), file, office, progress)


def refuse_unpublished(release: Release) -> None:
    """Raises `Refused` for what the public does not read."""
    if not is_public(release):
        raise Refused(
            _("Release %(number)s of %(edition)s is not published. Only the office may export it.")
            % {"number": release.number, "edition": release.edition.label}
        )


def _write(release: Release, file: BinaryIO, office: bool, progress: Progress) -> dict[str, int]:
    resources: list[Data] = []
    counts: dict[str, int] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for rows in Contents(release, office).tables():
            counted = Counted(rows, progress)
            path = f"{FOLDER}/{rows.sheet.name}.csv"
            size, digest = _put(archive, path, csv_pieces(counted))
            counts[rows.sheet.name] = counted.count
            resources.append(resource(rows.sheet, path, size, digest))
        described = json.dumps(description(release, resources, office), ensure_ascii=False, indent=2)
        texts = {
            "datapackage.json": described + "\n",
            "README.md": papers.readme(release, resources, office, counts),
            "CITATION.txt": papers.citation(release),
            "LICENSE.txt": papers.licence(release),
        }
        for name, text in texts.items():
            _put(archive, name, iter([text.encode()]))
    return counts


def _put(archive: ZipFile, name: str, pieces: Iterator[bytes]) -> tuple[int, str]:
    """Write a file of the package; return its size in bytes and its SHA-256."""
    size, digest = 0, hashlib.sha256()
    with archive.open(member(name), "w") as target:
        for piece in pieces:
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def member(name: str) -> ZipInfo:
    """Return the head of a file of a zip that is the same whenever and wherever it is written."""
    info = ZipInfo(name, MADE)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return info
