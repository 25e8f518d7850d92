"""What a release changes of the one before it: computed, stored when it is published, shown as errata."""

from cityrank.publishing.errata.differing import Change, difference
from cityrank.publishing.errata.reading import (
    Correction,
    correction_by,
    corrections_of,
    latest_corrections,
)
from cityrank.publishing.errata.recording import record
from cityrank.publishing.errata.showing import Group, grouped
from cityrank.publishing.errata.tables import BY_NAME

# What an erratum may speak of: the heading of the release, or a row of one of the tables.
KINDS_OF_ROWS = ("release", *BY_NAME)

__all__ = [
    "KINDS_OF_ROWS", "Change", "Correction", "Group", "correction_by", "corrections_of", "difference", "grouped",
    "latest_corrections", "record",
]  # fmt: skip
