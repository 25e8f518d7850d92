"""Write a whole edition into one file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import override

from awards.models import Edition, Release
from cityrank.exchange.formats import FORMATS, PACKAGE, Format, Options
from cityrank.exchange.management.progress import Terminal
from cityrank.exchange.writing import NAMES
from cityrank.publishing.management.afterword import CommandWithAfterword
from cityrank.publishing.refusals import Refused

# There is no such release, or the command was called in a wrong way; the file could not be written.
NOT_WRITTEN, NO_ANSWER = 1, 2

AFTERWORD = """\
Without --release, the release that the public reads now is exported. Without --office the file is the one that the
public site offers; with it, drafts can be exported too and remarks for the office are in it (a draft says so of
itself). The same release gives the same file, byte for byte.

formats:
{formats}

exit codes:
  0  the file is written
  1  the file cannot be written
  2  there is no such edition or release, it is not public, or the command was called in a wrong way

examples:
  manage.py export_edition 2017-2018
  manage.py export_edition 2017-2018 --format xlsx --language zh-hans --output results.xlsx
  manage.py export_edition 2018-2019 --release 2 --office --output /backup/2018-2019.zip
  manage.py export_edition 2017-2018 --json | jq .rows.recipients

A package is read back by `manage.py import_edition`. What is in it and what is not: docs/exporting.md
"""


class Command(CommandWithAfterword):
    help = "Write a release of an edition into one file: a data package, a workbook, CSV files."
    afterword = AFTERWORD.format(
        formats="\n".join(f"  {one.name:<9} {one.about}" for one in FORMATS.values())
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("label", metavar="LABEL", help="the label of an edition, such as 2017-2018")
        parser.add_argument("--release", type=int, metavar="N", help="the number of the release")
        parser.add_argument(
            "--format", choices=FORMATS, default=PACKAGE.name, help="see below; default: %(default)s"
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="F",
            help="the file to write; default: a name made of the edition's, here",
        )
        parser.add_argument("--office", action="store_true", help="for the office: drafts and remarks too")
        parser.add_argument(
            "--language", choices=codes, help="language of headings; default: names for programs"
        )
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object instead of text"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file. Raises CommandError with code 2 where there is nothing to export, 1 where it cannot be."""
        wanted = FORMATS[options["format"]]
        terminal = Terminal(self.stderr)
        with override(options["language"] or settings.LANGUAGE_CODE):
            release = _release(options["label"], options["release"], options["office"])
            target: Path = options["output"] or Path(wanted.file_name(release))
            how = Options(options["language"] or NAMES, options["office"], terminal)
            try:
                counts = _write(release, target, wanted, how)
            except Refused as refused:
                raise CommandError(str(refused), returncode=NO_ANSWER) from refused
            except OSError as error:
                raise CommandError(
                    f"{target} cannot be written: {error.strerror}.", returncode=NOT_WRITTEN
                ) from error
            finally:
                terminal.done()
        told = {
            "edition": release.edition.label,
            "release": release.number,
            "status": release.public_status,
            "format": wanted.name,
            "file": str(target),
            "bytes": target.stat().st_size,
            "rows": counts,
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(
                f"Edition {release.edition.label}, release {release.number} ({release.public_status}): "
                f"{sum(counts.values()):,} rows in {len(counts)} tables, {told['bytes']:,} bytes in {target}"
            )


def _write(release: Release, target: Path, wanted: Format, how: Options) -> dict[str, int]:
    """Write the whole file or none: a half one would look like a whole one to whoever finds it."""
    with NamedTemporaryFile(dir=target.parent, prefix=".cityrank-", delete=False) as file:
        half = Path(file.name)
        try:
            counts = wanted.write(release, cast(BinaryIO, file), how)
            file.close()
            half.chmod(0o644)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
    return counts


def _release(label: str, number: int | None, office: bool) -> Release:
    """Return the release to export. Raises CommandError with code 2 when there is none."""
    try:
        edition = Edition.objects.filter(label=label).first()
        if edition is None:
            known = ", ".join(Edition.objects.order_by("label").values_list("label", flat=True)) or "none"
            raise CommandError(f"There is no edition {label!r}. There are: {known}.", returncode=NO_ANSWER)
        releases = edition.releases.select_related("edition")
        if number is not None:
            found = releases.filter(number=number).first()
            problem = f"Edition {label} has no release {number}."
        else:
            found = releases.current().first()
            problem = (
                f"Edition {label} has no release that is public. Name one with --release, and add --office."
            )
            if found is None and office:
                found = releases.in_preparation().first()
    except DatabaseError as error:
        problem = f"The database cannot be read: {str(error).strip()}. Has `manage.py migrate` been run?"
        raise CommandError(problem, returncode=NO_ANSWER) from error
    if found is None:
        raise CommandError(problem, returncode=NO_ANSWER)
    return found
