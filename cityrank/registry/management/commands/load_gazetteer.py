import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cityrank.registry.gazetteer.files import DATA, BadGazetteerFile
from cityrank.registry.gazetteer.load import load_gazetteer


class Command(BaseCommand):
    help = "Load the gazetteer files: insert what is new, update what differs, keep what people entered or edited."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--directory", type=Path, default=DATA, help="directory with the files")
        parser.add_argument(
            "--again", action="store_true", help="compare even if these very files were loaded last"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            report = load_gazetteer(options["directory"], even_if_loaded=options["again"])
        except BadGazetteerFile as error:
            raise CommandError(f"The gazetteer was not loaded:\n{error}") from error
        if options["verbosity"] == 0:
            return
        if report.skipped:
            self.stdout.write("Gazetteer: these files are loaded already.")
            return
        for table in ("places", "successions", "tiers", "aliases"):
            counts = getattr(report, table)
            self.stdout.write(
                f"Gazetteer, {table}: {counts.inserted} new, {counts.updated} updated, {counts.unchanged} unchanged, "
                f"{counts.left_to_people} left to people."
            )
        self.stdout.write(f"Gazetteer loaded in {time.perf_counter() - started:.1f} s.")
