"""What a page says of itself: Open Graph, JSON-LD, and the card that stands where somebody shares it."""

import json
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.models import Release
from cityrank.charts import store
from cityrank.pages.assets import composed
from cityrank.pages.taking import badges, cards, lettering, linked_data, svg
from cityrank.pages.taking.cards import Card, Row
from cityrank.publishing.workflow import publish_unattended, withdraw_release
from scores.models import Ranking
from tests.factories import registry
from tests.factories.corrections import correct
from tests.pages.conftest import Reader

TEXTS = st.text(st.one_of(st.sampled_from("<>&\"' \x00\ud800\u2028杭州Ww"), st.characters()), max_size=120)


def metadata(page: str) -> dict[str, str]:
    return {
        name: unescape(value)
        for name, value in re.findall(r'<meta (?:property|name)="([^"]+)"\s+content="([^"]*)"', page)
    }


def told(page: str) -> list[dict[str, Any]]:
    """The parts of the JSON-LD of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = json.loads(text)
    assert found["@context"] == "https://schema.org"
    return list(found["@graph"])


def of_type(parts: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = [part for part in parts if part["@type"] == name]
    return found


# --- Open Graph -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("", "card.png"),
        ("about/", "card.png"),
        ("editions/2017-2018/", "editions/2017-2018/releases/1/card.png"),
        ("editions/2017-2018/averages/", "editions/2017-2018/releases/1/card.png"),
        ("editions/2017-2018/awards/award-1/", "editions/2017-2018/releases/1/awards/award-1/card.png"),
        ("editions/2017-2018/rankings/picture/", "editions/2017-2018/releases/1/rankings/picture/card.png"),
        ("places/330106101/", "places/330106101/card.png"),
    ],
)
def test_a_shared_page_has_title_description_and_picture(
    client: Client, release: Release, path: str, card: str
) -> None:
    for language, locale in (("", "zh_CN"), ("en/", "en_US")):
        response = client.get(f"/{language}{path}")
        found = metadata(response.content.decode())
        (title,) = re.findall("<title>(.*?)</title>", response.content.decode())
        assert found["og:title"]
        assert unescape(title).startswith(found["og:title"])
        assert found["og:description"]
        assert found["og:url"] == f"http://testserver/{language}{path}"
        assert found["og:locale"] == locale
        assert found["og:image"] == f"http://testserver/{language}{card}"
        assert found["twitter:card"] == "summary_large_image"
        assert client.get(f"/{language}{card}")["Content-Type"] == "image/png"


def test_pages_that_lead_nowhere_are_not_for_sharing(client: Client, release: Release) -> None:
    assert "og:title" not in client.get("/en/nowhere/").content.decode()


# --- JSON-LD --------------------------------------------------------------------------------------------------------


def test_an_edition_is_a_data_set_with_its_files(read: Reader, release: Release) -> None:
    parts = told(read("/en/editions/2017-2018/"))
    found = of_type(parts, "Dataset")
    assert found["name"] == "Results of 2017-2018"
    assert found["temporalCoverage"] == "2017/2018"
    assert found["version"] == "1"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["creator"] == [
        {
            "@type": "Organization",
            "name": "Yanjiuyuan",
            "url": "http://testserver/en/organisations/institute/",
        }
    ]
    assert found["identifier"] == "http://testserver/en/editions/2017-2018/releases/1/"
    assert {file["contentUrl"] for file in found["distribution"]} >= {
        "http://testserver/en/editions/2017-2018/package.zip",
        "http://testserver/en/editions/2017-2018/workbook.xlsx",
    }


def test_a_ranking_offers_its_table_only_where_there_is_one(read: Reader, release: Release) -> None:
    found = of_type(told(read("/en/editions/2017-2018/rankings/cities-50/")), "Dataset")
    kinds = {file["encodingFormat"]: file["contentUrl"] for file in found["distribution"]}
    assert kinds["text/csv"] == "http://testserver/en/editions/2017-2018/rankings/cities-50/table.csv"
    assert found["isPartOf"]["url"] == "http://testserver/en/editions/2017-2018/"
    assert "distribution" not in of_type(told(read("/en/editions/2017-2018/rankings/picture/")), "Dataset")


def test_the_winners_of_an_award_are_a_list_without_order(read: Reader, release: Release) -> None:
    found = of_type(told(read("/en/editions/2017-2018/awards/award-1/")), "ItemList")
    assert found["itemListOrder"].endswith("ItemListUnordered")
    assert found["numberOfItems"] == 1
    assert found["itemListElement"][0]["url"] == "http://testserver/en/places/330106101/"


def test_a_ranking_is_a_list_from_the_best_down(read: Reader, release: Release) -> None:
    found = of_type(told(read("/en/editions/2017-2018/rankings/cities-50/")), "ItemList")
    assert found["itemListOrder"].endswith("ItemListOrderDescending")
    assert found["itemListElement"][0]["url"] == "http://testserver/en/places/339901/"


def test_a_place_says_where_it_lies_and_by_which_code(read: Reader, release: Release) -> None:
    registry.xihu()
    parts = told(read("/en/places/330106/"))
    found = of_type(parts, "Place")
    assert (found["name"], found["alternateName"]) == ("Xihu", ["西湖区"])
    assert found["identifier"]["value"] == "330106"
    assert found["containedInPlace"]["containedInPlace"]["name"] == "Zhejiang"
    way = of_type(parts, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in way] == ["Zhejiang", "Hangzhou", "Xihu"]


def test_an_organisation_says_what_it_is_called(read: Reader, release: Release) -> None:
    (found,) = told(read("/en/organisations/institute/"))
    assert (found["@type"], found["name"], found["alternateName"]) == (
        "Organization",
        "Yanjiuyuan",
        ["研究院"],
    )


def test_a_place_without_a_result_has_the_card_of_the_site(client: Client, release: Release) -> None:
    registry.xihu()
    response = client.get("/en/places/330106/card.png")
    assert (response.status_code, response["Location"]) == (302, "/en/card.png")


def test_the_first_page_says_who_this_is(read: Reader, release: Release) -> None:
    parts = told(read("/en/"))
    assert of_type(parts, "Organization")["url"] == "http://testserver/en/"
    search = of_type(parts, "WebSite")["potentialAction"]["target"]["urlTemplate"]
    assert search == "http://testserver/en/search/?q={search_term_string}"


def test_the_way_to_a_page_leads_through_its_series(read: Reader, release: Release) -> None:
    way = of_type(told(read("/en/editions/2017-2018/awards/award-1/")), "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in way] == [
        "Editions", "2017–2018", "Series 1", "Most influential smart cities",
    ]  # fmt: skip
    assert [step["position"] for step in way] == [1, 2, 3, 4]


def test_a_title_cannot_end_the_block(client: Client, draft: Release) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    Ranking.objects.filter(release=draft, slug="cities-50").update(title_en=hostile)
    publish_unattended(draft, reason="更正")
    page = client.get("/en/editions/2017-2018/rankings/cities-50/").content.decode()
    assert "<script>alert" not in page
    assert of_type(told(page), "Dataset")["name"].startswith(hostile)


@settings(max_examples=50, deadline=None)
@given(TEXTS.filter(lambda text: "\ud800" not in text))
def test_whatever_a_text_holds_the_block_holds_no_markup_and_gives_it_back(text: str) -> None:
    made = linked_data.script_text([{"@type": "Place", "name": text}])
    assert not re.search("[<>&\u2028\u2029]", made)
    assert json.loads(made)["@graph"][0]["name"] == text


# --- Cards ----------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=3))
def test_a_card_is_drawn_whatever_its_texts_hold(
    title: str, eyebrow: str, foot: str, rows: list[str]
) -> None:
    drawing = cards.drawn(
        Card(eyebrow, title, title, tuple(Row("1", row, row) for row in rows), remark=title, foot=foot)
    )
    root = ET.fromstring(drawing)
    assert (root.get("width"), root.get("height")) == ("1200", "630")
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        size = float(text.get("font-size", "0"))
        assert lettering.width(text.text or "") * size <= 1120
        assert 0 < float(text.get("y", "0")) <= 610
    assert not re.search(r"\sstyle=|<style|<script", drawing)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.floats(3, 40), st.integers(1, 4))
def test_lines_keep_to_their_room_and_number(text: str, room: float, most: int) -> None:
    lines = lettering.wrapped(svg.plain(text), room, most)
    assert len(lines) <= most
    assert all(lettering.width(line) <= room for line in lines)


def test_a_text_that_fits_loses_nothing() -> None:
    text = "Scores of districts and counties, 区县得分排名（前30名）"
    joined = "".join(lettering.wrapped(text, 12, 9)).replace(" ", "")
    assert joined == text.replace(" ", "")


def test_a_card_is_drawn_once_and_another_one_after_a_correction(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(recipe: store.Recipe) -> bytes:
        drawn.append(recipe.source)
        return b"\x89PNG drawn"

    monkeypatch.setattr(store.Recipe, "draw", draw)
    path = "/en/editions/2017-2018/rankings/cities-50/card.png"
    first = client.get(path)
    assert client.get(path).content == first.content
    assert len(drawn) == 1
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    correct(release)
    assert client.get(path)["ETag"] != first["ETag"]
    assert len(drawn) == 2
    assert "88.80" in drawn[1]


def test_a_card_that_cannot_be_drawn_says_when_to_come_back(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(recipe: store.Recipe) -> bytes:
        raise store.NotDrawn("no")

    monkeypatch.setattr(store.Recipe, "draw", fail)
    response = client.get("/en/card.png")
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_a_card_is_asked_for_anew_and_a_withdrawn_one_is_gone(client: Client, release: Release) -> None:
    frozen = "/editions/2017-2018/releases/1/awards/award-1/card.png"
    assert client.get(frozen)["Cache-Control"] == "no-cache"
    assert "no-cache" in client.get("/editions/2017-2018/awards/award-1/card.png")["Cache-Control"]
    withdraw_release(release, reason="数据有误")
    assert client.get(frozen).status_code == 410


def test_the_colours_of_cards_and_badges_are_those_of_the_style_sheet() -> None:
    found = re.findall(r"--([\w-]+): (#\w+);", composed())
    light: dict[str, str] = {}
    for name, value in found:
        light.setdefault(name, value)
    assert [light[f"accent-{number}"] for number in range(1, 9)] == list(cards.ACCENTS)
    assert (light["paper"], light["ink"], light["ink-soft"], light["rule"], light["seal"]) == (
        cards.PAPER, cards.INK, cards.SOFT, cards.RULE, cards.SEAL,
    )  # fmt: skip
    for at, colours in enumerate(badges.THEMES.values()):
        names = ("surface", "ink", "ink-soft", "rule", "seal")
        values = {name: [value for known, value in found if known == name][at] for name in names}
        assert tuple(values.values()) == colours[:5]
