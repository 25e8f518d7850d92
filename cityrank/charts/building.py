"""From an address to a chart: which figures a kind of chart is made of, and which charts a release has.

Everything is read through the gate that is handed in, so that whoever may not see a release gets no chart of it.
"""

from collections.abc import Iterator

from awards.models import Award, Release
from cityrank.charts.chart import Chart
from cityrank.charts.gathering import averages, tables
from cityrank.charts.specs import averages as averages_spec
from cityrank.charts.specs import score_bars
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Place
from scores.models import Ranking

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
        return chart_about(gate, kind, release=release) if key == ALL else None
    if kind not in OF_RANKINGS:
        return None
    slug, _mark, place = key.partition("~")
    ranking = tables.ranking_at(gate, slug)
    return chart_about(gate, kind, ranking=ranking) if ranking and not place else None


def chart_about(
    gate: Gate,
    kind: str,
    *,
    release: Release | None = None,
    ranking: Ranking | None = None,
    award: Award | None = None,
    place: Place | None = None,
) -> Chart | None:
    """Return a chart of the kind about the rows that are given; None where there is nothing to show."""
    if kind == "averages" and release:
        return averages_spec.chart(averages.averages_of(gate, release))
    if ranking is None or not ranking.is_transcribed:
        return None
    if kind == "score-bars":
        return score_bars.chart(tables.two_years(gate, ranking))
    return None


def charts_of_release(gate: Gate, release: Release) -> Iterator[Chart]:
    """Yield every chart that a release has, in the active language."""
    rankings = list(tables.rankings_of(gate))
    found = [
        *(chart_about(gate, kind, release=release) for kind in OF_EDITIONS),
        *(chart_about(gate, kind, ranking=ranking) for ranking in rankings for kind in OF_RANKINGS),
    ]
    yield from (chart for chart in found if chart)
