"""Write down what the clock has already made true."""

from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone

from cityrank.publishing.management.afterword import CommandWithAfterword
from cityrank.publishing.workflow import settle_schedules

AFTERWORD = """\
Readers never wait for it: a scheduled release is public from its hour on, on every process, whether this has run or
not. It stores the status of such releases and of those they replaced, and adds both to the log, with the hour as the
time of effect. It may run as often as you like; with nothing due it changes nothing.

exit codes:
  0  everything due is settled, or nothing was due
  1  the database could not be read or written
"""


class Command(CommandWithAfterword):
    help = "Store the status of scheduled releases whose hour has come, and of those they replaced."
    afterword = AFTERWORD

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle what is due and say what that was. Raises CommandError when the database fails."""
        try:
            settled = settle_schedules()
        except DatabaseError as error:
            raise CommandError(f"Nothing was settled: {str(error).strip()}.") from error
        for release in settled:
            assert release.published_at is not None
            hour = timezone.localtime(release.published_at).isoformat(sep=" ", timespec="minutes")
            self.stdout.write(
                f"{release.edition.label}: release {release.number} is stored as published; public since {hour}."
            )
        if not settled:
            self.stdout.write("Nothing is due.")
