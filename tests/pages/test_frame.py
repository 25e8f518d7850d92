"""What stands around every page: the section it belongs to, one search box, the way to the other language, the foot."""

import re

import pytest
from django.test import Client

from awards.models import Release
from cityrank.pages.assets import composed
from tests.pages.conftest import Reader


def current(page: str) -> list[tuple[str, str]]:
    """Return text and kind of the marked entries of the main menu."""
    menu = re.search(r'<nav class="menu".*?</nav>', page)[0]
    return [(text, kind) for kind, text in re.findall(r'aria-current="(\w+)">([^<]+)<', menu)]


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/en/", []),
        ("/en/editions/", [("Editions", "page")]),
        ("/en/editions/2017-2018/", [("Editions", "true")]),
        ("/en/editions/2017-2018/awards/award-1/", [("Editions", "true")]),
        ("/en/editions/2017-2018/releases/1/rankings/cities-50/", [("Editions", "true")]),
        ("/en/places/330106/", [("Most awarded", "true")]),
        ("/en/compare/", [("Compare", "page")]),
        ("/en/about/", [("About", "page")]),
    ],
)
def test_the_menu_marks_the_section_of_a_page(
    read: Reader, release: Release, path: str, marked: list[tuple[str, str]]
) -> None:
    assert current(read(path)) == marked


@pytest.mark.parametrize("path", ["/", "/search/?q=x", "/about/", "/editions/2017-2018/", "/places/330106/"])
def test_every_page_has_one_search_box(read: Reader, release: Release, path: str) -> None:
    assert read(path).count('role="search"') == 1


def test_a_page_that_is_not_there_has_one_search_box_too(read: Reader) -> None:
    assert read("/nowhere/", 404).count('role="search"') == 1


def test_paper_says_address_and_release(client: Client, release: Release) -> None:
    page = " ".join(client.get("/en/editions/2017-2018/averages/?x=1").content.decode().split())
    foot = re.search(r'<p class="print-only printed">(.*?)</p>', page)[1].strip()
    assert foot == (
        "Printed from CityRank, edition 2017-2018, release 1: "
        "http://testserver/en/editions/2017-2018/averages/?x=1"
    )
    about = " ".join(client.get("/en/about/").content.decode().split())
    assert "Printed from CityRank: http://testserver/en/about/" in about


def test_the_first_page_leads_to_the_questions_people_come_with(read: Reader, release: Release) -> None:
    page = read("/en/")
    for path in (
        "editions/2017-2018/winners-by-province/",
        "most-awarded/",
        "compare/",
        "editions/2017-2018/method/",
    ):
        assert f'href="/en/{path}"' in page


def test_the_first_page_says_what_it_is_which_edition_and_who_won_before_anything_else(
    read: Reader, release: Release
) -> None:
    page = read("/en/")
    order = ["<h1", 'role="search"', "Latest edition", "2017\u20132018", 'class="podium"', '<h2 id="series"']
    places = [page.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_what_only_works_with_a_script_is_hidden_without_one() -> None:
    assert "html:not(.scripted) [data-needs-script] { display: none; }" in composed()
