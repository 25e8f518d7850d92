"""Charts: Vega-Lite specifications made from published figures, drawn once and kept.

`building` makes a `Chart` from what a gate shows, `drawing` turns it into SVG and PNG, `store` keeps what was drawn,
`engine` is the program that draws.
"""

from cityrank.charts.chart import KINDS, Chart, Column

__all__ = ["KINDS", "Chart", "Column"]
