"""What is wrong with a package: where it is and what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

# Whoever mends a file mends it in rounds; a thousand sentences at once help nobody.
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """`row` counts as spreadsheets do, from 1 for the line of headings; 0 where the fault is in no row."""

    sentence: str
    file: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        places = [self.file] if self.file else []
        places += [_("row %(number)s") % {"number": self.row}] if self.row else []
        places += [_("column %(name)s") % {"name": self.column}] if self.column else []
        return f"{', '.join(places)}: {self.sentence}" if places else self.sentence


class BadPackage(Exception):
    """The package cannot be taken over, and nothing of it was; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class BadCell(Exception):
    """A cell that is not what its column holds; the text is the sentence about it."""
