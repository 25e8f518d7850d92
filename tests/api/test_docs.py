"""The guide tells what is true: its requests are asked, its addresses and parameters exist."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import resolve

from awards.models import Release
from cityrank.api.problems import nowhere
from tests.factories import awards, registry, scores

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
REQUESTS = re.findall(r"^curl -s 'http://127\.0\.0\.1:8000(/api/[^']+)'$", GUIDE, re.MULTILINE)
ADDRESSES = re.findall(r"`((?:[a-z-]+/)[^` ]*)`", GUIDE.split("## Resources")[1].split("## Conventions")[0])


@pytest.fixture
def bulletin(db: None) -> Release:
    """What the requests of the guide ask for, in miniature."""
    release = awards.empty_draft()
    series = awards.series(release)
    winners = [("杭州", registry.hangzhou()), ("云栖小镇", registry.zone())]
    awards.award(series, "most-influential", winners)
    capitals = scores.ranking(series, "provincial-capitals", state="not_transcribed")
    scores.average(release, 1, capitals)
    registry.xihu()
    return awards.publish_unattended(release)


@pytest.mark.parametrize("address", REQUESTS)
def test_a_request_of_the_guide_is_answered_with_something(
    bulletin: Release, ask: Callable[..., HttpResponse], address: str
) -> None:
    answer = ask(address)
    body = answer.getvalue()
    assert answer.status_code == 200, body.decode()
    if answer.headers["Content-Type"].startswith("application/json"):
        assert json.loads(body).get("count", 1) > 0
    else:  # a table, with a row below its headings
        assert len(body.splitlines()) > 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_guide_exists(address: str) -> None:
    assert resolve(f"/api/v1/{address}").func is not nowhere


def test_the_guide_has_requests_and_addresses() -> None:
    assert len(REQUESTS) > 8
    assert len(ADDRESSES) > 20
