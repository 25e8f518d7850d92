from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cityrank.exchange.edition_file import BUNDLED, BadEditionFile, load_edition


class Command(BaseCommand):
    help = "Load a reviewed edition file and publish it as release 1. An edition that is there already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=BUNDLED, help="a TOML file; default: the bundled edition"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release, loaded = load_edition(options["file"])
        except BadEditionFile as error:
            raise CommandError(str(error)) from error
        verb = "Loaded and published" if loaded else "Already there:"
        self.stdout.write(f"{verb} edition {release.edition.label}, release {release.number}.")
