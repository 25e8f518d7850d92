"""What a command says of itself after its options: exit codes, examples, when to call it."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser, DjangoHelpFormatter


class _Formatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's own options last, and the line breaks of a text as they were written."""


class CommandWithAfterword(BaseCommand):
    afterword = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        options = {"epilog": self.afterword, "formatter_class": _Formatter, **kwargs}
        return super().create_parser(prog_name, subcommand, **options)
