"""The table of a ranking as a page: its state in the address, parts for htmx, addresses of rows, its weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityrank.pages.assets import composed
from cityrank.registry.models import PlaceTier
from scores.models import Ranking
from tests.factories import awards, registry
from tests.pages.conftest import Reader
from tests.results import ranked

TABLE = "/en/editions/2018-2019/rankings/cities-50/"
FROZEN = "/en/editions/2018-2019/releases/1/rankings/cities-50/"


@pytest.fixture
def two_years(db: None) -> Ranking:
    """Three cities in two editions that compare; Hangzhou and Wenzhou share the first rank of the second."""
    hangzhou, wenzhou, taizhou = ranked.three()
    PlaceTier.objects.create(place=hangzhou, tier="sub_provincial", from_year=1994)
    ranked.published_table("2017-2018", [(wenzhou, "90.00"), (hangzhou, "80.00")])
    rows = [(hangzhou, "91.00"), (wenzhou, "91.00"), (taizhou, "70.00"), (ranked.guangzhou(), "")]
    return ranked.published_table("2018-2019", rows, state="partial", expected_count=50)


@pytest.fixture
def long_table(db: None) -> Ranking:
    rows = [(city, f"{99 - number / 2:.2f}") for number, city in enumerate(ranked.many(60))]
    ranked.published_table("2017-2018", rows)
    return ranked.published_table("2018-2019", rows)


def cells(page: str, name: str) -> list[str]:
    """Return the texts of the row with a name, as a screen reader has them."""
    row = next(part for part in page.split("<tr ")[1:] if f">{name}</a>" in part)
    texts = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)
    return [" ".join(re.sub("<[^>]+>", " ", text).split()) for text in texts]


# --- What is shown --------------------------------------------------------------------------------------------------


def test_ties_movement_and_what_is_new_are_said_in_signs_and_in_words(
    read: Reader, two_years: Ranking
) -> None:
    page = read(TABLE)
    assert cells(page, "Hangzhou") == ["# = 1 (shared)", "Hangzhou 杭州市 Zhejiang", "91.00", "▲ up 1", "2"]
    assert cells(page, "Wenzhou")[3:] == ["– unchanged", "1"]
    assert cells(page, "Taizhou")[3:] == ["new", ""]
    assert cells(page, "Guangzhou") == ["# –", "Guangzhou 广州市 Guangdong", "missing", "", ""]
    assert "Ranks before and changes are against 2017–2018." in page


def test_where_the_years_do_not_compare_a_sentence_says_why_and_no_movement_stands_there(
    read: Reader, db: None
) -> None:
    rows = [(registry.hangzhou(), "90.00")]
    ranked.published_table("2017-2018", rows)
    ranked.published_table(
        "2018-2019", rows, method_changed=True, method_note_en="A fifth dimension.", max_score=105
    )
    page = read(TABLE)
    assert "Not comparable with 2017–2018, so that no change of ranks is shown." in page
    assert "The method changed in 2018–2019. A fifth dimension. The maximum scores differ: 105 in" in page
    assert not re.search("▲|▼|Before", page)


def test_the_first_edition_says_that_there_is_nothing_to_compare_with(read: Reader, release: object) -> None:
    page = read("/en/editions/2017-2018/rankings/cities-50/")
    assert "No earlier edition on this site has this ranking" in page


def test_names_are_escaped_wherever_they_stand(read: Reader, db: None) -> None:
    evil = registry.place("330999", '<b>"&市', "prefecture", registry.zhejiang(), name_en='<i>"&')
    ranked.published_table("2018-2019", [(evil, "90.00")])
    page = Client().get(TABLE).content.decode()
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;i&gt;&quot;&amp;" in page


# --- The address holds the state ------------------------------------------------------------------------------------


def test_headings_are_links_that_say_how_the_table_is_sorted(read: Reader, two_years: Ranking) -> None:
    page = read(f"{TABLE}?sort=-score")
    assert re.findall(r'aria-sort="(\w+)"', page) == ["descending"]
    assert re.findall(r'<a id="sort-(\w+)" href="([^"]+)"', page) == [
        ("rank", "./"),
        ("name", "?sort=name"),
        ("score", "?sort=score"),
        ("move", "?sort=-move"),
    ]


def test_what_a_form_sends_becomes_the_shortest_address(client: Client, two_years: Ranking) -> None:
    sent = "q=&province=&tier=&columns=name&columns=score&columns=move&columns=previous&page=1"
    assert client.get(f"{TABLE}?{sent}").headers["Location"] == TABLE
    chosen = client.get(f"{TABLE}?columns=name&columns=tier&tier=&sort=name&q=hz")
    assert chosen.headers["Location"] == f"{TABLE}?q=hz&sort=name&columns=tier"
    assert client.get(chosen.headers["Location"]).status_code == 200


def test_an_address_with_a_stranger_in_it_is_answered_as_it_is(client: Client, two_years: Ranking) -> None:
    assert client.get(f"{TABLE}?utm_source=letter&sort=name").status_code == 200


def test_a_bad_value_is_named_on_the_page_and_the_table_stands_there_all_the_same(
    read: Reader, two_years: Ranking
) -> None:
    page = read(f"{TABLE}?province=<x>&sort=colour")
    assert "No province “<x>” stands in this table; all provinces are shown." in page
    assert "A table cannot be sorted by “colour”; it is sorted by rank." in page
    assert page.count("<tr id=") == 4


def test_the_chosen_columns_are_shown_and_kept_by_every_link(read: Reader, two_years: Ranking) -> None:
    page = read(f"{TABLE}?columns=province,tier")
    assert cells(page, "Hangzhou")[2:] == ["Zhejiang", "sub-provincial city"]
    assert 'href="?sort=name&columns=province,tier"' in page


def test_a_narrowed_table_says_how_many_rows_of_how_many_and_leads_back(
    read: Reader, two_years: Ranking
) -> None:
    page = read(f"{TABLE}?q=zhou&province=330000")
    assert "3 of 4 rows" in page
    assert '<a href="./" rel="nofollow">Show all of them</a>' in page
    assert "No row of this table fits what you asked for." in read(f"{TABLE}?q=nobody")


def test_fifty_rows_make_a_page(read: Reader, long_table: Ranking) -> None:
    first, second, whole = read(TABLE), read(f"{TABLE}?page=2"), read(f"{TABLE}?rows=all")
    assert "Page 1 of 2" in first
    assert [page.count("<tr id=") for page in (first, second, whole)] == [50, 10, 60]
    assert f'<link rel="canonical" href="http://testserver{TABLE}?page=2">' in second
    assert "Show the rows page by page" in whole


# --- Rows -----------------------------------------------------------------------------------------------------------


def test_a_row_has_an_address_that_leads_to_where_it_stands(client: Client, long_table: Ranking) -> None:
    for table in (TABLE, FROZEN, TABLE.removeprefix("/en")):
        assert client.get(f"{table}rows/332001/").headers["Location"] == f"{table}#row-332001"
        found = client.get(f"{table}rows/332055/")
        assert (found.status_code, found.headers["Location"]) == (302, f"{table}?page=2#row-332055")
        assert 'id="row-332055"' in client.get(f"{table}?page=2").content.decode()


def test_each_row_gives_its_address_and_who_is_not_in_the_table_has_none(
    client: Client, two_years: Ranking
) -> None:
    page = client.get(f"{TABLE}?q=hz").content.decode()
    assert 'href="rows/330100/" rel="nofollow" aria-label="Link to this row: Hangzhou"' in page
    assert client.get(f"{TABLE}rows/330100/").status_code == 302
    assert client.get(f"{TABLE}rows/110000/").status_code == 404


def test_who_is_named_by_the_text_alone_has_an_address_too(client: Client, db: None) -> None:
    made = ranked.draft_table(
        "2018-2019",
        [(registry.organisation(name_en="Tencent"), "")],
        state="not_transcribed",
        peer_group=None,
    )
    made.scores.update(status="not_transcribed")
    ranked.publish(made.release)
    assert client.get(f"{TABLE}rows/tencent/").headers["Location"] == f"{TABLE}#row-tencent"
    assert 'id="row-tencent"' in client.get(TABLE).content.decode()


# --- Parts for htmx -------------------------------------------------------------------------------------------------


def test_htmx_gets_the_table_alone_and_the_address_that_it_stands_at(
    client: Client, two_years: Ranking
) -> None:
    asked = f"{TABLE}?q=&province=330000&sort=-move"
    part = client.get(asked, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert part.status_code == 200
    assert "<html" not in text
    assert "3 of 4 rows" in text
    assert '<input type="hidden" form="table-form" name="sort" value="-move">' in " ".join(text.split())
    assert part.headers["HX-Push-Url"] == f"{TABLE}?province=330000&sort=-move"


def test_the_page_and_its_part_are_kept_apart_by_caches(client: Client, two_years: Ranking) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in client.get(TABLE, headers=headers).headers["Vary"]


def test_going_back_in_the_history_brings_the_whole_page(client: Client, two_years: Ranking) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(TABLE, headers=headers).content.decode()


# --- What it costs --------------------------------------------------------------------------------------------------

COUNTS = {"page": 20, "frozen": 21, "part": 10, "narrowed": 11, "row": 4}


def cost(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, headers=headers).status_code in (200, 302), path
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_costs_as_many_queries_for_three_rows_as_for_one(client: Client, rows: int) -> None:
    for label in ("2017-2018", "2018-2019"):
        awards.published_edition(label, rows=rows)
    counts = {
        "page": cost(client, TABLE),
        "frozen": cost(client, FROZEN),
        "part": cost(client, TABLE, **{"HX-Request": "true"}),
        "narrowed": cost(
            client, f"{TABLE}?q=第&province=330000&sort=-move&rows=all", **{"HX-Request": "true"}
        ),
        "row": cost(client, f"{TABLE}rows/339901/"),
    }
    assert counts == COUNTS


def test_the_first_view_of_fifty_rows_is_under_60_kilobytes(client: Client, long_table: Ranking) -> None:
    page = client.get(TABLE).content
    text = page.decode()
    assert text.count("<tr id=") == 50
    assert text.count('rel="stylesheet"') == 1
    scripts = re.findall(r'<script[^>]* src="/static/([^"]+)"', text)
    assert scripts == ["js/cityrank.js"]
    script = (Path(settings.BASE_DIR) / "static" / scripts[0]).read_bytes()
    weight = sum(len(gzip.compress(part)) for part in (page, composed().encode(), script))
    assert weight < 60_000
