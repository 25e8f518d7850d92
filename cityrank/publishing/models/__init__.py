"""How a release came to be: who moved it, who worked on what, what was entered, waived and corrected."""

from cityrank.publishing.models.bulk import BulkChange
from cityrank.publishing.models.checks import Acknowledgement
from cityrank.publishing.models.entries import Entry, EntryRow, Resolution, nothing_typed
from cityrank.publishing.models.errata import Erratum
from cityrank.publishing.models.moves import Contribution, Move
from cityrank.publishing.models.work import Assignment

__all__ = [
    "Acknowledgement",
    "Assignment",
    "BulkChange",
    "Contribution",
    "Entry",
    "EntryRow",
    "Erratum",
    "Move",
    "Resolution",
    "nothing_typed",
]
