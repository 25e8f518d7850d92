"""What belongs to the story of a place beside its own results: what lies in it won, and tables nobody could read."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from awards.models import Recipient
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Place, Subject
from cityrank.results.records import Record
from scores.models import Ranking

# From a place to its country: township, county, prefecture, province, country, and a zone below any of them.
ABOVE = "parent__parent__parent__parent__parent"


def winners_below(gate: Gate, place: Place) -> QuerySet[Recipient]:
    """Return the awards of everything inside a place: its districts, their towns, and zones at any depth."""
    below = Q()
    path = "subject__place"
    for _depth in range(4):
        path += "__parent"
        below |= Q(**{path: place.pk})
    rows = (
        gate.rows(Recipient)
        .filter(below)
        .select_related(f"subject__place__{ABOVE}", "award__series", "award__release__edition")
    )
    return rows.order_by(
        "-award__release__edition__period_end", "award__series__number", "award__position", "position"
    )


def unread_tables(gate: Gate, record: Record, tiers: Collection[str] = ()) -> list[Ranking]:
    """Return the tables without values, announced or printed as a picture, that may hold the subject of a record.

    A place may stand in a table for its level and, where the table names tiers or no level at all, with one of `tiers`.
    Which of them it stands in is not known: that is what a reader has to be told. Tables that name it in the text stand
    in its record. One query.
    """
    subject = record.subject
    rows = gate.rows(Ranking).filter(
        state__in=(Ranking.State.ANNOUNCED, Ranking.State.NOT_TRANSCRIBED),
        peer_group__subject_kind=subject.kind,
    )
    rows = rows.select_related("series", "peer_group", "release__edition")
    rows = rows.order_by("-release__edition__period_end", "series__number", "position")
    told = {standing.ranking.pk for standing in record.standings}
    return [row for row in rows if row.pk not in told and _may_hold(row, subject, set(tiers))]


def _may_hold(table: Ranking, subject: Subject, tiers: set[str]) -> bool:
    group = table.peer_group
    if group is None or not isinstance(subject, Place):
        return group is not None
    if group.level and group.level != subject.level:
        return False
    if group.tiers:
        return bool(tiers & set(group.tiers)) and not tiers & set(group.without_tiers)
    return bool(group.level or tiers) and not tiers & set(group.without_tiers)
