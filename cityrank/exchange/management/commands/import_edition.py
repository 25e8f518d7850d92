"""Take a whole edition over from a data package."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import override

from awards.models import Release
from cityrank.exchange.management.progress import Terminal
from cityrank.exchange.packages import BadPackage, read_package
from cityrank.publishing.management.afterword import CommandWithAfterword
from cityrank.publishing.refusals import Refused

# Something in the package is wrong, or its edition is being worked on; the question could not be answered.
REFUSED, NO_ANSWER = 1, 2

AFTERWORD = """\
The package is one that `manage.py export_edition` or the public site has written. Its release becomes a draft of the
edition, which is made if it is not there; places, organisations and apps are entered if the registry does not have
them, and left alone if it does. Either everything is taken over or nothing. The draft is then looked at, checked and
published like any other.

Not in a package, so not in the draft: files (scans), who verified what, and acknowledged warnings.

exit codes:
  0  the draft is there (with --dry-run: it could be)
  1  something in the package is wrong, or another release of the edition is in preparation; nothing was stored
  2  the file cannot be read, there is no such person, or the command was called in a wrong way

examples:
  manage.py import_edition cityrank-2017-2018-release-1.zip
  manage.py import_edition results.zip --dry-run --json | jq '.faults[] | [.file, .row, .column, .sentence]'
  manage.py import_edition results.zip --by wang
"""


class Command(CommandWithAfterword):
    help = "Take the release in a data package over as a draft."
    afterword = AFTERWORD

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("file", metavar="FILE", type=Path, help="a data package (.zip)")
        parser.add_argument(
            "--by", metavar="NAME", help="who takes it over, and then cannot approve it; default: a program"
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything and store nothing")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object instead of text"
        )
        parser.add_argument(
            "--language", choices=codes, default=settings.LANGUAGE_CODE, help="default: %(default)s"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file. Raises CommandError with code 1 for what is wrong in it, 2 where it cannot be read."""
        with override(options["language"]):
            told = self._import(
                options["file"], _person(options["by"]), options["dry_run"], options["as_json"]
            )
        if options["as_json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            verb = "could become" if options["dry_run"] else "is now"
            self.stdout.write(
                f"{options['file']} {verb} release {told['release']} of {told['edition']}, a draft: "
                f"{sum(told['rows'].values()):,} rows."
            )

    def _import(self, path: Path, by: User | None, dry_run: bool, as_json: bool) -> dict[str, Any]:
        terminal = Terminal(self.stderr)
        counts: dict[str, int] = {}

        def progress(name: str, rows: int) -> None:
            counts[name] = rows
            terminal(name, rows)

        try:
            with path.open("rb") as file, transaction.atomic():
                draft: Release = read_package(file, by, progress=progress)
                transaction.set_rollback(dry_run)
        except BadPackage as bad:
            if as_json:
                faults = [vars(fault) for fault in bad.faults]
                self.stdout.write(json.dumps({"faults": faults}, ensure_ascii=False, indent=2))
            raise CommandError(str(bad), returncode=REFUSED) from bad
        except Refused as refused:
            raise CommandError(str(refused), returncode=REFUSED) from refused
        except (OSError, DatabaseError) as error:
            problem = error.strerror if isinstance(error, OSError) else str(error).strip()
            raise CommandError(f"{path}: {problem}.", returncode=NO_ANSWER) from error
        finally:
            terminal.done()
        return {
            "edition": draft.edition.label,
            "release": draft.number,
            "stored": not dry_run,
            "rows": counts,
            "faults": [],
        }


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody called {name!r} who may sign in.", returncode=NO_ANSWER)
    return person
