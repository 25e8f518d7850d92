"""The gazetteer as shipped: complete, consistent, and right for the end of 2017."""

import csv
import datetime as dt
import re
from collections import Counter
from functools import cache

import pytest

from cityrank.registry.gazetteer import files
from cityrank.registry.names import stem

Row = dict[str, str]
END_OF_2017 = "2017-12-31"
# Hong Kong and Macao: their districts have no code in GB/T 2260 and are in no official count.
SPECIAL = ("81", "82")


@cache
def rows(name: str) -> list[Row]:
    with (files.DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def places() -> dict[str, Row]:
    return {row["id"]: row for row in rows("gazetteer.csv")}


def valid_on(date: str, level: str) -> list[Row]:
    return [
        row
        for row in rows("gazetteer.csv")
        if row["level"] == level
        and (not row["valid_from"] or row["valid_from"] <= date)
        and (not row["valid_to"] or row["valid_to"] >= date)
    ]


def successors(identifier: str) -> list[tuple[str, str, str]]:
    return [
        (row["successor"], row["date"], row["kind"])
        for row in rows("successions.csv")
        if row["predecessor"] == identifier
    ]


def test_the_shipped_files_pass_the_checks_of_the_loader() -> None:
    content = files.read()

    assert len(content.places) == len(rows("gazetteer.csv")) + len(rows("zones.csv"))
    assert all((content.successions, content.tiers, content.aliases))


@pytest.mark.parametrize(("date", "prefectures", "counties"), [
    ("2010-12-31", 333, 2856),
    ("2016-12-31", 334, 2851),
    (END_OF_2017, 334, 2851),
    ("2018-12-31", 333, 2851),
    ("2024-12-31", 333, 2846),
])  # fmt: skip
def test_a_year_has_as_many_units_as_the_official_count(date: str, prefectures: int, counties: int) -> None:
    assert len(valid_on(date, "province")) == 34
    assert len(valid_on(date, "prefecture")) == prefectures
    assert len([row for row in valid_on(date, "county") if not row["id"].startswith(SPECIAL)]) == counties


def test_today_has_all_levels_in_full() -> None:
    current = Counter(row["level"] for row in rows("gazetteer.csv") if not row["valid_to"])

    assert current["country"] == 246
    assert (current["province"], current["prefecture"]) == (34, 333)
    assert current["county"] == 2847 + 18 + 8
    assert 38_500 < current["township"] < 39_000


def test_identifiers_are_unique_and_the_latest_holder_of_a_code_has_the_code() -> None:
    by_code: dict[str, list[Row]] = {}
    for row in rows("gazetteer.csv"):
        if row["code"]:
            by_code.setdefault(row["code"], []).append(row)

    assert len(places()) == len(rows("gazetteer.csv"))
    for code, holders in by_code.items():
        *earlier, latest = sorted(holders, key=lambda row: row["valid_to"] or "9999")
        assert latest["id"] == code or latest["valid_to"], code
        assert all(row["id"] == f"{code}-{row['valid_to'][:4]}" for row in earlier), code


def test_holders_of_one_code_follow_each_other() -> None:
    ends: dict[str, str] = {}
    for row in sorted(rows("gazetteer.csv"), key=lambda row: (row["code"], row["valid_to"] or "9999")):
        if row["code"] and row["level"] != "township":
            assert row["valid_from"] > ends.get(row["code"], "") or row["code"] not in ends, row["id"]
            ends[row["code"]] = row["valid_to"] or "9999"


def test_every_parent_exists_stands_above_and_lived_at_the_same_time() -> None:
    for row in rows("gazetteer.csv"):
        if row["level"] == "country":
            assert row["parent"] == ""
            continue
        parent = places()[row["parent"]]
        assert files.LEVELS.index(parent["level"]) < files.LEVELS.index(row["level"]), row["id"]
        assert (parent["valid_to"] or "9999") >= (row["valid_from"] or ""), row["id"]
        assert not parent["valid_to"] or row["valid_to"], f"{row['id']} exists in a parent that does not"


def test_names_are_plain_chinese_and_none_is_a_line_of_a_list() -> None:
    names = {row["name_zh"] for row in rows("gazetteer.csv") if row["level"] != "country"}

    assert [name for name in names if not re.fullmatch(r"[㐀-䶿一-鿿\U00020000-\U000323af]{2,}", name)] == []
    assert names & {"市辖区", "县", "市", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"} == set()
    assert [name for name in names if re.search("街道街道|办事处$|撤销|[0-9（]", name)] == []


def test_every_name_has_a_reading_of_one_syllable_a_character() -> None:
    for row in rows("gazetteer.csv"):
        assert re.fullmatch(r"[a-zü]+( [a-zü]+)*", row["pinyin"]), row["id"]
        if row["level"] != "country":
            assert len(row["pinyin"].split()) == len(row["name_zh"]), row["id"]


def test_readings_follow_the_province_where_one_name_is_read_in_two_ways() -> None:
    markets = {row["id"][:2]: row["pinyin"] for row in rows("gazetteer.csv") if row["name_zh"] == "大圩镇"}

    assert markets["45"] == "da xu zhen"
    assert markets["34"] == "da wei zhen"


def test_provinces_prefectures_and_countries_have_english_names() -> None:
    wanted = [row for row in rows("gazetteer.csv") if row["level"] in ("country", "province", "prefecture")]
    english = {row["id"]: row["name_en"] for row in wanted}

    assert [row["id"] for row in wanted if not row["name_en"]] == []
    assert english["150000"] == "Inner Mongolia"
    assert english["610000"] == "Shaanxi"
    assert english["140000"] == "Shanxi"
    assert english["540000"] == "Tibet"
    assert english["820000"] == "Macao"
    assert english["230100"] == "Harbin"
    assert english["150100"] == "Hohhot"
    assert english["650100"] == "Urumqi"
    assert english["341500"] == "Lu'an"
    assert english["sg"] == "Singapore"


@pytest.mark.parametrize(("identifier", "name"), [
    ("410322", "孟津县"),
    ("370215", "即墨区"),
    ("440310", "坪山区"),
    ("360402", "濂溪区"),
    ("320105", "建邺区"),
    ("430182", "宁乡市"),
    ("630224", "化隆回族自治县"),
    ("450332", "恭城瑶族自治县"),
    ("500242", "酉阳土家族苗族自治县"),
])  # fmt: skip
def test_a_county_of_2017_stands_under_the_name_it_had_then(identifier: str, name: str) -> None:
    assert (identifier, name) in {(row["id"], row["name_zh"]) for row in valid_on(END_OF_2017, "county")}


@pytest.mark.parametrize(("identifier", "name"), [
    ("370282", "即墨市"),
    ("360402-2015", "庐山区"),
    ("430124", "宁乡县"),
    ("410308", "孟津区"),
    ("440311", "光明区"),
])  # fmt: skip
def test_a_county_gone_or_not_yet_there_in_2017_is_not_valid_then(identifier: str, name: str) -> None:
    assert places()[identifier]["name_zh"] == name
    assert identifier not in {row["id"] for row in valid_on(END_OF_2017, "county")}


@pytest.mark.parametrize(("old", "new", "date", "kind"), [
    ("410322", "410308", "2021-01-01", "upgraded"),
    ("370282", "370215", "2017-01-01", "upgraded"),
    ("430124", "430182", "2017-01-01", "upgraded"),
    ("360402-2015", "360402", "2016-01-01", "renamed"),
    ("632127", "630224", "2013-01-01", "recoded"),
    ("420600-2009", "420600", "2010-01-01", "renamed"),
    ("510200", "500000", "1997-01-01", "upgraded"),
    ("110103", "110101", "2010-01-01", "abolished-into"),
    ("320502", "320508", "2012-01-01", "merged"),
])  # fmt: skip
def test_a_unit_that_ended_leads_to_the_one_that_took_over(old: str, new: str, date: str, kind: str) -> None:
    assert successors(old) == [(new, date, kind)]


def test_a_unit_has_successors_only_when_it_has_ended_and_they_exist_then() -> None:
    zones = {row["id"]: row for row in rows("zones.csv")}
    for row in rows("successions.csv"):
        old = places().get(row["predecessor"]) or zones[row["predecessor"]]
        new = places()[row["successor"]]
        date = dt.date.fromisoformat(row["date"])
        assert "" < old["valid_to"] < row["date"], row
        assert (new["valid_from"] or "") <= date.replace(month=12, day=31).isoformat(), row
        assert not new["valid_to"] or new["valid_to"] >= row["date"], row


def test_nearly_all_that_ended_since_1990_have_a_successor() -> None:
    leading = {row["predecessor"] for row in rows("successions.csv")}
    ended = [row for row in rows("gazetteer.csv") if row["valid_to"] >= "1990" and row["level"] != "township"]

    assert len(ended) > 1500
    assert len([row for row in ended if row["id"] not in leading]) <= 20
    assert [row["id"] for row in ended if row["id"] not in leading and row["valid_to"] > "2002"] == []


def test_counties_without_a_prefecture_hang_on_their_province() -> None:
    assert {places()[code]["parent"] for code in ("419001",)} == {"410000"}
    assert {places()[code]["parent"] for code in ("429004", "429021")} == {"420000"}
    assert {places()[code]["parent"] for code in ("659001", "659004")} == {"650000"}
    assert places()["310115"]["parent"] == "310000"
    assert places()["500242"]["parent"] == "500000"


def test_cities_without_counties_have_their_townships_directly() -> None:
    parents = Counter(row["parent"] for row in rows("gazetteer.csv") if row["level"] == "township")

    assert (parents["441900"], parents["442000"], parents["460400"]) == (32, 23, 16)
    assert places()["659001100"]["name_zh"] == "北泉镇"


def test_taiwan_is_a_province_only_and_the_special_regions_have_their_districts() -> None:
    children = Counter(row["parent"] for row in rows("gazetteer.csv"))

    assert children["710000"] == 0
    assert (children["810000"], children["820000"]) == (18, 8)
    assert not places().keys() & {"tw", "hk", "mo"}


def test_tiers_are_the_official_numbers_and_chongqing_is_a_municipality_from_1997() -> None:
    tiers = Counter(row["tier"] for row in rows("tiers.csv"))

    assert tiers == {
        "municipality": 4,
        "separately_planned": 5,
        "sub_provincial": 15,
        "provincial_capital": 27,
    }
    assert {row["from_year"] for row in rows("tiers.csv") if row["place"] == "500000"} == {"1997"}
    assert [row["place"] for row in rows("tiers.csv") if places()[row["place"]]["valid_to"]] == []


def test_every_autonomous_unit_of_today_has_its_short_form_as_an_alias() -> None:
    aliases = {(row["place"], row["text"]) for row in rows("aliases.csv")}
    units = [
        row
        for row in rows("gazetteer.csv")
        if row["level"] in ("prefecture", "county")
        and row["name_zh"].endswith(("自治州", "自治县", "自治旗"))
    ]

    assert len(units) > 150
    missing = [
        row["name_zh"]
        for row in units
        if (row["id"], stem(row["name_zh"]) + row["name_zh"][-1]) not in aliases
    ]
    assert missing == []
