"""Addresses of the public pages.

What belongs to a release has two addresses: an open one that always shows the edition's current release, and a
frozen one below `releases/<number>/` that shows the same numbers for ever. One view serves both.
"""

from django.urls import include, path, register_converter

from cityrank.pages import converters
from cityrank.pages.views import (
    about,
    averages,
    awards,
    editions,
    home,
    places,
    rankings,
    search,
    series,
    subjects,
)

register_converter(converters.Label, "label")
register_converter(converters.Number, "number")

app_name = "pages"


def release_pages(prefix: str) -> list:
    """The pages of one release; `prefix` keeps the names of the frozen ones apart."""
    return [
        path("series/<number:series>/", series.series, name=f"{prefix}series"),
        path("awards/<slug:slug>/", awards.award, name=f"{prefix}award"),
        path("rankings/<slug:slug>/", rankings.ranking, name=f"{prefix}ranking"),
        path("averages/", averages.averages, name=f"{prefix}averages"),
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path("editions/", editions.editions, name="editions"),
    path("editions/<label:label>/", editions.edition, name="edition"),
    path("editions/<label:label>/", include(release_pages(""))),
    path("editions/<label:label>/releases/<number:number>/", editions.edition, name="release"),
    path("editions/<label:label>/releases/<number:number>/", include(release_pages("release-"))),
    path("places/<slug:slug>/", places.place, name="place"),
    path("organisations/<slug:slug>/", subjects.organisation, name="organisation"),
    path("apps/<slug:slug>/", subjects.app, name="app"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
]
