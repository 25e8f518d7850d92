"""Citations: the four styles as functions, and the pages and files that carry them."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.models import Release
from cityrank.pages.taking.citing import Work, apa, bibtex, gbt, ris
from cityrank.publishing.workflow import publish_unattended, withdraw_release
from scores.models import Ranking
from tests.factories import registry
from tests.factories.corrections import correct
from tests.pages.conftest import Reader

WORK = Work(
    key="cityrank-2017-2018-r1-cities-50",
    language="en",
    title="Results of 2017-2018",
    part="Scores of prefectures",
    address="https://cityrank.example/en/editions/2017-2018/releases/1/rankings/cities-50/",
    authors=("Institute A", "Institute B"),
    release="Release 1",
    published=dt.date(2018, 7, 31),
    read=dt.date(2026, 11, 26),
)
PAGE = "/en/editions/2017-2018/rankings/cities-50/"
# Whatever people and programs put into a title: commands, braces, line ends of every kind.
TEXTS = st.text(
    st.one_of(st.sampled_from("\\{}%$&#_~^\"'@,\n\r\x0b\x0c\x1c\x85\u2028\u2029 "), st.characters())
)


def test_gbt_names_kind_day_of_publication_and_day_of_reading() -> None:
    with override("en"):
        assert gbt(WORK) == (
            "Institute A, Institute B. Scores of prefectures: Results of 2017-2018[DB/OL]. Release 1. "
            "CityRank, 2018(2018-07-31)[2026-11-26]. "
            "https://cityrank.example/en/editions/2017-2018/releases/1/rankings/cities-50/."
        )


def test_gbt_names_three_authors_of_four() -> None:
    with override("en"):
        assert gbt(replace(WORK, authors=("A", "B", "C", "D"))).startswith("A, B, C, et al. Scores")


def test_apa_names_the_kind_and_no_day_of_reading_for_what_does_not_change() -> None:
    with override("en"):
        assert apa(WORK) == (
            "Institute A, & Institute B. (2018, July 31). Scores of prefectures. Results of 2017-2018 "
            "(Release 1) [Data set]. CityRank. https://cityrank.example/en/editions/2017-2018/releases/1/rankings/cities-50/"
        )


def test_apa_says_when_something_that_changes_was_read() -> None:
    work = replace(WORK, authors=(), published=None, changes=True)
    with override("en"):
        found = apa(work)
    assert found.startswith("CityRank. (n.d.). ")
    assert ". Retrieved November 26, 2026, from https://" in found


def test_apa_shortens_twenty_one_authors() -> None:
    with override("en"):
        assert apa(replace(WORK, authors=tuple(f"A{n}" for n in range(21)))).startswith(
            ", ".join(f"A{n}" for n in range(19)) + ", . . . A20. ("
        )


def test_bibtex_spells_special_characters_out() -> None:
    entry = bibtex(replace(WORK, part="50% & {more} \\input_#1", title=""))
    assert r"50\% \& {\textbraceleft}more{\textbraceright} {\textbackslash}input\_\#1" in entry


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
def test_bibtex_is_balanced_and_has_each_field_on_its_line(part: str, title: str, authors: list[str]) -> None:
    entry = bibtex(replace(WORK, part=part, title=title, authors=tuple(authors)))
    depth = 0
    for char in entry:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in entry.splitlines()[1:-1])
    # A backslash begins a name of ours or stands before a character that is meant as itself, and nothing else.
    texts = [line for line in entry.splitlines() if not line.startswith("  url")]
    assert not re.search(
        r"\\(?!text(backslash|braceleft|braceright|asciitilde|asciicircum)\}|[&%$#_])", "\n".join(texts)
    )


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
def test_ris_has_each_field_on_one_line_and_ends_once(part: str, title: str, authors: list[str]) -> None:
    record = ris(replace(WORK, part=part, title=title, authors=tuple(authors)))
    # As a reader of any platform would split it.
    lines = re.split("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", record)
    assert lines.pop() == ""
    assert lines[0] == "TY  - DATA"
    assert [at for at, line in enumerate(lines) if line.startswith("ER  -")] == [len(lines) - 1]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_a_reference_in_words_is_one_line(part: str, title: str) -> None:
    work = replace(WORK, part=part, title=title)
    with override("en"):
        assert all(len(style(work).splitlines()) == 1 for style in (gbt, apa))


# --- Pages and files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "",
        "awards/award-1/",
        "rankings/cities-50/",
        "rankings/picture/",
        "averages/",
        "charts/score-bars/cities-50/",
    ],
)
def test_each_page_of_an_edition_can_be_cited_at_its_permanent_address(
    read: Reader, release: Release, path: str
) -> None:
    address = f"http://testserver/en/editions/2017-2018/releases/1/{path}"
    for base in ("/en/editions/2017-2018/", "/en/editions/2017-2018/releases/1/"):
        page = read(f"{base}{path}cite/")
        assert page.count(address) >= 4
        for style in ("GB/T 7714-2015", "APA 7", "BibTeX", "RIS"):
            assert style in page
        assert "Yanjiuyuan" in page
        assert "Release 1" in page


def test_a_chinese_page_is_cited_in_chinese(read: Reader, release: Release) -> None:
    page = read("/editions/2017-2018/rankings/cities-50/cite/")
    assert "研究院. 地市得分排名: 2017-2018评估结果[DB/OL]" in page
    assert "langid = {chinese}" in page


def test_the_files_have_their_media_types_and_names(client: Client, release: Release) -> None:
    for suffix, media_type in (
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
    ):
        response = client.get(f"{PAGE}cite.{suffix}")
        assert response["Content-Type"] == f"{media_type}; charset=utf-8"
        assert f"cityrank-2017-2018-r1-cities-50.{suffix}" in response["Content-Disposition"]


def test_a_file_says_when_it_was_read_only_if_its_address_does(client: Client, release: Release) -> None:
    plain = client.get(f"{PAGE}cite.bib").content
    assert b"urldate" not in plain
    assert b"urldate = {2026-11-26}" in client.get(f"{PAGE}cite.bib?accessed=2026-11-26").content
    for odd in ("yesterday", "2026-02-30", "}\\input", ""):
        assert client.get(f"{PAGE}cite.bib", {"accessed": odd}).content == plain


def test_the_frozen_citation_stays_as_it_is_after_a_correction(client: Client, release: Release) -> None:
    frozen = "/en/editions/2017-2018/releases/1/rankings/cities-50/cite.ris"
    before = client.get(frozen).content
    correct(release)
    assert client.get(frozen).content == before
    assert b"releases/2/" in client.get(f"{PAGE}cite.ris").content


def test_nothing_is_cited_of_what_was_withdrawn_or_is_not_there(client: Client, release: Release) -> None:
    assert client.get("/editions/2017-2018/rankings/nowhere/cite/").status_code == 404
    assert client.get("/places/nowhere/cite.bib").status_code == 404
    withdraw_release(release, reason="数据有误")
    for end in ("cite/", "cite.bib", "cite.ris"):
        assert client.get(PAGE + end).status_code == 410


def test_a_place_is_cited_with_the_releases_that_it_shows(read: Reader, release: Release) -> None:
    registry.xihu()
    page = read("/en/places/330106/cite/")
    assert "Xihu: awards, ranks and scores" in page
    assert "2017–2018, release 1" in page
    assert "Retrieved " in page
    assert "http://testserver/en/places/330106/" in page


def test_markup_in_a_title_stays_text(client: Client, draft: Release) -> None:
    Ranking.objects.filter(release=draft, slug="cities-50").update(title_en="</pre><b>x</b>")
    publish_unattended(draft, reason="更正")
    page = client.get(f"{PAGE}cite/").content.decode()
    assert "</pre><b>" not in page
    assert "&lt;/pre&gt;&lt;b&gt;x" in page
