"""The bundled edition as a package."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import transaction
from frictionless import Package, system

from awards.models import Release
from cityrank.exchange.packages import read_package, write_package
from cityrank.publishing.errata import difference
from tests.exchange.packages.comparing import content

pytestmark = pytest.mark.django_db


def package(release: Release, *, office: bool = True) -> io.BytesIO:
    file = io.BytesIO()
    write_package(release, file, office=office)
    return file


def test_it_passes_frictionless(bundled: Release, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(package(bundled, office=False).getvalue())
    with system.use_context(trusted=True):
        report = Package(str(path)).validate()
    assert report.valid
    assert report.stats["tasks"] == 21


def test_it_comes_back(bundled: Release) -> None:
    again = read_package(package(bundled, office=False))
    assert again.status == Release.Status.DRAFT
    assert difference(bundled, again) == []
    assert content(again, office=False) == content(bundled, office=False)
    assert sum(len(rows) for rows in content(again, office=False).values()) > 600


def test_the_same_release_gives_the_same_bytes(bundled: Release) -> None:
    assert package(bundled).getvalue() == package(bundled).getvalue()


def test_a_copy_differs_only_in_what_says_that_it_is_one(bundled: Release) -> None:
    first = package(bundled)
    with transaction.atomic():
        second = package(read_package(first))
        transaction.set_rollback(True)
    with ZipFile(first) as one, ZipFile(second) as other:
        differing = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert differing == {"data/edition.csv", "datapackage.json", "README.md", "CITATION.txt"}
