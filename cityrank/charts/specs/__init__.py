"""One file for each kind of chart: from figures (`cityrank.charts.data`) to a `Chart`, without any query."""
