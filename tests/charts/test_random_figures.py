"""Whatever the figures are, every kind of chart is drawn of them in earnest."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityrank.charts import engine, svg
from cityrank.charts.chart import Chart
from cityrank.charts.data import TwoYears
from cityrank.charts.specs import distribution, score_bars, slope, tile_map
from tests.charts import figures

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("real_drawings")]

FIGURES = st.sampled_from(["50.00", "0.00", "100.00"]) | st.decimals(0, 150, places=2).map(str)
SCORES = st.lists(st.none() | FIGURES, min_size=1, max_size=70)
# No names: control characters and lone surrogates cannot be stored.
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


def holds(chart: Chart | None) -> None:
    if chart is None or not chart.is_drawn:
        return
    for spec in (chart.spec, chart.narrow):
        text = svg.cleaned(engine.svg_of(json.loads(json.dumps(spec))))
        root = ElementTree.fromstring(text)
        assert "NaN" not in re.sub(r'aria-label="[^"]*"|>[^<]*<', "", text)
        assert svg.unknown_colours(text) == set()
        assert "style=" not in re.sub(r'aria-label="[^"]*"', "", text)
        labels = {mark.get("aria-label") for mark in root.iter() if mark.get("aria-label")}
        assert labels <= {row["says"] for row in spec["data"]["values"]}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCORES, SCORES, st.sampled_from(["en", "zh-hans"]))
def test_tables_of_any_length_with_ties_and_gaps_are_drawn(now: list, before: list, language: str) -> None:
    years = TwoYears(figures.table(now), figures.table(before, "2017"))
    with override(language):
        holds(score_bars.chart(years))
        holds(slope.chart(years))
        holds(distribution.chart(years.now, "1", "330100"))
        holds(distribution.chart(years.now))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(NAMES)
def test_any_name_is_drawn_as_it_is(name: str) -> None:
    row = figures.Row("1", name, Decimal("50.0"), "50.0", 1)
    table = replace(figures.table([]), rows=(row,))
    chart = score_bars.chart(TwoYears(table))
    holds(chart)
    assert chart
    assert chart.rows[0][1] == name


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(sorted(figures.grid())), st.decimals(0, 2000, places=1).map(str), max_size=34
    )
)
def test_maps_of_any_values_are_drawn(values: dict[str, str]) -> None:
    holds(tile_map.chart(figures.a_map(values)))
    whole = {code: str(int(Decimal(value))) for code, value in values.items()}
    holds(tile_map.chart(figures.a_map(whole, are_counts=True)))
