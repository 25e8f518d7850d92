"""One box for everything: Chinese, pinyin, initials, and whatever else people type."""

import re
from urllib.parse import quote

import pytest
from django.test import Client

from cityrank.pages import finding
from tests.factories import registry
from tests.pages.conftest import Reader


def hits(page: str) -> dict[str, str]:
    """Return the text of each hit of a page by its address, in the order in which they stand."""
    found = re.findall(r'<a class="hit"\s+href="([^"]+)">(.*?)</a>', page)
    return {address: " ".join(re.sub(r"<[^>]+>", " ", text).split()) for address, text in found}


@pytest.fixture
def places(db: None) -> None:
    registry.town()
    registry.place("330108109", "杭州路街道", "township", registry.xihu())
    registry.taizhou()
    registry.renamed_county()


@pytest.mark.parametrize(
    "query", ["杭州", "hangzhou", "hang zhou", "HANGZHOU", "Hangzhou", "hzs", "330100", "  杭州\t"]
)
def test_a_city_is_found_however_it_is_typed(read: Reader, places: None, query: str) -> None:
    assert hits(read(f"/search/?q={quote(query)}"))["/places/330100/"].startswith("杭州市")


@pytest.mark.parametrize(
    "query",
    [
        "浙江 杭州",
        "浙江杭州",
        "杭州西湖",
        "浙江省杭州市西湖区",
        "zhejiang xihu",
        "hangzhou xihu",
        "Zhejiang Hangzhou",
    ],
)
def test_a_place_is_found_after_what_it_lies_in(read: Reader, places: None, query: str) -> None:
    page = read(f"/search/?q={quote(query)}")
    assert ("/places/330100/" in hits(page)) != ("/places/330106/" in hits(page))


@pytest.mark.parametrize("query", ["河南 杭州", "河南杭州", "henan xihu", "三墩西湖"])
def test_a_place_is_not_found_where_it_does_not_lie(read: Reader, places: None, query: str) -> None:
    assert hits(read(f"/search/?q={quote(query)}")) == {}


def test_the_higher_level_stands_first(read: Reader, places: None) -> None:
    page = read("/search/?q=hangzhou")
    assert page.index("/places/330100/") < page.index("/places/330108109/")


def test_units_of_today_stand_before_former_ones(read: Reader, places: None) -> None:
    page = read("/search/?q=mengjin")
    assert page.index("/places/410308/") < page.index("/places/410322/")


def test_a_hit_says_what_it_is_and_where(read: Reader, places: None) -> None:
    page = read("/en/search/?q=三墩")
    assert "township level · Xihu, Hangzhou, Zhejiang" in page


def test_awards_rankings_and_editions_are_found_by_their_titles(read: Reader, release: object) -> None:
    assert 'href="/editions/2017-2018/awards/award-1/"' in read("/search/?q=影响力")
    assert 'href="/editions/2017-2018/rankings/cities-50/"' in read("/search/?q=得分排名")
    assert 'href="/editions/2017-2018/"' in read("/search/?q=2017-2018")


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("", "Places can be found"),
        (" ", "Places can be found"),
        ("h", "One letter finds too much"),
        ("zzqq", "Nothing was found for “zzqq”"),
    ],
)
def test_nothing_too_little_and_no_result_are_told_apart(
    read: Reader, places: None, query: str, answer: str
) -> None:
    assert answer in read(f"/en/search/?q={quote(query)}")


ODD = [
    "\x00",
    "杭\x00州",
    "a" * 10_000,
    "杭" * 10_000,
    "%",
    "_",
    "'; DROP TABLE",
    "\\",
    "[",
    "💥",
    "\u202e杭",
]


@pytest.mark.parametrize("query", ODD)
def test_whatever_is_typed_gets_an_answer(read: Reader, places: None, query: str) -> None:
    read(f"/search/?q={quote(query)}")


def test_markup_in_a_query_stays_text(client: Client, places: None) -> None:
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("raw", ["%00", "%ff%fe", "%ed%a0%80", "%", "&q=2", "[]=x"])
def test_a_broken_query_string_gets_an_answer(read: Reader, places: None, raw: str) -> None:
    read(f"/search/?q={raw}")


def test_wildcards_of_the_database_are_ordinary_letters(read: Reader, places: None) -> None:
    assert "Nothing was found" in read("/en/search/?q=%25%25")


def test_a_query_is_made_safe_and_short() -> None:
    assert finding.cleaned("  杭\x00州 \n ") == "杭 州"
    assert finding.cleaned("ＨＺ") == "HZ"
    assert len(finding.cleaned("杭" * 10_000)) == 80


def test_results_come_in_pages_that_keep_the_query(read: Reader, db: None) -> None:
    for number in range(26):
        registry.town(f"3301061{number:02}", f"同名{number}镇")
    first = read(f"/en/search/?q={quote('同名')}")
    assert "Page 1 of 2" in first
    assert f'href="?q={quote("同名")}&page=2"' in first
    assert "Page 2 of 2" in read(f"/en/search/?q={quote('同名')}&page=2")
