"""What search engines are told: the sitemap, robots.txt, canonical addresses and the other language."""

import datetime as dt
import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from awards.models import Release
from cityrank.pages.sitemaps import PARTS
from cityrank.publishing.workflow import withdraw_release
from tests.factories import awards, registry
from tests.factories.corrections import correct, corrected_draft, schedule
from tests.pages.conftest import Reader

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def parsed(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return ET.fromstring(response.content)


def addresses(client: Client) -> list[str]:
    """Every address of every part that the index names, without its host."""
    found = []
    for part in parsed(client, "/sitemap.xml").iterfind("s:sitemap/s:loc", NS):
        path = (part.text or "").removeprefix("http://testserver")
        found += [url.text or "" for url in parsed(client, path).iterfind("s:url/s:loc", NS)]
    return [address.removeprefix("http://testserver") for address in found]


def test_every_address_in_the_sitemap_answers_and_is_its_own_canonical_one(
    client: Client, release: Release
) -> None:
    found = addresses(client)
    assert len(found) == len(set(found)) > 30
    for path in found:
        response = client.get(path)
        assert response.status_code == 200, path
        page = response.content.decode()
        assert f'<link rel="canonical" href="http://testserver{path}">' in page, path
        assert 'content="noindex"' not in page, path


def test_the_sitemap_has_what_was_published_and_whom_it_names(client: Client, release: Release) -> None:
    registry.xihu()
    found = addresses(client)
    for path in (
        "/", "/editions/2017-2018/", "/editions/2017-2018/awards/award-1/", "/editions/2017-2018/rankings/picture/",
        "/editions/2017-2018/averages/", "/editions/2017-2018/series/1/", "/places/330106101/",
        "/organisations/institute/",
    ):  # fmt: skip
        assert path in found
        assert f"/en{path}" in found
    # A district that nothing names, and what is for those who cite.
    assert "/places/330106/" not in found
    assert not [path for path in found if "/releases/" in path or "/embed/" in path or "cite" in path]


def test_each_address_names_its_other_language(client: Client, release: Release) -> None:
    for url in parsed(client, "/sitemap-awards.xml").iterfind("s:url", NS):
        links = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NS)}
        path = "/editions/2017-2018/awards/award-1/"
        assert links == {
            "zh-hans": f"http://testserver{path}",
            "en": f"http://testserver/en{path}",
            "x-default": f"http://testserver{path}",
        }


def test_an_address_changes_with_the_release(client: Client, release: Release) -> None:
    (day,) = {found.text for found in parsed(client, "/sitemap-rankings.xml").iterfind("s:url/s:lastmod", NS)}
    assert dt.date.fromisoformat(day or "") == timezone.localdate(release.published_at)


def test_the_sitemap_tells_of_no_draft_and_of_no_embargo(client: Client, release: Release) -> None:
    paths = ["/sitemap.xml", *(f"/sitemap-{name}.xml" for name in PARTS)]
    before = [client.get(path).content for path in paths]
    schedule(corrected_draft(release), timezone.now() + dt.timedelta(days=1))
    awards.award(awards.series(awards.empty_draft("2018-2019")), "new-award", [("绝密", registry.xihu())])
    assert [client.get(path).content for path in paths] == before


def test_what_was_withdrawn_leaves_the_sitemap(client: Client, release: Release) -> None:
    withdraw_release(release, reason="数据有误")
    assert not [path for path in addresses(client) if "2017-2018" in path or "/places/" in path]


def test_the_sitemap_begins_with_the_address_of_the_site(
    client: Client, release: Release, settings: object
) -> None:
    settings.SITE_URL = "https://cityrank.example"
    for path in ("/sitemap.xml", "/sitemap-editions.xml"):
        page = client.get(path).content.decode()
        assert "<loc>https://cityrank.example/" in page
        assert "testserver" not in page


@pytest.mark.parametrize("path", ["/sitemap-nowhere.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x"])
def test_a_part_that_is_not_there_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_robots_leads_to_the_sitemap_and_keeps_out_of_the_office(client: Client, db: None) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /en/admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


# --- Canonical addresses --------------------------------------------------------------------------------------------

TABLE = "/en/editions/2017-2018/rankings/cities-50/"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?sort=name", ""),
        ("?province=330000&page=2", ""),
        ("?q=hz", ""),
        ("?page=2", "?page=2"),
        ("?page=x", ""),
    ],
)
def test_what_was_sorted_or_filtered_is_known_by_the_plain_address(
    read: Reader, release: Release, query: str, canonical: str
) -> None:
    page = read(TABLE + query)
    assert f'<link rel="canonical" href="http://testserver{TABLE}{canonical}">' in page
    chinese = TABLE.removeprefix("/en")
    for tag, path in (("zh-Hans", chinese), ("en", TABLE), ("x-default", chinese)):
        assert f'hreflang="{tag}" href="http://testserver{path}{canonical}">' in page


def test_a_frozen_page_is_known_by_the_open_one_until_it_is_replaced(read: Reader, release: Release) -> None:
    frozen = "/en/editions/2017-2018/releases/1/rankings/cities-50/"
    assert f'<link rel="canonical" href="http://testserver{TABLE}">' in read(frozen)
    correct(release)
    page = read(frozen)
    assert f'<link rel="canonical" href="http://testserver{frozen}">' in page
    assert re.search('<meta name="robots" content="noindex">', page)
