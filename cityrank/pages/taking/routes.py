"""Addresses beside the pages: citations, code for embedding, share cards; and those that others show in a frame."""

from django.urls import URLPattern, path

from cityrank.pages.views import cards, citations, embeds

# The things of a release, and where their pages stand.
PARTS = (
    ("edition", ""),
    ("award", "awards/<slug:slug>/"),
    ("ranking", "rankings/<slug:slug>/"),
    ("averages", "averages/"),
    ("chart", "charts/<slug:kind>/<chart-key:key>/"),
)
# Of these there are share cards.
PICTURED = ("edition", "award", "ranking")
FRAMES = (
    ("award", "awards/<slug:slug>/", embeds.award),
    ("ranking", "rankings/<slug:slug>/", embeds.ranking),
    ("averages", "averages/", embeds.averages),
    ("chart", "charts/<slug:kind>/<chart-key:key>/", embeds.chart),
)
# Pages that belong to no release: a place, and a chart of one.
OF_PLACES = (
    ("place", "places/<slug:slug>/", embeds.place),
    ("place-chart", "places/<slug:slug>/charts/<slug:kind>/", embeds.place_chart),
)


def beside_release_pages(prefix: str) -> list[URLPattern]:
    """What stands beside the pages of a release; not beside previews, because a draft is nothing to be passed on."""
    cite = [
        path(f"{part}{end}", citations.cite, {"name": name, **more}, name=f"{prefix}{name}-{what}")
        for name, part in PARTS
        for what, end, more in _citations()
    ]
    code = [
        path(f"{part}embedding/", embeds.embedding, {"name": name}, name=f"{prefix}{name}-embedding")
        for name, part, _view in FRAMES
    ]
    pictures = [
        path(f"{part}card.png", cards.card, {"name": name}, name=f"{prefix}{name}-card")
        for name, part in PARTS
        if name in PICTURED
    ]
    return cite + code + pictures


def frames_of_release(prefix: str) -> list[URLPattern]:
    return [path(part, view, name=f"{prefix}{name}-embed") for name, part, view in FRAMES]


def beside_places() -> list[URLPattern]:
    cite = [
        path(f"{part}{end}", citations.cite_place, {"name": name, **more}, name=f"{name}-{what}")
        for name, part, _view in OF_PLACES
        for what, end, more in _citations()
    ]
    code = [
        path(f"{part}embedding/", embeds.place_embedding, {"name": name}, name=f"{name}-embedding")
        for name, part, _view in OF_PLACES
    ]
    frames = [path(f"embed/{part}", view, name=f"{name}-embed") for name, part, view in OF_PLACES]
    return [
        *cite,
        *code,
        *frames,
        path("places/<slug:slug>/card.png", cards.place_card, name="place-card"),
        path("card.png", cards.site_card, name="site-card"),
    ]


def _citations() -> tuple[tuple[str, str, dict[str, str]], ...]:
    return (
        ("cite", "cite/", {}),
        ("bib", "cite.bib", {"suffix": "bib"}),
        ("ris", "cite.ris", {"suffix": "ris"}),
    )
