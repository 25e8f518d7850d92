"""No public address tells anything of what is not published.

The strongest form of that: whatever is asked, the answer is the same to the byte whether drafts exist or not. So no
text, figure, count, order, filter, page number, search result or error can reveal one.
"""

from collections.abc import Callable
from itertools import product
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Release
from cityrank.exchange.documents.numbers import CertificateNumber
from cityrank.publishing.gate import public_subjects
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Alias, Place, Subject, Succession
from tests.addresses import Address, public_addresses
from tests.factories import awards, registry, scores

pytestmark = pytest.mark.django_db

ADDRESSES = public_addresses()
# Values of both kinds for the parameters of an address: what is public, what only a draft has, and nonsense.
VALUES = {
    "label": ["2017-2018", "2018-2019", "1999"],
    "edition": ["2017-2018", "2018-2019", "1999"],
    "number": ["1", "2", "9"],  # published, the draft, neither
    "series": ["1", "3", "8"],
    "release": ["1", "2", "3"],
    "position": ["1", "2", "3", "9"],
    "slug": [
        "award-1",
        "topsecret-award",
        "cities-50",
        "picture",
        "330100",
        "330106",
        "330101",
        "juemi-xiaozhen",
        "topsecret",
        "institute",
        "new-award",
        "why",
    ],
    "subject": ["339901", "330106", "juemi-xiaozhen"],
    "format": ["json"],
    "kind": ["score-bars", "winners-map", "trend", "nowhere"],
    "key": ["all", "cities-50", "cities-50~339901", "topsecret-award"],
    "section": ["pages", "editions", "awards", "rankings", "places", "nowhere"],
    "certificate": [
        str(CertificateNumber("2017-2018", 1, 1, 1, 1)),
        str(CertificateNumber("2017-2018", 2, 1, 1, 1)),  # of the draft
        str(CertificateNumber("2018-2019", 1, 1, 1, 1)),
        "20172018-01-01-01-001-00",
    ],
}
TEXTS = [
    awards.SECRET,
    awards.SECRET_EN,
    awards.SECRET_FIGURE,
    "juemi",
    "jmxz",
    "topsecret",
    "juemi-xiaozhen",
    "topsecret-award",
    "new-award",
    "award-1",
    "330106",
    "330000",
    "第1镇",
    "2017-2018",
    "2018-2019",
    "1",
    "2",
    "draft",
    "published",
    "final",
    "name",
    "-name",
    "position",
    "-position",
    "printed_score",
    "-printed_score",
    "-score",
    "-move",
    "all",
    "zone",
    "county",
    "place",
    "organisation",
    "true",
    "",
    "\x00",
]


# What a slug may stand for after such a word; elsewhere all of them are tried.
SLUGS = {
    "awards": ["award-1", "topsecret-award", "new-award", "why"],
    "rankings": ["cities-50", "picture", "new-ranking", "award-1"],
    "places": ["330100", "330106", "330101", "339901", "juemi-xiaozhen", "new-award"],
    "organisations": ["institute", "topsecret", "330106"],
    "apps": ["institute", "topsecret", "330106"],
}


def values_for(parameter: str, route: str = "") -> list[str]:
    """Return what is tried for a parameter of an address; `route` tells what a slug names there."""
    before = route.partition(f"/<{parameter}>")[0].rpartition("/")[2]
    if parameter == "slug" and before in SLUGS:
        return SLUGS[before]
    return VALUES.get(parameter, VALUES["slug"])


def query_parameters() -> list[str]:
    """Return the name of every parameter that the API documents, and those of the pages."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"].values()
    documented = {
        p["name"]
        for path in paths
        for op in path.values()
        for p in op.get("parameters", [])
        if p["in"] == "query"
    }
    return sorted(
        documented
        | {"q", "page", "page_size", "edition", "release", "ordering", "format", "unknown"}
        | {"place", "line", "award", "kind", "sort", "from"}
        | {"province", "tier", "band", "columns", "rows"}
    )


@st.composite
def requests(draw: Callable, parameters: list[str]) -> str:
    """Draw any public address with any parameters, in either language."""
    address: Address = draw(st.sampled_from(ADDRESSES))
    path = address.fill({name: draw(st.sampled_from(values_for(name))) for name in address.parameters})
    if not path.startswith("/api/") and draw(st.booleans()):
        path = f"/en{path}"
    query = draw(st.dictionaries(st.sampled_from(parameters), st.sampled_from(TEXTS), max_size=3))
    return f"{path}?{urlencode(query)}" if query else path


def answers(paths: list[str]) -> list[tuple[int, bytes]]:
    """Return status and body of each; what a cache kept from another state of the database would prove nothing."""
    cache.clear()
    client = Client(raise_request_exception=False)
    return [(response.status_code, response.getvalue()) for response in map(client.get, paths)]


def add_secrets(release: Release) -> None:
    """Add a draft that differs in everything, and an edition that has never been published."""
    awards.secret_draft(release)
    hidden = Place.objects.get(slug="juemi-xiaozhen")
    Alias.objects.create(subject=hidden, text=f"{awards.SECRET}别名")
    Succession.objects.create(predecessor=registry.xihu(), successor=hidden, kind="split")
    Succession.objects.create(predecessor=hidden, successor=registry.hangzhou(), kind="merged")
    unpublished = awards.empty_draft("2018-2019", title_zh=awards.SECRET)
    series = awards.series(unpublished)
    awards.award(series, "new-award", [(awards.SECRET, registry.xihu())])
    scores.ranking(series, "new-ranking", rows=2)


def differences(paths: list[str], release: Release) -> list[str]:
    before = answers(paths)
    with transaction.atomic():
        add_secrets(release)
        after = answers(paths)
        transaction.set_rollback(True)
    return [path for path, old, new in zip(paths, before, after, strict=True) if old != new]


@pytest.fixture
def published() -> Release:
    registry.xihu()
    return awards.published_edition(rows=2)


@pytest.mark.long
def test_every_address_answers_the_same_with_and_without_drafts(published: Release) -> None:
    paths = [
        language + address.fill(dict(zip(address.parameters, values, strict=True)))
        for address in ADDRESSES
        for language in (("",) if address.route.startswith("api/") else ("", "/en"))
        for values in product(*(values_for(name, address.route) for name in address.parameters))
    ]
    assert differences(paths, published) == []


def test_nothing_that_can_be_asked_reveals_a_draft(published: Release) -> None:
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(requests(query_parameters()), min_size=25, max_size=40))
    def same_answers(paths: list[str]) -> None:
        assert differences(paths, published) == []

    same_answers()


def test_no_request_of_these_breaks_the_server(published: Release) -> None:
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(requests(query_parameters()), min_size=25, max_size=40))
    def answered(paths: list[str]) -> None:
        assert [
            path for path, (status, _body) in zip(paths, answers(paths), strict=True) if status >= 500
        ] == []

    answered()


def test_the_test_would_notice_a_draft_that_is_published(published: Release) -> None:
    """What is compared above does differ once the draft becomes public, so equal answers mean something."""
    paths = [
        "/",
        "/editions/2017-2018/",
        "/api/v1/recipients/",
        "/api/v1/awards/",
        f"/search/?q={awards.SECRET}",
    ]
    before = answers(paths)
    publish_unattended(awards.secret_draft(published), reason="更正")
    after = answers(paths)
    assert [path for path, old, new in zip(paths, before, after, strict=True) if old == new] == []
    assert all(
        awards.SECRET.encode() in body or awards.SECRET_EN.encode() in body for _status, body in after[1:]
    )


def test_what_was_entered_for_a_draft_is_no_public_subject(draft: Release) -> None:
    hidden = Subject.objects.filter(slug__in=("juemi-xiaozhen", "topsecret"))
    assert hidden.count() == 2
    assert not public_subjects(hidden).exists()

    publish_unattended(draft, reason="更正")
    assert public_subjects(hidden).count() == 2
