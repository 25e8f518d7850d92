from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cityrank.publishing.demo import create_demo_users


class Command(BaseCommand):
    help = "Bring a database up to date: tables, gazetteer, the bundled edition and, in development, four demo users."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_gazetteer", verbosity=verbosity, stdout=self.stdout)
        # Of a database from before search had keys.
        call_command("rebuild_search", missing=True, verbosity=verbosity, stdout=self.stdout)
        call_command("load_edition", verbosity=verbosity, stdout=self.stdout)
        self._charts(verbosity)
        if settings.DEBUG:
            self._demo_users()

    def _charts(self, verbosity: int) -> None:
        """Charts that cannot be drawn keep nobody from starting: pages show their data tables."""
        try:
            call_command("draw_charts", verbosity=verbosity, stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(str(error))

    def _demo_users(self) -> None:
        passwords = create_demo_users()
        if not passwords:
            return
        self.stdout.write("\nFour people to try the admin with. The passwords are shown this once:")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<10} {password}")
        self.stdout.write("")
