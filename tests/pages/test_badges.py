"""The badge of a winner: it says what its certificate says, and no more than is true on the day."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.models import Recipient, Release
from cityrank.exchange.documents.certificates import number_of
from cityrank.exchange.documents.numbers import CertificateNumber
from cityrank.pages.taking import badges
from cityrank.pages.taking.badges import Badge
from cityrank.publishing.workflow import publish_unattended, start_draft, withdraw_release
from tests.factories import awards
from tests.factories.corrections import correct
from tests.pages.conftest import Reader

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def number(release: Release) -> str:
    return number_of(release, Recipient.objects.of_release(release).select_related("award__series").get())


def drawing(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    found = response.content.decode()
    ET.fromstring(found)
    return found


def test_a_badge_says_who_won_what_and_leads_to_the_certificate(client: Client, number: str) -> None:
    found = drawing(client, f"/en/badges/{number}.svg")
    root = ET.fromstring(found)
    assert root.get("role") == "img"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Most influential smart cities · Di1"
    assert root.get("aria-labelledby", "").split()[0] == title.get("id")
    link = root.find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == f"http://testserver/en/certificates/{number}/"
    for part in ("2017–2018", f"Certificate {number}", "Di1"):
        assert part in found


def test_a_badge_speaks_chinese_at_the_chinese_address(client: Client, number: str) -> None:
    found = drawing(client, f"/badges/{number}.svg")
    assert "最具影响力智慧城市 · 第1镇" in found
    assert 'lang="zh-Hans"' in found


def test_a_badge_is_light_or_dark(client: Client, number: str) -> None:
    light = drawing(client, f"/badges/{number}.svg")
    assert drawing(client, f"/badges/{number}.svg?theme=light") == light
    assert drawing(client, f"/badges/{number}.svg?theme=pink") == light
    dark = drawing(client, f"/badges/{number}.svg?theme=dark")
    assert badges.THEMES["dark"][0] in dark
    assert badges.THEMES["light"][0] not in dark


def test_a_badge_keeps_the_strict_policy(client: Client, number: str) -> None:
    assert not re.search(r"<style|\sstyle=|<script|\son\w+=", drawing(client, f"/badges/{number}.svg"))


def test_a_number_that_nothing_has_and_one_that_is_none_are_drawn_alike(client: Client, number: str) -> None:
    absent = CertificateNumber("2017-2018", 1, 1, 1, 77)
    drawn = {drawing(client, f"/en/badges/{typed}.svg", 404) for typed in (absent, f"{number[:-2]}00", "x")}
    assert len(drawn) == 1
    assert "There is no certificate with this number" in drawn.pop()


def test_the_number_of_a_draft_is_a_number_that_nothing_has(
    client: Client, number: str, release: Release
) -> None:
    path = f"/badges/{CertificateNumber('2017-2018', 2, 1, 1, 1)}.svg"
    before = drawing(client, path, 404)
    awards.secret_draft(release)
    assert drawing(client, path, 404) == before


def test_a_badge_goes_on_with_the_award_after_a_correction(
    client: Client, release: Release, number: str
) -> None:
    publish_unattended(start_draft(release.edition), reason="更正")
    second = str(CertificateNumber("2017-2018", 2, 1, 1, 1))
    response = client.get(f"/en/badges/{number}.svg?theme=dark")
    assert (response.status_code, response["Location"]) == (302, f"/en/badges/{second}.svg?theme=dark")
    assert f"Certificate {second}" in drawing(client, response["Location"])


def test_a_badge_whose_award_was_corrected_away_says_that_it_does_not_hold(
    client: Client, release: Release, number: str
) -> None:
    correct(release)
    found = drawing(client, f"/en/badges/{number}.svg", 410)
    assert "This certificate does not hold any more" in found
    assert "Di1" not in found


def test_a_badge_of_a_withdrawn_release_names_nobody(client: Client, release: Release, number: str) -> None:
    withdraw_release(release, reason="数据有误")
    found = drawing(client, f"/badges/{number}.svg", 410)
    assert "第1镇" not in found
    assert badges.THEMES["light"][4] not in found


def test_an_address_typed_otherwise_leads_to_the_one(client: Client, number: str) -> None:
    response = client.get(f"/badges/{number.replace('-', '.')}.svg")
    assert (response.status_code, response["Location"]) == (302, f"/badges/{number}.svg")


def test_the_certificate_offers_the_badge_for_light_and_dark_pages(read: Reader, number: str) -> None:
    page = read(f"/en/certificates/{number}/")
    for theme in ("", "?theme=dark"):
        code = (
            f'<a href="http://testserver/en/certificates/{number}/">'
            f'<img src="http://testserver/en/badges/{number}.svg{theme}" width="360" height="128" alt="Di1: Most'
        )
        assert code in unescape(page)


def test_a_certificate_that_does_not_hold_offers_none(read: Reader, release: Release, number: str) -> None:
    correct(release)
    assert ".svg" not in read(f"/en/certificates/{number}/").replace("icon.svg", "")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=90), st.text(max_size=60), st.sampled_from(["light", "dark"]))
def test_a_badge_is_drawn_whatever_its_texts_hold(title: str, name: str, theme: str) -> None:
    badge = Badge(title, "2017–2018", name, "x", title, "https://a.example/", "en")
    root = ET.fromstring(badges.drawn(badge, theme))
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("y", "0")) <= badges.HEIGHT
