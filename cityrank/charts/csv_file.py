"""The data table of a chart as CSV, by the writer of all other tables."""

from collections.abc import Iterator
from typing import Any

from cityrank.charts.chart import Chart
from cityrank.exchange.writing import NAMES, Rows, csv_pieces


class _ChartRows(Rows):
    """The rows of a chart in place of those of a queryset."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart

    def headings(self, headers: str = NAMES) -> list[str]:
        return [column.heading for column in self.chart.columns]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.chart.rows)


def csv_of(chart: Chart) -> bytes:
    """Return the file with headings in the language of the chart; spreadsheets need the byte order mark."""
    return b"".join(csv_pieces(_ChartRows(chart), bom=True))
