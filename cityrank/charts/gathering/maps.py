"""Values of the province-level regions, each with its tile."""

import csv
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext, ngettext

from awards.models import Award, Release
from cityrank.charts.data import Map, Tile
from cityrank.charts.gathering.sources import source_of
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Place
from cityrank.registry.texts import is_english
from cityrank.results import winners, winning
from scores.models import Ranking, Score

Value = tuple[Decimal | None, str]
NOTHING: Value = (None, "")


@cache
def grid() -> dict[str, dict[str, str]]:
    """Return the tiles by the code of their region; see the README beside the file."""
    with (Path(__file__).parents[1] / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def map_of_ranking(gate: Gate, ranking: Ranking) -> Map | None:
    """Return the scores of a ranking of province-level regions; None for a ranking of others. Two queries."""
    rows = list(
        gate.rows(Score).filter(ranking=ranking).select_related("subject__place").order_by("position")
    )
    places = [
        getattr(row.subject, "place", None) for row in rows if row.subject and row.subject.kind == "place"
    ]
    if (
        len(places) < len(rows)
        or not rows
        or any(place.level != Place.Level.PROVINCE for place in places if place)
    ):
        return None
    for row in rows:
        row.ranking = ranking  # it knows the decimals, and is here already
    values = {
        place.code: (row.printed_score, row.shown_score)
        for place, row in zip(places, rows, strict=True)
        if place
    }
    units = {"points": gettext("points"), "percent": gettext("percent")}
    unit = units.get(ranking.unit, gettext("index value"))
    edition = ranking.release.edition.label
    return Map(
        kind="tile-map",
        key=ranking.slug,
        title=ranking.title,
        subtitle=gettext("%(unit)s of each province-level region, %(edition)s")
        % {"unit": _first(unit), "edition": edition},
        edition=edition,
        unit=unit,
        tiles=_tiles(lambda place: values.get(place.code, NOTHING)),
        source=source_of(ranking.release),
    )


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def map_of_winners(gate: Gate, release: Release, award: Award | None = None) -> Map:
    """Count the places of each region that received an award, or this award. Two queries and those of the names."""
    regions = winning.provinces()
    rows = winning.recipients_of(gate).filter(award__release=release)
    count = winners.by_province(winning.wins_in(rows.filter(award=award) if award else rows, regions))
    found = {tally.province: len(tally.winners) for tally in count.tallies}
    by_code = {place.code: found.get(place.pk, 0) for place in regions}
    edition = release.edition.label
    title = gettext("Winners by province-level region")
    return Map(
        kind="winners-map",
        key=award.slug if award else "all",
        title=f"{award.title}: {title}" if award else title,
        subtitle=gettext("Number of winners, each counted once, %(edition)s") % {"edition": edition},
        edition=edition,
        unit=gettext("Number of winners"),
        tiles=_tiles(
            lambda place: (Decimal(by_code.get(place.code, 0)), str(by_code.get(place.code, 0))), regions
        ),
        source=source_of(release),
        are_counts=True,
        notes=_elsewhere(len(count.nowhere.winners)),
    )


def _elsewhere(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    text = ngettext("%(count)s winner lies in no region.", "%(count)s winners lie in no region.", number)
    return (text % {"count": number},)


def _tiles(value_of: Callable[[Place], Value], regions: list[Place] | None = None) -> tuple[Tile, ...]:
    places = {place.code: place for place in (winning.provinces() if regions is None else regions)}
    return tuple(_tile(row, places.get(code), value_of) for code, row in grid().items())


def _tile(row: dict[str, str], place: Place | None, value_of: Callable[[Place], Value]) -> Tile:
    value, shown = value_of(place) if place else NOTHING
    name = place.name if place and is_english() else row["short_zh"]
    return Tile(row["code"], row["letters"], name, int(row["column"]), int(row["row"]), value, shown)
