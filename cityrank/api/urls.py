"""Addresses of the API. Each resource declares its own; see `base.Resource`."""

from django.urls import URLPattern, include, path

from cityrank.api import converters  # noqa: F401 - registers the parts of addresses
from cityrank.api.awards import Awards
from cityrank.api.base import Resource
from cityrank.api.citations import Citations
from cityrank.api.docs import Docs, Schema
from cityrank.api.editions import Editions
from cityrank.api.errata import Errata
from cityrank.api.group_averages import GroupAverages
from cityrank.api.mobile_apps import Apps
from cityrank.api.organisations import Organisations
from cityrank.api.places import Places
from cityrank.api.problems import nowhere
from cityrank.api.rankings import Rankings
from cityrank.api.recipients import Recipients
from cityrank.api.releases import Releases
from cityrank.api.root import Root
from cityrank.api.scores import Scores
from cityrank.api.series import SeriesOfEditions

app_name = "api"

RESOURCES: dict[str, type[Resource]] = {
    "editions": Editions,
    "releases": Releases,
    "errata": Errata,
    "series": SeriesOfEditions,
    "awards": Awards,
    "recipients": Recipients,
    "citations": Citations,
    "rankings": Rankings,
    "scores": Scores,
    "group-averages": GroupAverages,
    "places": Places,
    "organisations": Organisations,
    "apps": Apps,
}
CONVERTERS = {"edition": "api_label", "number": "api_number", "position": "api_position"}


def addresses(word: str, resource: type[Resource]) -> list[URLPattern]:
    """Return the addresses of the list and of one object: awards/, awards/<edition>/<slug>/."""
    parts = "/".join(f"<{CONVERTERS.get(part, 'api_key')}:{part}>" for part in resource.keys)
    return [
        path(f"{word}/", resource.as_view({"get": "list"}), name=resource.plural),
        path(f"{word}/{parts}/", resource.as_view({"get": "retrieve"}), name=resource.singular),
    ]


version_1 = [address for word, resource in RESOURCES.items() for address in addresses(word, resource)]
names = {word.replace("-", "_"): resource.plural for word, resource in RESOURCES.items()} | {
    "schema": "schema",
    "docs": "docs",
}

urlpatterns = [
    path("v1/", Root.as_view(names=names), name="root"),
    path("v1/", include(version_1)),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    # Last: whatever is left below /api/ is answered by the API too, not by an HTML page.
    path("", nowhere),
    path("<path:rest>", nowhere),
]
