"""Group averages."""

from awards.models import Release
from cityrank.charts.data import Average, Averages
from cityrank.charts.gathering.sources import source_of
from cityrank.publishing.gate import Gate
from scores.models import GroupAverage


def averages_of(gate: Gate, release: Release) -> Averages:
    rows = gate.rows(GroupAverage).filter(release=release).order_by("position")
    found = tuple(
        Average(
            row.label, row.top_n, row.printed_value, row.printed_previous, row.printed_change, row.decimals
        )
        for row in rows
    )
    return Averages(release.edition.label, found, source_of(release))
