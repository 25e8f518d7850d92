"""The edition file of 2017-2018 as data: complete, in printed order, and consistent with the gazetteer files.

Only the files are read here; what the loader makes of them is tested with the loader.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EDITION_FILE = ROOT / "cityrank" / "exchange" / "data" / "2017-2018.toml"
REGISTRY_DATA = ROOT / "cityrank" / "registry" / "data"
RELEASED = "2018-07-30"

AWARDS = {
    "most-influential": 2,
    "most-innovative": 2,
    "investment-value": 2,
    "development-potential": 4,
    "tourism": 6,
    "liveable": 4,
    "transformation": 15,
    "public-services": 17,
    "smart-towns-25": 25,
    "smart-small-towns-50": 50,
}


def rows(name: str) -> dict[str, dict[str, str]]:
    with (REGISTRY_DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def edition() -> dict[str, Any]:
    return tomllib.loads(EDITION_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def awards(edition: dict[str, Any]) -> list[dict[str, Any]]:
    return [award for series in edition["series"] for award in series.get("awards", [])]


@pytest.fixture(scope="module")
def rankings(edition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        ranking["slug"]: ranking for series in edition["series"] for ranking in series.get("rankings", [])
    }


@pytest.fixture(scope="module")
def zones() -> dict[str, dict[str, str]]:
    return rows("zones.csv")


@pytest.fixture(scope="module")
def gazetteer() -> dict[str, dict[str, str]]:
    return rows("gazetteer.csv")


@pytest.fixture(scope="module")
def places(
    gazetteer: dict[str, dict[str, str]], zones: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    return gazetteer | zones


def line_of_parents(place: dict[str, str], places: dict[str, dict[str, str]]) -> Iterator[dict[str, str]]:
    while place["parent"]:
        place = places[place["parent"]]
        yield place


def holds_on(place: dict[str, str], day: str) -> bool:
    return (place["valid_from"] or day) <= day <= (place["valid_to"] or day)


def without_unit(printed: str, unit: str) -> str:
    """Take a leading place off a printed name: 德宏州 and 德宏 both stand for 德宏傣族景颇族自治州."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(printed, unit, strict=False)))
    if shared < 2:
        return printed
    rest = printed[shared:]
    return rest[1:] if shared < len(unit) and rest[:1] in set("省市区县州") else rest


def is_read_as(printed: str, place: dict[str, str], places: dict[str, dict[str, str]]) -> bool:
    """Whether the printed name is the place's own name or alias after some of its parents, highest first."""
    own = {
        place["name_zh"],
        place["name_zh"].removesuffix("镇") + "古镇",
        *place.get("aliases", "").split("|"),
    }
    parents = [unit["name_zh"] for unit in line_of_parents(place, places)]
    rest, _, bracketed = printed.removesuffix(")").partition("(")
    if bracketed and bracketed not in parents:
        return False
    for parent in reversed(parents):
        if rest in own:
            return True
        rest = without_unit(rest, parent)
    return rest in own


def repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def texts(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of the file with the path that leads to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts(value, f"{path}[{index}]")
    else:
        yield path, node


def test_eight_series_are_numbered_in_order(edition: dict[str, Any]) -> None:
    assert [series["number"] for series in edition["series"]] == list(range(1, 9))


def test_ten_awards_hold_127_recipients_in_the_order_of_the_bulletin(awards: list[dict[str, Any]]) -> None:
    assert {award["slug"]: len(award["recipients"]) for award in awards} == AWARDS
    assert [award["slug"] for award in awards] == list(AWARDS)
    assert {award["slug"]: award["expected_count"] for award in awards} == AWARDS
    assert sum(AWARDS.values()) == 127


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("most-influential", "北京", "深圳"),
        ("transformation", "郑州", "阜阳"),
        ("public-services", "宁波", "济源"),
        ("smart-towns-25", "上海市浦东新区", "宁波市宁海县"),
        ("smart-small-towns-50", "浙江嘉兴乌镇互联网小镇", "广西桂林市恭城瑶族自治县莲花镇"),
    ],
)
def test_lists_start_and_end_as_printed(
    awards: list[dict[str, Any]], slug: str, first: str, last: str
) -> None:
    recipients = next(award["recipients"] for award in awards if award["slug"] == slug)
    assert (recipients[0]["printed"], recipients[-1]["printed"]) == (first, last)


def test_nobody_receives_the_same_award_twice(awards: list[dict[str, Any]]) -> None:
    for award in awards:
        assert repeated([recipient["printed"] for recipient in award["recipients"]]) == []
        assert repeated([recipient["place"] for recipient in award["recipients"]]) == []


def test_every_recipient_is_a_known_place(
    awards: list[dict[str, Any]], places: dict[str, dict[str, str]]
) -> None:
    assert [r for award in awards for r in award["recipients"] if r["place"] not in places] == []


def test_every_recipient_and_its_parents_existed_on_the_day_of_release(
    awards: list[dict[str, Any]], places: dict[str, dict[str, str]]
) -> None:
    for award in awards:
        for recipient in award["recipients"]:
            place = places[recipient["place"]]
            for unit in [place, *line_of_parents(place, places)]:
                assert holds_on(unit, RELEASED), (recipient["printed"], unit["id"])


def test_cities_are_resolved_to_city_level(
    awards: list[dict[str, Any]], places: dict[str, dict[str, str]]
) -> None:
    cities = [r for award in awards[:8] for r in award["recipients"]]
    by_level: dict[str, set[str]] = {}
    for recipient in cities:
        by_level.setdefault(places[recipient["place"]]["level"], set()).add(recipient["printed"])
    assert by_level.pop("province") == {"北京", "重庆"}
    assert by_level.pop("county") == {"敦煌", "济源"}
    assert list(by_level) == ["prefecture"]


def test_a_printed_city_name_is_the_stem_of_its_place(
    awards: list[dict[str, Any]], places: dict[str, dict[str, str]]
) -> None:
    for recipient in (r for award in awards[:8] for r in award["recipients"]):
        assert places[recipient["place"]]["name_zh"] == recipient["printed"] + "市"


def test_a_printed_town_is_its_place_below_the_places_printed_before_it(
    awards: list[dict[str, Any]], places: dict[str, dict[str, str]]
) -> None:
    towns = [r for award in awards[8:] for r in award["recipients"]]
    unexplained = [r["printed"] for r in towns if not is_read_as(r["printed"], places[r["place"]], places)]
    assert unexplained == ["深圳市坪山新区"]  # the former name of the district; see the next test


def test_old_names_are_recorded_for_the_unit_of_the_time(awards: list[dict[str, Any]]) -> None:
    place_of = {r["printed"]: r["place"] for award in awards for r in award["recipients"]}
    assert place_of["深圳市坪山新区"] == "440310"
    assert place_of["南昌市红谷滩新区"] == "nanchang-honggutan-xinqu"
    assert place_of["南京市河西新城区(建邺区)"] == "nanjing-hexi-xinchengqu"
    assert place_of["河南洛阳市孟津县朝阳镇"] == "mengjin-chaoyang-zhen"


def test_zones_have_certain_parents_and_hide_no_gazetteer_id(
    zones: dict[str, dict[str, str]], gazetteer: dict[str, dict[str, str]]
) -> None:
    assert not zones.keys() & gazetteer.keys()
    assert [zone["id"] for zone in zones.values() if zone["parent"] not in gazetteer] == []
    assert list(zones) == sorted(zones)


def test_zones_spell_their_names_in_pinyin_and_say_why_they_are_there(
    zones: dict[str, dict[str, str]],
) -> None:
    for zone in zones.values():
        assert len(zone["pinyin"].split()) == len(zone["name_zh"]), zone["id"]
        assert zone["note"], zone["id"]


def test_every_zone_receives_an_award_except_the_one_that_had_become_a_district(
    awards: list[dict[str, Any]], zones: dict[str, dict[str, str]]
) -> None:
    used = {recipient["place"] for award in awards for recipient in award["recipients"]}
    assert zones.keys() - used == {"shenzhen-pingshan-xinqu"}


def test_eight_tables_are_images_and_one_is_only_announced(rankings: dict[str, dict[str, Any]]) -> None:
    states = {slug: ranking["state"] for slug, ranking in rankings.items()}
    assert states.pop("common-apps") == "announced"
    assert rankings["common-apps"]["image_caption"] == ""
    assert len(states) == 8
    assert set(states.values()) == {"not_transcribed"}
    assert all(rankings[slug]["image_caption"].endswith(".jpg") for slug in states)


def test_cutoffs_are_those_of_the_titles(rankings: dict[str, dict[str, Any]]) -> None:
    assert {slug: ranking["cutoff"] for slug, ranking in rankings.items() if "cutoff" in ranking} == {
        "prefectures-50": 50,
        "municipal-districts-20": 20,
        "sub-provincial-districts-30": 30,
        "counties-30": 30,
    }
    assert rankings["service-providers-101"]["expected_count"] == 101


def test_no_table_carries_a_value_that_was_not_printed(rankings: dict[str, dict[str, Any]]) -> None:
    assert not any({"max_score", "decimals"} & ranking.keys() for ranking in rankings.values())
    scores = [score for ranking in rankings.values() for score in ranking.get("scores", [])]
    assert [score["printed"] for score in scores] == ["腾讯", "阿里巴巴", "百度"]
    for score in scores:
        assert score["status"] == "not_transcribed"
        assert not {"value", "rank", "score"} & score.keys()


def test_the_caption_that_lacks_a_bracket_is_kept(rankings: dict[str, dict[str, Any]]) -> None:
    assert rankings["municipal-districts-20"]["image_caption"] == "直辖市所属区县得分排名(前20强.jpg"


def test_series_2_and_7_keep_both_of_their_titles(
    awards: list[dict[str, Any]], rankings: dict[str, dict[str, Any]]
) -> None:
    differing = [a["slug"] for a in awards if a["title_listed"] != a["title_printed"]]
    assert differing == ["investment-value", "development-potential"]
    assert {(a["period_listed"], a["period_printed"]) for a in awards if a["slug"] in differing} == {
        ("2018年度", "2018-2019年度")
    }
    provinces = rankings["provinces-digital-economy"]
    assert provinces["title_listed"] != provinces["title_printed"]


def test_an_award_title_begins_with_its_period(awards: list[dict[str, Any]]) -> None:
    for award in awards:
        assert award["title_listed"].startswith(award["period_listed"])
        assert award["title_printed"].startswith(award["period_printed"])


def test_six_averages_are_exactly_as_printed(edition: dict[str, Any]) -> None:
    printed = [(a["value"], a["previous"], a["change"], a.get("top_n")) for a in edition["averages"]]
    assert printed == [
        ("73.54", "63.48", "10.06", None),
        ("64.34", "56.70", "8.74", None),
        ("66.93", "59.30", "7.63", 50),
        ("77.96", "70.19", "7.77", 20),
        ("72.32", "67.05", "5.27", 20),
        ("66.65", "61.20", "5.45", 30),
    ]


def test_one_stated_change_is_not_the_difference_of_its_values(edition: dict[str, Any]) -> None:
    wrong = [
        average["printed_label"]
        for average in edition["averages"]
        if Decimal(average["value"]) - Decimal(average["previous"]) != Decimal(average["change"])
    ]
    assert wrong == ["省会城市"]


def test_figures_are_strings_that_read_as_decimals(edition: dict[str, Any]) -> None:
    for fact in edition["facts"]:
        assert isinstance(fact["value"], str)
        Decimal(fact["value"])
    assert not [path for path, value in texts(edition) if isinstance(value, float)]


def test_a_fact_is_marked_over_exactly_when_its_figure_is_printed_so(edition: dict[str, Any]) -> None:
    for fact in edition["facts"]:
        assert (fact["qualifier"] == "over") == fact["printed"].startswith("超过"), fact["slug"]


def test_facts_hold_every_national_figure_of_the_findings(edition: dict[str, Any]) -> None:
    values = [(fact["value"], fact["finding"]) for fact in edition["facts"]]
    assert values == [
        *[(value, 3) for value in ("95", "83", "500", "290", "300")],
        *[(value, 5) for value in ("12000", "832", "20", "30", "90")],
        *[(value, 6) for value in ("753000000", "533000000", "221000000", "2008")],
    ]


def test_six_findings_and_two_method_notes_are_summarised(edition: dict[str, Any]) -> None:
    findings = [s for s in edition["sections"] if s["kind"] == "finding"]
    assert [section["number"] for section in findings] == [1, 2, 3, 4, 5, 6]
    assert all(150 <= len(section["body_zh"]) <= 300 for section in findings)
    assert [s["series"] for s in edition["sections"] if s["kind"] == "method"] == [6, 7]


def test_citations_are_summaries_and_series_5_shares_one(
    edition: dict[str, Any], awards: list[dict[str, Any]]
) -> None:
    assert {citation["kind"] for citation in edition["citations"]} == {"summary"}
    assert all(80 <= len(citation["text_zh"]) <= 200 for citation in edition["citations"])
    shared = {award["citation"] for award in awards if award["slug"].startswith("smart-")}
    assert shared == {"managed-practice"}
    assert len(edition["citations"]) == 9


def test_only_series_1_prints_reasons_and_the_others_comments(edition: dict[str, Any]) -> None:
    headings = {citation["key"]: citation["heading"] for citation in edition["citations"]}
    reasons = {key for key, heading in headings.items() if heading == "获奖理由"}
    assert reasons == {"most-influential", "most-innovative"}
    assert set(headings.values()) == {"获奖理由", "获奖点评"}


def test_every_text_is_there_in_both_languages(edition: dict[str, Any]) -> None:
    leaves = dict(texts(edition))
    for path, value in leaves.items():
        if path.endswith(("_zh", "_en")):
            assert value.strip(), path
            other = path[:-2] + ("en" if path.endswith("zh") else "zh")
            # Awards, tables and averages have their Chinese title or label as printed instead.
            assert other in leaves or path.endswith((".title_en", ".label_en")), path


def test_english_texts_hold_no_chinese(edition: dict[str, Any]) -> None:
    for path, value in texts(edition):
        if path.endswith("_en"):
            assert not any("\u4e00" <= character <= "\u9fff" for character in value), path


def test_identifiers_are_given_once(edition: dict[str, Any], awards: list[dict[str, Any]]) -> None:
    for table, key in [
        ("sources", "key"), ("citations", "key"), ("organisations", "id"),
        ("lines", "slug"), ("peer_groups", "slug"), ("facts", "slug"), ("sections", "slug"),
    ]:  # fmt: skip
        assert repeated([entry[key] for entry in edition[table]]) == [], table
    tables = [ranking["slug"] for series in edition["series"] for ranking in series.get("rankings", [])]
    assert repeated([award["slug"] for award in awards] + tables) == []


def test_every_reference_leads_somewhere(
    edition: dict[str, Any], awards: list[dict[str, Any]], rankings: dict[str, dict[str, Any]]
) -> None:
    lines = {line["slug"]: line["kind"] for line in edition["lines"]}
    organisations = {organisation["id"] for organisation in edition["organisations"]}
    groups = {group["slug"] for group in edition["peer_groups"]}
    sources = {source["key"] for source in edition["sources"]}
    assert {lines[award["line"]] for award in awards} == {"award"}
    assert {lines[ranking["line"]] for ranking in rankings.values()} == {"ranking"}
    assert {award["citation"] for award in awards} == {citation["key"] for citation in edition["citations"]}
    assert {ranking["peer_group"] for ranking in rankings.values()} == groups
    assert {average["ranking"] for average in edition["averages"]} <= rankings.keys()
    assert {organiser["organisation"] for organiser in edition["organisers"]} <= organisations
    assert {s["subject"] for r in rankings.values() for s in r.get("scores", [])} <= organisations
    assert {value for path, value in texts(edition) if path.endswith(".source")} <= sources


def test_a_fact_stands_in_a_finding_and_a_method_note_in_a_series(edition: dict[str, Any]) -> None:
    findings = {section["number"] for section in edition["sections"] if section["kind"] == "finding"}
    assert {fact["finding"] for fact in edition["facts"]} <= findings
    numbers = {series["number"] for series in edition["series"]}
    assert {section["series"] for section in edition["sections"] if "series" in section} <= numbers
