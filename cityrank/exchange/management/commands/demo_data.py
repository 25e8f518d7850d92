from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cityrank.exchange.demo import FULL, SMALL, load_demo
from cityrank.publishing.demo import create_demo_users
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Place


class Command(BaseCommand):
    help = (
        "Fill a database of its own with invented editions of several years, to try the site out. Places are real, "
        "everything else is made up, and every page says so. Refused where real editions are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--small", action="store_true", help="two editions of a few rows, for tests")
        parser.add_argument(
            "--rows",
            type=int,
            default=0,
            metavar="N",
            help="one table more, of N cities, districts and counties",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the database up and load the editions. Raises CommandError where real ones are."""
        if options["rows"] < 0:
            raise CommandError("--rows takes a number of rows, such as 3000.")
        call_command("migrate", verbosity=0, interactive=False)
        if not Place.objects.exists():
            call_command("load_gazetteer", verbosity=options["verbosity"], stdout=self.stdout)
        scale = replace(SMALL if options["small"] else FULL, long=options["rows"])
        try:
            releases = load_demo(scale, self.stdout.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if releases:
            self.stdout.write(f"Invented editions are there, in {len(releases)} releases.")
        else:
            self.stdout.write("Invented editions are here already, and stay as they are.")
        if settings.DEBUG:
            self._people()

    def _people(self) -> None:
        passwords = create_demo_users()
        if passwords:
            self.stdout.write("Four people to try the admin with. The passwords are shown this once:")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<10} {password}")
