"""A chart as a picture: for a page, or as a file of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cityrank.charts import svg
from cityrank.charts.chart import Chart
from cityrank.charts.store import NotDrawn, Recipe, kept

# Dots to the pixel of a picture: sharp on a good screen and in print.
SCALE = 2.0


@dataclass(frozen=True)
class OnPage:
    """The two drawings of a chart, of which the style sheet shows the one that fits."""

    wide: SafeString
    narrow: SafeString


def recipes(chart: Chart) -> list[Recipe]:
    return [Recipe.of(spec) for spec in (chart.spec, chart.narrow) if spec is not None]


def keep(charts: Iterable[Chart]) -> int:
    """Draw the charts that have not been drawn yet; return how many drawings there are of them. Raises `NotDrawn`."""
    return sum(len(kept(recipes(chart))) for chart in charts if chart.is_drawn)


def on_page(chart: Chart, *, title_id: str, text_id: str) -> OnPage | None:
    """Return what a page shows; None where there is nothing to draw. Raises `NotDrawn`."""
    if not chart.is_drawn:
        return None
    # The texts in a drawing were escaped by the library that drew it.
    both = (svg.on_page(body.decode(), title_id=title_id, text_id=text_id) for body in kept(recipes(chart)))
    return OnPage(*(mark_safe(one) for one in both))  # noqa: S308


def svg_file(chart: Chart, theme: str) -> str:
    """Return the chart as a file, with title, notes and source. Raises `NotDrawn`."""
    assert chart.spec is not None
    (body,) = kept([Recipe.of(chart.spec)])
    foot = [*chart.notes, chart.source]
    texts = {"title": chart.title, "subtitle": chart.subtitle, "alt": chart.alt}
    return svg.framed(body.decode(), **texts, foot=foot, language=get_language() or "en", theme=theme)


def png_file(chart: Chart, theme: str) -> bytes:
    """Return the same as a picture. Raises `NotDrawn`."""
    return kept([Recipe(svg_file(chart, theme), SCALE)])[0]


__all__ = ["NotDrawn", "OnPage", "keep", "on_page", "png_file", "recipes", "svg_file"]
