"""Organisations and apps."""

from collections.abc import Callable

import pytest

from awards.models import Release
from tests.factories import awards, registry

Rows = Callable[[str], list[dict]]


@pytest.fixture
def named(db: None) -> Release:
    """A release that gives an award to an app and to the organisation behind it."""
    release = awards.empty_draft()
    winners = [
        ("微信", registry.app()),
        ("腾讯", registry.organisation("tencent", "腾讯", name_en="Tencent")),
    ]
    awards.award(awards.series(release), winners=winners)
    return awards.publish_unattended(release)


@pytest.mark.parametrize("query", ["q=腾", "q=tengxun", "q=tx", "q=tencent", "organisation=tencent"])
def test_an_organisation_is_found_by_name_pinyin_and_identifier(
    named: Release, rows: Rows, query: str
) -> None:
    assert [row["slug"] for row in rows(f"organisations/?{query}")] == ["tencent"]


@pytest.mark.parametrize("query", ["q=微信", "q=wx", "app=wechat", "operator=tencent", "ordering=-slug"])
def test_an_app_is_found_by_name_pinyin_identifier_and_operator(
    named: Release, rows: Rows, query: str
) -> None:
    (row,) = rows(f"apps/?{query}")
    assert (row["slug"], row["operator"]["slug"]) == ("wechat", "tencent")


def test_they_lead_to_themselves_and_to_pages(named: Release, ask: Callable) -> None:
    for address in ("organisations/tencent/", "apps/wechat/"):
        row = ask(address).json()
        assert ask(row["url"]).json() == row
        assert ask(row["page"]).status_code == 200
