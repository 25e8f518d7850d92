"""Read the published text of an edition into a draft release, in a terminal or a script."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from cityrank.exchange.bulletin.answers import (
    BadAnswers,
    check_answers,
    read_answers,
    template,
    template_json,
)
from cityrank.exchange.bulletin.comparing import difference_from_file
from cityrank.exchange.bulletin.documents import UnreadableDocument
from cityrank.exchange.bulletin.keeping import import_file, read_file
from cityrank.exchange.bulletin.matching import Matched, match
from cityrank.exchange.bulletin.report import as_data, as_text
from cityrank.exchange.edition_file import BadEditionFile
from cityrank.publishing.errata import Change
from cityrank.publishing.management.afterword import CommandWithAfterword
from cityrank.publishing.refusals import Refused

# Written, or ready to be; questions are open; the question could not be answered.
DONE, QUESTIONS, NO_ANSWER = 0, 1, 2

AFTERWORD = """\
The text is read, and every piece of it is accounted for: what it became and how sure that is. What is not sure is a
question with a key and choices. Nothing is written while a question is open; then everything is, in one transaction,
as a draft that goes its way through review like any other.

exit codes:
  0  the draft is written; with --dry-run or --compare: it could be
  1  questions are open; they are listed, and nothing was written
  2  the file, the answers or an option cannot be used, or the draft was refused; nothing was written

a first time:
  manage.py import_bulletin bulletin.docx --write-answers answers.toml     what is open is now in answers.toml
  (fill in a value behind each key)
  manage.py import_bulletin bulletin.docx --answers answers.toml --dry-run
  manage.py import_bulletin bulletin.docx --answers answers.toml --by mei

Text (UTF-8, UTF-16, GB18030), HTML, Markdown and Word (.docx) are read. More in docs/importing.md
"""


class Command(CommandWithAfterword):
    help = (
        "Read the published text of an edition (a bulletin) into a draft release; ask about what is not sure."
    )
    afterword = AFTERWORD

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("file", metavar="FILE", type=Path, help="the bulletin: .txt, .html, .md or .docx")
        parser.add_argument(
            "--answers", metavar="F", type=Path, help="answers to the questions, as TOML or (.json) JSON"
        )
        parser.add_argument(
            "--write-answers",
            metavar="F",
            type=Path,
            help="write an answers file to fill in: every question, its choices, the answers given so far",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report; write nothing")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print the whole report as one JSON object"
        )
        parser.add_argument(
            "--by", metavar="USERNAME", help="who imports: an author of the draft; default: a program"
        )
        parser.add_argument(
            "--compare",
            metavar="FILE.toml",
            type=Path,
            help="print in what the draft would differ from a reviewed edition file; writes nothing",
        )
        parser.add_argument(
            "--language", choices=codes, default=settings.LANGUAGE_CODE, help="default: %(default)s"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Report, ask or write, and end with an exit code. Raises CommandError (code 2) for what cannot be used."""
        with override(options["language"]):
            try:
                self._import(options)
            except (UnreadableDocument, BadAnswers, BadEditionFile, Refused, OSError) as error:
                raise CommandError(str(error), returncode=NO_ANSWER) from error

    def _import(self, options: Mapping[str, Any]) -> None:
        file: Path = options["file"]
        content = file.read_bytes()
        by = _person(options["by"])
        self._tell(_("Reading %(file)s …") % {"file": file.name})
        matched = self._matched(content, file.name, options["answers"])
        if options["write_answers"]:
            _write_answers(options["write_answers"], options["answers"], matched)
        result: dict[str, Any] = {"state": "questions" if matched.open_questions else "clear"}
        if not matched.open_questions:
            if options["compare"]:
                changes = difference_from_file(matched.reading, matched.asked.answers, options["compare"])
                result["difference"] = [vars(change) for change in changes]
            elif not options["dry_run"]:
                self._tell(_("Writing the draft …"))
                release = import_file(content, file.name, matched.asked.answers, by).release
                assert release is not None
                result |= {"state": "written", "edition": release.edition.label, "release": release.number}
        self._print(matched, result, options)
        if matched.open_questions:
            sys.exit(QUESTIONS)

    def _matched(self, content: bytes, name: str, answers: Path | None) -> Matched:
        reading = read_file(content, name)
        matched = match(reading, read_answers(answers) if answers else {})
        if answers:
            check_answers(matched.asked, answers.name, answers.read_text(encoding="utf-8-sig"))
        return matched

    def _print(self, matched: Matched, result: dict[str, Any], options: Mapping[str, Any]) -> None:
        if options["as_json"]:
            self.stdout.write(json.dumps(as_data(matched) | {"result": result}, ensure_ascii=False, indent=2))
            return
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(as_text(matched)))
        if "difference" in result:
            self.stdout.write("\n".join(["", *_told(result["difference"], options["compare"].name)]))
        if result["state"] == "written":
            text = _("Written as a draft: edition %(edition)s, release %(release)s.") % result
            self.stdout.write(self.style.SUCCESS(text))

    def _tell(self, text: str) -> None:
        """Say what is being done, to a person who waits for it."""
        if self.stderr.isatty():
            self.stderr.write(text, self.style.NOTICE)


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError(_("There is no user %(name)s.") % {"name": name}, returncode=NO_ANSWER)
    return person


def _write_answers(path: Path, answers: Path | None, matched: Matched) -> None:
    """Write the template. What somebody filled in is never lost: another file that is there already is left alone."""
    if path.exists() and (answers is None or not path.samefile(answers)):
        raise CommandError(
            _("%(file)s is there already. Read it with --answers too, or name another file.")
            % {"file": path.name},
            returncode=NO_ANSWER,
        )
    given = matched.asked.answers
    name = matched.reading.document.name
    as_json = path.suffix.lower() == ".json"
    text = template_json(matched.questions, given) if as_json else template(matched.questions, given, name)
    path.write_text(text, encoding="utf-8")


def _told(changes: list[dict[str, Any]], name: str) -> list[str]:
    if not changes:
        return [_("What the bulletin prints is exactly what %(file)s holds.") % {"file": name}]
    lines = [_("Against %(file)s:") % {"file": name}]
    for change in (Change(**values) for values in changes):
        where = " · ".join(text for text in (change.of, change.part, change.row_zh, change.field) if text)
        lines.append(f"  {change.kind}  {where}: {change.old[:80]} → {change.new[:80]}")
    return lines
