"""Whether a draft exists, and what is in it, cannot be told from any answer of the API."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse

from awards.models import Release
from cityrank.api.urls import RESOURCES
from cityrank.registry.models import Alias, Subject
from tests.factories import awards, registry

# What the secret draft contains and the published release does not.
SECRET_VALUES = {
    "award": "topsecret-award",
    "line": "topsecret-award",
    "place": "juemi-xiaozhen",
    "subject": "topsecret",
    "organisation": "topsecret",
    "operator": "topsecret",
    "parent": "juemi-xiaozhen",
    "series": "3",
    "number": "3",
    "q": awards.SECRET,
    "level": "zone",
    "contradictory": "true",
}
SECRET_ADDRESSES = [
    "editions/2030/",
    "releases/2017-2018/2/",
    "series/2017-2018/3/",
    "awards/2017-2018/topsecret-award/",
    "recipients/2017-2018/topsecret-award/1/",
    "recipients/2017-2018/award-1/2/",
    "rankings/2017-2018/cities-50/?release=2",
    "scores/2017-2018/cities-50/2/",
    "scores/2017-2018/picture/1/",
    "places/juemi-xiaozhen/",
    "organisations/topsecret/",
    "organisations/topsecret/?q=x",
    "apps/topsecret-app/",
    "awards/?edition=2017-2018&release=2",
    "scores/?edition=2030&release=1",
    "awards/?edition=2030",
]


def all_lists() -> Iterator[str]:
    """Every list: plain, with every filter set to a secret value, in every order."""
    for word, resource in RESOURCES.items():
        yield f"{word}/"
        for name, filter_ in resource.filterset_class.base_filters.items():
            values = filter_.allowed or [SECRET_VALUES.get(name, "topsecret"), "2017-2018", "1"]
            yield from (f"{word}/?{name}={value}" for value in values)


def secret_world(release: Release) -> None:
    awards.secret_draft(release)
    app = registry.app("topsecret-app", "绝密应用")
    app.operator = registry.organisation("topsecret", "绝密公司")
    app.save()
    awards.award(awards.series(awards.empty_draft("2030")), "topsecret-award", [("绝密", app)])
    Alias.objects.create(subject=Subject.objects.get(slug="juemi-xiaozhen"), text="绝密别名")


@pytest.mark.django_db
def test_every_answer_is_the_same_with_and_without_a_draft(
    release: Release, ask: Callable[..., HttpResponse]
) -> None:
    addresses = [
        *all_lists(),
        *SECRET_ADDRESSES,
        *(f"places/?q={text}" for text in ("jue", "jmxz", "绝密别名", "Top")),
    ]
    addresses += [row["url"] for word in RESOURCES for row in ask(f"{word}/").json()["results"]]
    before = {address: _told(ask(address)) for address in addresses}
    secret_world(release)
    after = {address: _told(ask(address)) for address in addresses}
    assert [address for address in addresses if before[address] != after[address]] == []
    assert len(addresses) > 200


def _told(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    # Files are streamed; read whole, either kind of answer is its bytes.
    return answer.status_code, answer.getvalue(), dict(answer.headers)


@pytest.mark.django_db
def test_an_unpublished_operator_of_a_published_app_is_not_named(ask: Callable[..., HttpResponse]) -> None:
    app = registry.app("wechat", "微信")  # operated by an organisation that no release names
    release = awards.empty_draft()
    awards.award(awards.series(release), winners=[("微信", app)])
    awards.publish_unattended(release)
    assert ask("apps/wechat/").json()["operator"] is None
    assert ask("apps/?operator=tencent").json() == ask("apps/?operator=nobody").json()
