"""Hold an edition against the integrity checks in a terminal, or in a script that reads the exit code."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from awards.models import Edition, Release
from cityrank.publishing.checks import RULES, Finding, findings
from cityrank.publishing.management.afterword import CommandWithAfterword

# Nothing to mend; something blocks or a warning is open; the question could not be answered.
CLEAR, NOT_CLEAR, NO_ANSWER = 0, 1, 2

AFTERWORD = """\
Without --release, the release in preparation is checked (draft, in review, approved or scheduled), else the one that
the public reads now. Nothing is changed.

exit codes:
  0  nothing blocks, and every warning is acknowledged
  1  something blocks, or a warning is open
  2  there is no such edition or release, or the command was called in a wrong way

examples:
  manage.py check_edition 2017-2018
  manage.py check_edition 2018-2019 --release 2 --language en
  manage.py check_edition 2018-2019 --json | jq '.findings[] | select(.state == "blocks").message'

What each rule asks and how to mend what it finds: docs/checks.md
"""


class Command(CommandWithAfterword):
    help = "Hold a release of an edition against every integrity check and print what is found."
    afterword = AFTERWORD

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("label", metavar="LABEL", help="the label of an edition, such as 2017-2018")
        parser.add_argument("--release", type=int, metavar="N", help="the number of the release to check")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object instead of text"
        )
        parser.add_argument(
            "--language", choices=codes, default=settings.LANGUAGE_CODE, help="default: %(default)s"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings and end with an exit code. Raises CommandError (code 2) when there is nothing to check."""
        with override(options["language"]):
            try:
                release = _wanted(options["label"], options["release"])
                found = findings(release)
            except DatabaseError as error:
                problem = (
                    f"The database cannot be read: {str(error).strip()}. Has `manage.py migrate` been run?"
                )
                raise CommandError(problem, returncode=NO_ANSWER) from error
            if options["as_json"]:
                text = json.dumps(_as_data(release, found), ensure_ascii=False, indent=2)
            else:
                text = "\n".join(_as_text(release, found))
            self.stdout.write(text)
        if any(finding.is_open for finding in found):
            sys.exit(NOT_CLEAR)


def _wanted(label: str, number: int | None) -> Release:
    """Return the release to check, with its edition. Raises CommandError with code 2 when there is none."""
    edition = Edition.objects.filter(label=label).first()
    if edition is None:
        known = ", ".join(Edition.objects.order_by("label").values_list("label", flat=True)) or "none"
        raise CommandError(f"There is no edition {label!r}. There are: {known}.", returncode=NO_ANSWER)
    releases = edition.releases.select_related("edition")
    if number is not None:
        found = releases.filter(number=number).first()
        problem = f"Edition {label} has no release {number}."
    else:
        found = releases.in_preparation().first() or releases.current().first()
        problem = (
            f"Edition {label} has no release in preparation and none that is public. Name one with --release."
        )
    if found is None:
        raise CommandError(problem, returncode=NO_ANSWER)
    return found


def _state(finding: Finding) -> str:
    if finding.blocks:
        return "blocks"
    return "open" if finding.is_open else "acknowledged"


# --- as text --------------------------------------------------------------------------------------------------------


def _as_text(release: Release, found: list[Finding]) -> Iterator[str]:
    yield str(release)
    told = ngettext(
        "%(number)s rule was held against the release.",
        "%(number)s rules were held against the release.",
        len(RULES),
    )
    yield told % {"number": len(RULES)}
    headings = {
        "blocks": _("Blocks: mend it"),
        "open": _("Warns: mend it, or say why it may stand"),
        "acknowledged": _("Acknowledged"),
    }
    for state, heading in headings.items():
        rows = [finding for finding in found if _state(finding) == state]
        yield f"\n{heading} ({len(rows)})"
        ordered = sorted(rows, key=lambda finding: finding.found.part)
        for part, of_part in groupby(ordered, key=lambda finding: finding.found.part):
            yield f"  {part}"
            for finding in of_part:
                yield from _lines(finding)


def _lines(finding: Finding) -> Iterator[str]:
    yield f"    {finding.rule.name}  {finding.found.row}"
    yield f"      {finding.found.message}"
    if finding.is_outdated:
        yield "      " + _("It was acknowledged with other figures; look at it again.")
    if finding.acknowledgement:
        for line in finding.acknowledgement.reason.splitlines():
            yield f"      > {line}"


# --- as data --------------------------------------------------------------------------------------------------------


def _as_data(release: Release, found: list[Finding]) -> dict[str, Any]:
    states = [_state(finding) for finding in found]
    return {
        "edition": release.edition.label,
        "release": release.number,
        "status": release.status,
        "clear": not any(finding.is_open for finding in found),
        "counts": {state: states.count(state) for state in ("blocks", "open", "acknowledged")},
        "rules": list(RULES),
        "findings": [_finding_data(finding) for finding in found],
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    given = finding.acknowledgement
    return {
        "state": _state(finding),
        "rule": finding.rule.name,
        "severity": finding.rule.severity.value,
        "row": finding.found.row,
        "part": finding.found.part,
        "message": finding.found.message,
        "model": finding.found.model,
        "pk": finding.found.pk,
        "figures": [_plain(figure) for figure in finding.found.figures],
        # Acknowledged once, for figures that have changed since.
        "outdated": finding.is_outdated,
        "acknowledgement": given
        and {
            "reason": given.reason,
            # Null: a program, such as the loader of a reviewed file.
            "by": given.by.get_username() if given.by else None,
            "at": given.at.isoformat(),
        },
    }


def _plain(figure: Any) -> str | None:
    """Return a figure as people write it: 80, where a normalised decimal would say 8E+1."""
    if isinstance(figure, Decimal):
        return f"{figure:f}"
    return None if figure is None else str(figure)
