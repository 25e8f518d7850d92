import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cityrank.registry.searching.writing import without_keys, write_all


class Command(BaseCommand):
    help = (
        "Write the keys that search reads anew, from the names of all subjects. With --check, nothing is written, and "
        "the exit status is 1 if somebody has no keys."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only if somebody has none")
        parser.add_argument("--check", action="store_true", help="only say whether somebody has none")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            if missing := without_keys().count():
                raise CommandError(f"Search cannot find {missing} subjects. Run `manage.py rebuild_search`.")
            self._say("Search: every subject has its keys.", options)
            return
        if options["missing"] and not without_keys().exists():
            return
        started = time.perf_counter()
        count = write_all()
        self._say(f"Search: {count} keys written in {time.perf_counter() - started:.1f} s.", options)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
