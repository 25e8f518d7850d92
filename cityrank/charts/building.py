"""From an address to a chart: which figures a kind of chart is made of, and which charts a release has.

Everything is read through the gate that is handed in, so that whoever may not see a release gets no chart of it.
"""

from collections.abc import Callable, Iterator

from awards.models import Award, Release
from cityrank.charts.chart import Chart
from cityrank.charts.gathering import averages, maps, places, tables
from cityrank.charts.specs import averages as averages_spec
from cityrank.charts.specs import distribution, profile, score_bars, slope, tile_map, trend
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Subject
from cityrank.results.records import Record
from scores.models import Ranking, Score

# What stands in an address in place of a slug where a chart is about all of an edition.
ALL = "all"
OF_RANKINGS = ("score-bars", "slope", "distribution", "tile-map")
OF_EDITIONS = ("averages", "winners-map")
OF_PLACES = ("trend", "profile")


def chart_at(gate: Gate, release: Release, kind: str, key: str) -> Chart | None:
    """Return the chart at an address of a release; None where there is no such thing, or nothing to show of it.

    `key` is the slug of a ranking or an award, "all", or for a place in its group <ranking>~<place>.
    """
    if kind in OF_EDITIONS:
        award = gate.rows(Award).filter(slug=key).first() if kind == "winners-map" and key != ALL else None
        return chart_of_edition(gate, release, kind, award) if award or key == ALL else None
    slug, _mark, place_slug = key.partition("~")
    ranking = tables.ranking_at(gate, slug) if kind in OF_RANKINGS else None
    if ranking is None:
        return None
    place = _place_in(gate, ranking, place_slug) if place_slug else None
    if place_slug and (place is None or kind != "distribution"):
        return None
    return chart_of_ranking(gate, ranking, kind, place)


def chart_of_edition(gate: Gate, release: Release, kind: str, award: Award | None = None) -> Chart | None:
    if kind == "averages":
        return averages_spec.chart(averages.averages_of(gate, release))
    return tile_map.chart(maps.map_of_winners(gate, release, award)) if kind == "winners-map" else None


def chart_of_ranking(gate: Gate, ranking: Ranking, kind: str, place: Subject | None = None) -> Chart | None:
    """The ranking needs `release__edition`, `line` and `peer_group`."""
    made = _OF_RANKING.get(kind)
    return made(gate, ranking, place) if made and ranking.is_transcribed else None


def chart_of_place(record: Record, kind: str) -> Chart | None:
    if kind == "trend":
        return trend.chart(places.trend_of(record), record.subject.slug)
    found = places.profile_of(record) if kind == "profile" else None
    return profile.chart(found) if found else None


def charts_of_release(gate: Gate, release: Release) -> Iterator[Chart]:
    """Yield every chart that a release has, in the active language; those with a place marked are left to readers."""
    rankings = list(tables.rankings_of(gate))
    found = [
        *(chart_of_edition(gate, release, kind) for kind in OF_EDITIONS),
        *(chart_of_ranking(gate, ranking, kind) for ranking in rankings for kind in OF_RANKINGS),
    ]
    yield from (chart for chart in found if chart)


def _place_in(gate: Gate, ranking: Ranking, slug: str) -> Subject | None:
    """Return the subject with this slug if it stands in the ranking: others are nobody's business."""
    row = gate.rows(Score).filter(ranking=ranking, subject__slug=slug).select_related("subject").first()
    return row.subject if row else None


def _score_bars(gate: Gate, ranking: Ranking, place: Subject | None) -> Chart | None:
    return score_bars.chart(tables.two_years(gate, ranking))


def _slope(gate: Gate, ranking: Ranking, place: Subject | None) -> Chart | None:
    return slope.chart(tables.two_years(gate, ranking))


def _distribution(gate: Gate, ranking: Ranking, place: Subject | None) -> Chart | None:
    table = tables.table_of(gate, ranking)
    return distribution.chart(table, str(place.pk), place.slug) if place else distribution.chart(table)


def _tile_map(gate: Gate, ranking: Ranking, place: Subject | None) -> Chart | None:
    found = maps.map_of_ranking(gate, ranking)
    return tile_map.chart(found) if found else None


_OF_RANKING: dict[str, Callable[[Gate, Ranking, Subject | None], Chart | None]] = {
    "score-bars": _score_bars,
    "slope": _slope,
    "distribution": _distribution,
    "tile-map": _tile_map,
}
