from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.models import Release
from cityrank.charts.keeping import draw_places, draw_release
from cityrank.charts.store import NotDrawn
from cityrank.publishing.gate import citable_gate, open_gate


class Command(BaseCommand):
    help = (
        "Draw the charts of every release that the public can read and keep them, so that no reader waits for one. "
        "What has been drawn before is left as it is. Exit code 1 where a chart could not be drawn."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("label", nargs="?", help="only this edition, such as 2017-2018")
        parser.add_argument(
            "--places", action="store_true", help="also the charts of each place; some 20 drawings a second"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        releases = citable_gate().releases.select_related("edition").order_by("edition__label", "number")
        if options["label"]:
            releases = releases.filter(edition__label=options["label"])
            if not releases:
                raise CommandError(f"There is no release of {options['label']} that the public can read.")
        drawings = 0
        try:
            for release in releases:
                drawings += self._draw(release, options["verbosity"])
            drawings += draw_places(open_gate()) if options["places"] else 0
        except NotDrawn as failure:
            raise CommandError(f"A chart could not be drawn: {failure}") from failure
        if options["verbosity"]:
            self.stdout.write(f"Charts: {drawings} drawings are kept.")

    def _draw(self, release: Release, verbosity: int) -> int:
        drawings = draw_release(release)
        if verbosity > 1:
            self.stdout.write(f"{release.edition.label}, release {release.number}: {drawings} drawings")
        return drawings
