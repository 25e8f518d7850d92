import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cityrank.registry.models import Place, Subject
from cityrank.registry.resolver import Candidate, Outcome, Resolution, resolve


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date; write it as 2018-07-30") from error


class Command(BaseCommand):
    help = (
        "Say which subject a printed name means, and why. The exit status is 1 unless exactly one was found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name as printed, with or without the places above it")
        parser.add_argument(
            "--date", type=_date, help="the date it was printed, such as 2018-07-30; default: today's places"
        )
        parser.add_argument(
            "--level", action="append", choices=Place.Level.values, help="an expected level; may be repeated"
        )
        parser.add_argument(
            "--within", metavar="ID", help="identifier of the place it lies in, such as 330000"
        )
        parser.add_argument("--kind", choices=Subject.Kind.values, default=Subject.Kind.PLACE)
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        within = None
        if options["within"]:
            within = Place.objects.filter(slug=options["within"]).first()
            if within is None:
                raise CommandError(f"There is no place {options['within']!r}.")
        resolution = resolve(
            options["name"], on=options["date"], levels=options["level"], within=within, kind=options["kind"]
        )
        if options["json"]:
            self.stdout.write(json.dumps(_plain(resolution), ensure_ascii=False, indent=2))
        else:
            self._tell(resolution)
        if resolution.outcome != Outcome.FOUND:
            raise SystemExit(1)

    def _tell(self, resolution: Resolution) -> None:
        self.stdout.write(f"{resolution.outcome.label}: {resolution.reason}")
        for candidate in resolution.candidates:
            self.stdout.write(f"  {candidate.slug:<12} {candidate.path_zh}  {candidate.why}")
        if resolution.total > len(resolution.candidates):
            self.stdout.write(f"  … {resolution.total}")


def _plain(resolution: Resolution) -> dict[str, Any]:
    """Return the answer as plain values."""
    return {
        "printed": resolution.printed,
        "outcome": resolution.outcome.value,
        "how": [step.value for step in resolution.how],
        "reason": str(resolution.reason),
        "subject": _plain_candidate(resolution.candidates[0]) if resolution.is_found else None,
        "successors": [_plain_candidate(heir) for heir in resolution.successors],
        "candidates": [
            _plain_candidate(candidate) | {"why": str(candidate.why)} for candidate in resolution.candidates
        ],
        "total": resolution.total,
    }


def _plain_candidate(candidate: Candidate) -> dict[str, str]:
    return {
        "id": candidate.slug,
        "name": candidate.name_zh,
        "level": candidate.level,
        "path": candidate.path_zh,
    }
