"""The winners of the first series of each edition, which stand for it where editions are listed."""

from collections import defaultdict

from django.db.models import Prefetch

from awards.models import Award, Recipient
from cityrank.publishing.gate import Gate


def podiums_of(gate: Gate) -> dict[int, list[Award]]:
    """Return the awards of series 1 with their recipients, by the key of the release; two queries."""
    recipients = gate.rows(Recipient).select_related("subject__place").order_by("position")
    awards = gate.rows(Award).filter(series__number=1).select_related("series").order_by("position")
    found = defaultdict(list)
    for award in awards.prefetch_related(Prefetch("recipients", recipients)):
        found[award.series.release_id].append(award)
    return dict(found)
