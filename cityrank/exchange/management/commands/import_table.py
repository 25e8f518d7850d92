"""Read a table from a file into a draft or into the registry, in a terminal or a script."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.models import Award, Release
from cityrank.exchange.importing import (
    BadFile,
    apply_import,
    forget_import,
    open_import,
    preview,
    undo_import,
)
from cityrank.exchange.management.progress import Terminal
from cityrank.exchange.models import Import
from cityrank.exchange.sets import pieces
from cityrank.exchange.sheets import IMPORTED
from cityrank.exchange.showing import Shown, shown
from cityrank.publishing.management.afterword import CommandWithAfterword
from cityrank.publishing.refusals import Refused
from scores.models import Ranking

# Written, or nothing to write; rows are refused; the question could not be answered.
DONE, ROWS_REFUSED, NO_ANSWER = 0, 1, 2
# Rows that are put in words at a time.
_PIECE = 500

AFTERWORD = """\
kinds of tables and their columns (* is needed):
{sheets}

The file is .xlsx, .xls, .ods or CSV (UTF-8 with or without BOM, UTF-16, GB18030; comma, semicolon or tab); - reads
standard input. Its headings are understood in Chinese and English, and by their names; sheets without them, hidden
sheets, titles above the headings and unknown columns are left out and said to be. Every row is looked at before any is
written: it is new, changed, the same, or refused. Then all is written in one transaction, with history, and recorded as
an import that can be undone. The same file again changes nothing.

Scores, recipients and averages go into the draft of an edition. With --into all rows belong to one ranking or award;
without it a column or the name of the sheet says which.

exit codes:
  0  the rows are written, or there was nothing to write; with --dry-run: they could be; with --undo: it is undone
  1  rows are refused; they are listed with sheet, row and column; nothing was written (with --partly: the others)
  2  the file or an option cannot be used, or it is not allowed; nothing was written

examples:
  manage.py import_table scores results.xlsx --edition 2018-2019 --into prefectures-50 --dry-run
  manage.py import_table scores results.xlsx --edition 2018-2019 --into prefectures-50 --by mei
  manage.py import_table recipients winners.csv --edition 2018-2019
  manage.py import_table places - --json < zones.csv | jq .counts
  manage.py import_table --undo 12 --by mei

Without --by a program imports, which may all. More in docs/importing.md
"""


def _sheets() -> str:
    """Return the kinds of tables with their columns by name; a column that must be there is marked."""
    lines = []
    for name, sheet in IMPORTED.items():
        columns = [f"{one.name}{'*' if one.required else ''}" for one in sheet.columns if one.sets]
        text = f"{name}: {', '.join(columns)}"
        lines.append(fill(text, 100, initial_indent="  ", subsequent_indent=" " * 4))
    return "\n".join(lines)


class Command(CommandWithAfterword):
    help = (
        "Read a table from a file: scores, recipients, averages, places or organisations; or undo an import."
    )
    afterword = AFTERWORD.format(sheets=_sheets())

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument(
            "sheet", metavar="SHEET", nargs="?", choices=IMPORTED, help="kind of table, see below"
        )
        parser.add_argument("file", metavar="FILE", nargs="?", help="the file, or - for standard input")
        parser.add_argument(
            "--edition", metavar="LABEL", help="into the draft of this edition, such as 2018-2019"
        )
        parser.add_argument(
            "--into", metavar="SLUG", help="identifier of the one ranking or award of all rows"
        )
        parser.add_argument("--by", metavar="USERNAME", help="who imports: an author of the draft")
        parser.add_argument(
            "--dry-run", action="store_true", help="look at every row and report; write nothing"
        )
        parser.add_argument("--partly", action="store_true", help="write the others where rows are refused")
        parser.add_argument(
            "--again", action="store_true", help="read a file that was imported before once more"
        )
        parser.add_argument(
            "--undo", metavar="N", type=int, help="undo import number N instead of reading a file"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        parser.add_argument(
            "--language", choices=codes, default=settings.LANGUAGE_CODE, help="default: %(default)s"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Report and write, and end with an exit code. Raises CommandError (code 2) for what cannot be used."""
        with override(options["language"]):
            try:
                if options["undo"] is not None:
                    self._undo(options)
                    return
                if not (options["sheet"] and options["file"]):
                    raise CommandError(_("Name the kind of table and the file."), returncode=NO_ANSWER)
                self._import(options)
            except (BadFile, Refused, OSError) as error:
                raise CommandError(str(error), returncode=NO_ANSWER) from error

    # --- reading ------------------------------------------------------------------------------------------------------

    def _import(self, options: Mapping[str, Any]) -> None:
        content, name = _content(options["file"])
        by = _person(options["by"])
        release = _draft(options["edition"]) if options["edition"] else None
        import_, is_new = open_import(
            options["sheet"],
            content,
            name,
            by=by,
            release=release,
            into=_into(options["sheet"], options["into"], release),
            again=options["again"],
        )
        if not is_new:
            text = _("This very file was imported before, as number %(number)s. Nothing was changed.")
            self._print(import_, "imported before", options, text % {"number": import_.pk})
            return
        stays = False
        try:
            stays = self._carried_out(import_, by, options)
        finally:
            # Whatever stopped it: only what was written is kept.
            if not stays:
                forget_import(import_)
        if import_.refused:
            sys.exit(ROWS_REFUSED)

    def _carried_out(self, import_: Import, by: User | None, options: Mapping[str, Any]) -> bool:
        """Preview, report, and write unless it is not wanted; return whether it was written."""
        terminal = Terminal(self.stderr)
        preview_ = preview(import_, partial(terminal.bar, _("reading")))
        terminal.done()
        import_.refused = preview_.refused
        if options["dry_run"]:
            self._print(preview_, "looked at", options, _("Looked at only; nothing was written."))
            return False
        if preview_.refused and not options["partly"]:
            text = _("Nothing was written. Mend the refused rows, or leave them out with --partly.")
            self._print(preview_, "refused", options, text)
            return False
        done = apply_import(preview_, by, partial(terminal.bar, _("writing")))
        terminal.done()
        text = _("Written, as import number %(number)s.") % {"number": done.pk}
        self._print(done, "written", options, text)
        return True

    # --- telling ------------------------------------------------------------------------------------------------------

    def _print(self, import_: Import, state: str, options: Mapping[str, Any], sentence: str) -> None:
        if options["as_json"]:
            number = import_.pk if state in ("written", "imported before") else None
            report = _as_data(import_) | {"state": state, "import": number}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        lines = [str(notice) for notice in import_.notices]
        if options["verbosity"] > 0:
            lines += [line for one in _rows(import_, "changed", "refused") for line in _told(one)]
        counts = {name: getattr(import_, name) for name in ("new", "changed", "same", "refused")}
        lines.append(_("%(new)s new, %(changed)s changed, %(same)s the same, %(refused)s refused.") % counts)
        self.stdout.write("\n".join(lines))
        self.stdout.write(self.style.SUCCESS(sentence) if state == "written" else sentence)

    def _undo(self, options: Mapping[str, Any]) -> None:
        import_ = Import.objects.filter(pk=options["undo"]).first()
        if import_ is None:
            text = _("There is no import number %(number)s.") % {"number": options["undo"]}
            raise CommandError(text, returncode=NO_ANSWER)
        undone = undo_import(import_, _person(options["by"]))
        if options["as_json"]:
            report = {"import": import_.pk, "state": "undone", **vars(undone)}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        values = {"restored": undone.restored, "removed": undone.removed, "kept": len(undone.kept)}
        text = (
            _("Undone: %(restored)s rows as they were before, %(removed)s removed, %(kept)s kept.") % values
        )
        self.stdout.write(self.style.SUCCESS(text))
        for name in undone.kept:
            self.stdout.write("  " + _("edited since, and kept: %(name)s") % {"name": name})


def _content(file: str) -> tuple[bytes, str]:
    if file == "-":
        return sys.stdin.buffer.read(), _("standard input")
    path = Path(file)
    return path.read_bytes(), path.name


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError(_("There is no user %(name)s.") % {"name": name}, returncode=NO_ANSWER)
    return person


def _draft(label: str) -> Release:
    draft = Release.objects.drafts().filter(edition__label=label).select_related("edition").first()
    if draft is None:
        text = _("Edition %(label)s has no draft. Start one first.") % {"label": label}
        raise CommandError(text, returncode=NO_ANSWER)
    return draft


def _into(sheet: str, slug: str | None, release: Release | None) -> Ranking | Award | None:
    """Return the ranking or award that --into names."""
    if not slug:
        return None
    models: dict[str, type[Ranking] | type[Award]] = {"scores": Ranking, "recipients": Award}
    model = models.get(sheet)
    if model is None or release is None:
        text = _("--into goes with scores and recipients and with --edition.")
        raise CommandError(text, returncode=NO_ANSWER)
    rows = model._default_manager.of_release(release)
    found = rows.select_related("release__edition").filter(slug=slug).first()
    if found is None:
        known = ", ".join(rows.order_by("slug").values_list("slug", flat=True))
        text = _("The draft has no “%(slug)s”. It has: %(known)s.") % {"slug": slug, "known": known or "–"}
        raise CommandError(text, returncode=NO_ANSWER)
    return found


def _rows(import_: Import, *kinds: str) -> Iterator[Shown]:
    found = import_.rows.filter(kind__in=kinds).order_by("number")
    for piece in pieces(found.iterator(chunk_size=_PIECE), _PIECE):
        yield from shown(import_, piece)


def _told(one: Shown) -> list[str]:
    """Return a row in lines: where it stands and what it is called, then what changes or what is wrong."""
    where = " ".join(text for text in (one.row.sheet, str(one.row.row)) if text)
    head = f"{one.row.get_kind_display()}  {where}  {one.row.label}"
    changes = [f"{cell.label}: {cell.old} → {cell.new}" for cell in one.cells]
    return [head, *(f"    {text}" for text in (*changes, *one.problems))]


def _as_data(import_: Import) -> dict[str, Any]:
    release = import_.release
    return {
        "sheet": import_.sheet,
        "file": import_.original_name,
        "sha256": import_.sha256,
        "edition": release.edition.label if release else None,
        "release": release.number if release else None,
        "into": import_.into.slug if import_.into else None,
        "counts": {name: getattr(import_, name) for name in ("new", "changed", "same", "refused")},
        "notices": import_.notices,
        "rows": [
            {
                "sheet": one.row.sheet,
                "row": one.row.row,
                "kind": one.row.kind,
                "name": one.row.label,
                "changes": [vars(cell) for cell in one.cells],
                "problems": one.row.problems,
            }
            for one in _rows(import_, "changed", "refused")
        ],
    }
