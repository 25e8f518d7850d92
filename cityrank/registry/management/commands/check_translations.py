"""Say whether every text of the interface has its Chinese translation, and whether the compiled files are current."""

import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LOCALE = "zh_Hans"
CODE = ("cityrank", "awards", "scores", "templates")

# A text is known by its context and its msgid; plural forms hang on the singular.
Key = tuple[str | None, str]


class Command(BaseCommand):
    help = "Fail if a translation is missing, fuzzy or not compiled. Needs gettext to notice texts never collected."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--compile", action="store_true", help="write the .mo files instead of comparing them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check (or compile) all catalogues under LOCALE_PATHS. Raises CommandError listing every fault."""
        catalogues = sorted(find_catalogues([Path(path) for path in settings.LOCALE_PATHS]))
        if not catalogues:
            raise CommandError(f"There is no {LOCALE}/LC_MESSAGES/django.po. Run: make messages")
        if options["compile"]:
            for path in catalogues:
                polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
            return
        faults = [fault for path in catalogues for fault in faults_of(path)]
        faults += never_collected(catalogues, Path(settings.BASE_DIR))
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in the translations.")


def find_catalogues(roots: list[Path]) -> Iterator[Path]:
    for root in roots:
        yield from root.glob(f"{LOCALE}/LC_MESSAGES/*.po")


def faults_of(path: Path) -> list[str]:
    """Return a sentence for each entry of one catalogue that a reader would meet in English, or see out of date."""
    catalogue = polib.pofile(str(path))
    faults = [f"{path.name}:{entry.linenum}: fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    faults += [
        f"{path.name}:{entry.linenum}: untranslated: {entry.msgid!r}"
        for entry in catalogue.untranslated_entries()
    ]
    if translations(catalogue) != compiled(path.with_suffix(".mo")):
        faults.append(
            f"{path.with_suffix('.mo').name} is not what {path.name} says. Run: make compile-messages"
        )
    return faults


def translations(catalogue: polib.POFile) -> dict[Key, object]:
    return {key_of(entry): entry.msgstr_plural or entry.msgstr for entry in catalogue.translated_entries()}


def compiled(path: Path) -> dict[Key, object]:
    if not path.exists():
        return {}
    return {key_of(entry): entry.msgstr_plural or entry.msgstr for entry in polib.mofile(str(path))}


def key_of(entry: polib.POEntry | polib.MOEntry) -> Key:
    return entry.msgctxt, entry.msgid


def never_collected(catalogues: list[Path], base: Path) -> list[str]:
    """Return a sentence for each text of the code that no catalogue holds; nothing where gettext is not installed."""
    if not shutil.which("xgettext"):
        return []
    known = {key_of(entry) for path in catalogues for entry in polib.pofile(str(path)) if not entry.obsolete}
    missing = [entry for entry in collect(base) if key_of(entry) not in known]
    return [
        f"{entry.occurrences[0][0]}: not in any catalogue: {entry.msgid!r}. Run: make messages"
        for entry in missing
    ]


def collect(base: Path) -> polib.POFile:
    """Return what makemessages finds in the code now. It works on a copy, because it writes where it reads."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for package in CODE:
            shutil.copytree(
                base / package, copy / package, ignore=shutil.ignore_patterns("data", "__pycache__")
            )
        (copy / "locale").mkdir()
        # Without settings the command looks at its own directory alone.
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        command = [sys.executable, "-m", "django", "makemessages", "--locale", LOCALE, "--verbosity", "0"]
        subprocess.run(command, cwd=copy, env=environment, check=True)
        found = copy / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
        return polib.pofile(found.read_text(encoding="utf-8")) if found.exists() else polib.POFile()
