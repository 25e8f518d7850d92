"""Addresses of the public pages.

What belongs to a release has two addresses: an open one that always shows the edition's current release, and a
frozen one below `releases/<number>/` that shows the same numbers for ever. One view serves both.
"""

from django.urls import include, path, register_converter

from cityrank.pages import chart_routes, converters, publications
from cityrank.pages.feeds import errata_feed
from cityrank.pages.taking import routes
from cityrank.pages.views import (
    about,
    averages,
    awards,
    badges,
    certificates,
    comparing,
    downloads,
    editions,
    errata,
    home,
    lines,
    methods,
    movers,
    places,
    rankings,
    search,
    series,
    style,
    subjects,
    winners,
)

register_converter(converters.Label, "label")
register_converter(converters.Number, "number")

app_name = "pages"


# What can be downloaded as a table: the name of the page, where it stands, and the view of the file.
TABLES = (
    ("award", "awards/<slug:slug>/", downloads.award),
    ("ranking", "rankings/<slug:slug>/", downloads.ranking),
    ("averages", "averages/", downloads.averages),
)


def release_pages(prefix: str) -> list:
    """The pages of one release; `prefix` keeps the names of the frozen ones apart."""
    return [
        path("series/<number:series>/", series.series, name=f"{prefix}series"),
        path("awards/<slug:slug>/", awards.award, name=f"{prefix}award"),
        path("rankings/<slug:slug>/", rankings.ranking, name=f"{prefix}ranking"),
        path("rankings/<slug:slug>/rows/<slug:subject>/", rankings.row, name=f"{prefix}ranking-row"),
        path("averages/", averages.averages, name=f"{prefix}averages"),
        path("rankings/<slug:slug>/movers/", movers.movers, name=f"{prefix}movers"),
        path("winners-by-province/", winners.by_province, name=f"{prefix}winners-by-province"),
        path("method/", methods.method, name=f"{prefix}method"),
        path("package.zip", downloads.edition, {"wanted": "package"}, name=f"{prefix}package"),
        path("workbook.xlsx", downloads.edition, {"wanted": "xlsx"}, name=f"{prefix}workbook"),
        path("bulletin.pdf", downloads.edition, {"wanted": "pdf"}, name=f"{prefix}bulletin-pdf"),
        path("bulletin.docx", downloads.edition, {"wanted": "docx"}, name=f"{prefix}bulletin-docx"),
        path("bulletin.txt", downloads.edition, {"wanted": "text"}, name=f"{prefix}bulletin-txt"),
        *(
            path(f"{part}table.{suffix}", view, {"suffix": suffix}, name=f"{prefix}{name}-{suffix}")
            for name, part, view in TABLES
            for suffix in ("csv", "xlsx")
        ),
        *chart_routes.of_release(prefix),
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path("editions/", editions.editions, name="editions"),
    path("editions/<label:label>/", editions.edition, name="edition"),
    path("editions/<label:label>/", include(release_pages(""))),
    path("editions/<label:label>/", include(routes.beside_release_pages(""))),
    path("embed/editions/<label:label>/", include(routes.frames_of_release(""))),
    path("editions/<label:label>/errata/", errata.errata, name="errata"),
    path("editions/<label:label>/errata/feed/", errata_feed, name="errata-feed"),
    path("errata/feed/", errata_feed, name="errata-feed-of-all"),
    path("feed/", publications.feed, name="feed"),
    path("editions/<label:label>/releases/<number:number>/", editions.edition, name="release"),
    path("editions/<label:label>/releases/<number:number>/", include(release_pages("release-"))),
    path(
        "editions/<label:label>/releases/<number:number>/",
        include(routes.beside_release_pages("release-")),
    ),
    path(
        "embed/editions/<label:label>/releases/<number:number>/",
        include(routes.frames_of_release("release-")),
    ),
    *routes.beside_places(),
    path(
        "editions/<label:label>/releases/<number:number>/errata/",
        errata.release_errata,
        name="release-errata",
    ),
    path("places/<slug:slug>/", places.place, name="place"),
    *chart_routes.of_places(),
    path("places/<slug:slug>/profile.pdf", places.profile, name="place-profile"),
    path("organisations/<slug:slug>/", subjects.organisation, name="organisation"),
    path(
        "organisations/<slug:slug>/profile.pdf",
        subjects.profile,
        {"kind": "organisation"},
        name="organisation-profile",
    ),
    path("apps/<slug:slug>/", subjects.app, name="app"),
    path("apps/<slug:slug>/profile.pdf", subjects.profile, {"kind": "app"}, name="app-profile"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:certificate>/", certificates.certificate, name="certificate"),
    path(
        "certificates/<str:certificate>/certificate.pdf",
        certificates.certificate_pdf,
        name="certificate-pdf",
    ),
    path("badges/<str:certificate>.svg", badges.badge, name="badge"),
    path("lines/<slug:slug>/", lines.line, name="line"),
    path("most-awarded/", winners.most_awarded, name="most-awarded"),
    path("compare/", comparing.compare, name="compare"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="search-suggestions"),
    path("about/", about.about, name="about"),
    path("style/", style.style, name="style"),
]
