"""Tables and charts on the pages of others: what they show, who may frame them, and the code to copy."""

import re
from html import unescape

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from cityrank.environment import origins
from cityrank.pages import theming
from cityrank.pages.assets import composed
from cityrank.pages.taking.embedding import Embed
from cityrank.publishing.workflow import withdraw_release
from tests.factories import awards, registry
from tests.factories.corrections import correct
from tests.pages.conftest import Reader

FRAMES = [
    "editions/2017-2018/awards/award-1/",
    "editions/2017-2018/rankings/cities-50/",
    "editions/2017-2018/rankings/picture/",
    "editions/2017-2018/averages/",
    "editions/2017-2018/charts/score-bars/cities-50/",
    "editions/2017-2018/releases/1/rankings/cities-50/",
    "places/330106/",
]


def ancestors(client: Client, path: str) -> list[str]:
    policy = client.get(path)["Content-Security-Policy"]
    (found,) = re.findall(r"frame-ancestors ([^;]*)", policy)
    return found.split()


# --- Who may frame what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_says_who_may_show_it(client: Client, release: Release, settings: object, path: str) -> None:
    registry.xihu()
    settings.EMBED_ORIGINS = ["https://news.example", "https://*.city.example"]
    for language in ("", "/en"):
        response = client.get(f"{language}/embed/{path}")
        assert response.status_code == 200
        assert "X-Frame-Options" not in response
        assert response["X-Robots-Tag"] == "noindex"
        found = ancestors(client, f"{language}/embed/{path}")
        assert found == ["'self'", "https://news.example", "https://*.city.example"]
        assert "unsafe" not in response["Content-Security-Policy"]


def test_without_the_setting_only_this_site_frames_its_tables(client: Client, release: Release) -> None:
    assert ancestors(client, f"/embed/{FRAMES[0]}") == ["'self'"]


def test_a_star_lets_everybody(client: Client, release: Release, settings: object) -> None:
    settings.EMBED_ORIGINS = ["*"]
    assert ancestors(client, f"/embed/{FRAMES[0]}") == ["*"]


@pytest.mark.parametrize(
    "path", ["/", "/editions/2017-2018/rankings/cities-50/", "/certificates/", "/admin/login/", "/embed.js"]
)
def test_the_rest_of_the_site_is_never_framed(
    client: Client, release: Release, settings: object, path: str
) -> None:
    settings.EMBED_ORIGINS = ["*"]
    response = client.get(path)
    assert response["X-Frame-Options"] == "DENY"
    assert ancestors(client, path) == ["'none'"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", []),
        (" , ", []),
        ("*", ["*"]),
        ("https://a.example, http://localhost:8000", ["https://a.example", "http://localhost:8000"]),
        ("https://*.city.example", ["https://*.city.example"]),
    ],
)
def test_the_setting_is_a_list_of_sites(
    monkeypatch: pytest.MonkeyPatch, value: str, found: list[str]
) -> None:
    monkeypatch.setenv("EMBED_ORIGINS", value)
    assert origins("EMBED_ORIGINS") == found


@pytest.mark.parametrize(
    "value",
    [
        "news.example", "https://news.example/", "https://news.example/page", "'self'", "none", "https:", "https://a b",
        "https://a.example;script-src *", "https://a.example\nX: y", "*,https://a.example", "https://*", "data:",
        "ftp://a.example", "https://-a.example", "https://a.example:port",
    ],
)  # fmt: skip
def test_a_bad_value_of_the_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EMBED_ORIGINS", value)
    with pytest.raises(ImproperlyConfigured, match="EMBED_ORIGINS"):
        origins("EMBED_ORIGINS")


# --- What a frame shows ---------------------------------------------------------------------------------------------


def test_a_frame_names_its_source_and_leads_back(read: Reader, release: Release) -> None:
    page = read("/en/embed/editions/2017-2018/rankings/cities-50/")
    assert 'href="http://testserver/en/editions/2017-2018/rankings/cities-50/"' in page
    assert "90.00" in page
    for part in ("Bulletin of results", "Release 1", "CC BY 4.0"):
        assert part in page
    # Whoever follows a link leaves the frame, and not the page around it.
    assert all('target="_blank"' in link for link in re.findall("<a [^>]*>", page))


def test_a_long_table_is_cut_and_says_so(read: Reader, db: None) -> None:
    awards.published_edition(rows=21)
    page = read("/en/embed/editions/2017-2018/rankings/cities-50/")
    assert page.count("<tr>") == 21
    assert "The whole table" in page


def test_a_table_that_nobody_transcribed_shows_no_figure(read: Reader, release: Release) -> None:
    page = read("/en/embed/editions/2017-2018/rankings/picture/")
    assert "published as an image, not transcribed" in page
    assert "<table" not in page


def test_a_live_frame_goes_with_the_edition_and_a_frozen_one_stays(read: Reader, release: Release) -> None:
    correct(release)
    live = read("/en/embed/editions/2017-2018/rankings/cities-50/")
    assert "88.80" in live
    assert "has replaced" not in live
    frozen = read("/en/embed/editions/2017-2018/releases/1/rankings/cities-50/")
    assert "90.00" in frozen
    assert "These are the figures of release 1, which a later one has replaced." in frozen
    assert "See release 2, the current one" in frozen
    assert 'href="http://testserver/en/editions/2017-2018/rankings/cities-50/"' in frozen


@pytest.mark.parametrize("path", [path for path in FRAMES if path.startswith("editions")])
def test_a_withdrawn_frame_says_so_and_shows_no_figure(read: Reader, release: Release, path: str) -> None:
    withdraw_release(release, reason="数据有误")
    page = read(f"/en/embed/{path}", status=410)
    assert "release 1 was withdrawn" in page
    assert "数据有误" in page
    for secret in ("90.00", "第1", "64.34", "<svg", "<table"):
        assert secret not in page


def test_what_does_not_exist_is_said_in_the_frame(client: Client, release: Release) -> None:
    for path in ("editions/1999/averages/", "editions/2017-2018/awards/x/", "places/x/"):
        response = client.get(f"/embed/{path}")
        assert response.status_code == 404
        assert "X-Frame-Options" not in response
        assert 'class="embed"' in response.content.decode()


@pytest.mark.parametrize(
    ("theme", "sheet"),
    [("", ""), ("auto", ""), ("light", "-light"), ("dark", "-dark"), ("pink", "")],
)
def test_a_frame_is_light_or_dark_as_it_was_asked(
    read: Reader, release: Release, theme: str, sheet: str
) -> None:
    page = read(f"/embed/{FRAMES[0]}?theme={theme}")
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == [f"/static/css/cityrank{sheet}.css"]


def test_the_sheets_of_the_themes_ask_no_system_what_it_prefers() -> None:
    sheet = composed()
    assert "prefers-color-scheme: dark" in sheet
    for made in (theming.light(sheet), theming.dark(sheet)):
        assert "prefers-color-scheme: dark" not in made
        assert made.count("{") == made.count("}")
    paper = re.findall(r"--paper: (#\w+)", sheet)
    assert re.findall(r"--paper: (#\w+)", theming.light(sheet)) == [paper[0], *paper[2:]]
    # The later one counts; what comes after it is for paper.
    assert re.findall(r"--paper: (#\w+)", theming.dark(sheet)) == paper


# --- The code to copy -----------------------------------------------------------------------------------------------


def test_a_page_offers_its_code_and_what_it_looks_like(read: Reader, release: Release) -> None:
    page = read("/en/editions/2017-2018/rankings/cities-50/embedding/?theme=dark&release=frozen")
    address = "/en/embed/editions/2017-2018/releases/1/rankings/cities-50/?theme=dark"
    assert f'<script async src="http://testserver/embed.js" data-cityrank="{address}"' in unescape(page)
    assert f'<iframe src="http://testserver{address}" title="Scores of prefectures"' in unescape(page)
    assert f'<iframe class="embed-preview" src="{address}"' in page
    assert "This site has not allowed any other site" in page


def test_the_page_with_the_code_may_frame_this_site_alone(client: Client, release: Release) -> None:
    policy = client.get("/editions/2017-2018/averages/embedding/")["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-src" not in client.get("/editions/2017-2018/averages/")["Content-Security-Policy"]


def test_the_code_begins_with_the_address_of_the_site(
    read: Reader, release: Release, settings: object
) -> None:
    settings.SITE_URL = "https://cityrank.example"
    page = unescape(read("/editions/2017-2018/averages/embedding/"))
    assert '<script async src="https://cityrank.example/embed.js" data-cityrank="/embed/editions' in page


def test_markup_in_a_title_cannot_leave_the_code() -> None:
    embed = Embed("https://a.example", "/embed/x/", '"></script><b onclick="x">')
    for code in (embed.script(), embed.iframe()):
        assert "<b" not in code
        # To be escaped once more by the page that shows it.
        assert type(code) is str


def test_the_script_is_served_to_other_sites_and_trusts_only_its_own(client: Client, db: None) -> None:
    response = client.get("/embed.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=3600"
    script = response.content.decode()
    assert "event.origin !== site" in script
    assert "eval" not in script
    assert '"*"' not in script


@pytest.mark.parametrize("path", ["awards/award-1/", ""])
def test_the_menu_offers_address_source_line_and_files(read: Reader, release: Release, path: str) -> None:
    page = read(f"/en/editions/2017-2018/{path}")
    assert f'value="http://testserver/en/editions/2017-2018/releases/1/{path}"' in page
    assert f'href="/en/editions/2017-2018/releases/1/{path}cite/#bibtex"' in page
    assert "Source: " in page


def test_a_draft_offers_nothing_to_take_away(admin_client: Client, draft: Release) -> None:
    page = admin_client.get("/en/admin/preview/2017-2018/2/awards/award-1/").content.decode()
    assert "take-away" not in page
    assert "og:title" not in page
    assert "ld+json" not in page


@pytest.mark.django_db
def test_what_is_taken_away_costs_as_many_queries_for_three_rows_as_for_one(client: Client) -> None:
    awards.published_edition("2017-2018", rows=1)
    awards.published_edition("2018-2019", rows=3)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = {
        "/en/embed/editions/{}/awards/award-1/": 5,
        "/en/embed/editions/{}/rankings/cities-50/": 5,
        "/en/embed/editions/{}/averages/": 4,
        "/en/embed/editions/{}/releases/1/awards/award-1/": 7,
        "/en/editions/{}/awards/award-1/cite/": 5,
        "/en/editions/{}/awards/award-1/cite.bib": 5,
        "/en/editions/{}/awards/award-1/embedding/": 4,
        "/en/editions/{}/card.png": 8,
        "/en/editions/{}/awards/award-1/card.png": 7,
        "/en/editions/{}/rankings/cities-50/card.png": 6,
    }
    for label in ("2017-2018", "2018-2019"):
        for path in paths:
            client.get(path.format(label))  # so that the card is drawn
        assert {path: cost(path.format(label)) for path in paths} == paths
