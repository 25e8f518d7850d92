"""Addresses of charts: one alone on its page, and the files of it."""

from django.urls import URLPattern, path, register_converter

from cityrank.pages import converters
from cityrank.pages.views import charts

register_converter(converters.ChartKey, "chart-key")

# The end of the URL name, and the suffix.
FILES = (("svg", "svg"), ("png", "png"), ("csv", "csv"), ("spec", "vl.json"))


def of_release(prefix: str) -> list[URLPattern]:
    stands, name = "charts/<slug:kind>/<chart-key:key>", f"{prefix}chart"
    return [
        path(f"{stands}/", charts.chart, name=name),
        *(
            path(f"{stands}.{suffix}", charts.chart_file, {"suffix": suffix}, name=f"{name}-{part}")
            for part, suffix in FILES
        ),
    ]


def of_places() -> list[URLPattern]:
    stands, name = "places/<slug:slug>/charts/<slug:kind>", "place-chart"
    return [
        path(f"{stands}/", charts.place_chart, name=name),
        *(
            path(f"{stands}.{suffix}", charts.place_chart_file, {"suffix": suffix}, name=f"{name}-{part}")
            for part, suffix in FILES
        ),
    ]
