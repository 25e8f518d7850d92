"""Rebuild gazetteer.csv and successions.csv from the source packages.

    python -m cityrank.registry.gazetteer.build --sources DIR

DIR holds the packages as the registries serve them (data/README.md names them with their versions). The same
packages give the same files, byte for byte. The other files in data/ are written by people and only read here.
"""

import argparse
import csv
import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cityrank.registry.gazetteer import sources as source
from cityrank.registry.gazetteer.files import COLUMNS, DATA, LEVELS
from cityrank.registry.gazetteer.history import Succession, successions
from cityrank.registry.gazetteer.sources import Change, Unit
from cityrank.registry.gazetteer.spans import FIRST_YEAR, Span, spans_of
from cityrank.registry.names import romanise
from cityrank.registry.pinyin import syllables

Row = dict[str, str]


def build(sources: Path, reviewed: dict[str, Any]) -> tuple[list[Row], list[Row]]:
    """Return the rows of gazetteer.csv and of successions.csv, in the order of the files."""
    current_year = reviewed["sources"]["current_year"]
    changes = source.changes(sources)
    units = _all_units(sources, changes, current_year)
    spans = spans_of(units)
    rows = [*_countries(sources, reviewed), *_spans(spans, reviewed, current_year)]
    rows += [*_special_districts(sources, reviewed), *_townships(sources, rows)]
    rows = [_read_aloud(row, reviewed["regional_readings"]) for row in rows]
    _check(rows)
    decided = reviewed["successions"]
    links = successions(spans, changes, current_year, decided["add"], decided["drop"])
    return sorted(rows, key=_order), [
        *map(_succession_row, links),
        *map(_zone_succession, decided["of_zones"]),
    ]


def _all_units(sources: Path, changes: list[Change], current_year: int) -> list[Unit]:
    """Join the yearly lists with today's. In the years between them, units change when a change is recorded."""
    yearly = source.yearly_units(sources)
    today = source.current_units(sources, current_year)
    last_year = yearly[-1].year
    before = [unit for unit in yearly if unit.year == last_year]
    begun = {change.new: change.year for change in changes if change.year > last_year}
    ended = {change.old: change.year for change in changes if change.year > last_year}
    known, alive = {(unit.code, unit.name) for unit in before}, {(unit.code, unit.name) for unit in today}
    units = [*yearly, *today]
    for year in range(last_year + 1, current_year):
        for unit in before:
            if (unit.code, unit.name) in alive or year < ended.get((unit.code, unit.name), current_year):
                units.append(Unit(year, unit.code, unit.name, unit.level, unit.parent_code))
        for unit in today:
            if (unit.code, unit.name) not in known and year >= begun.get(
                (unit.code, unit.name), current_year
            ):
                units.append(Unit(year, unit.code, unit.name, unit.level, unit.parent_code))
    return sorted(units)


def _countries(sources: Path, reviewed: dict[str, Any]) -> Iterable[Row]:
    names = reviewed["countries"]
    for code, chinese, english in source.countries(sources):
        if code not in names["left_out"]:
            english = english.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")
            name_zh = names["name_zh"].get(code, chinese)
            yield _row(
                id=code.lower(), level="country", name_zh=name_zh, name_en=names["name_en"].get(code, english)
            )


def _spans(spans: list[Span], reviewed: dict[str, Any], current_year: int) -> Iterable[Row]:
    for span in spans:
        begun = reviewed["dates"].get(span.id) or (
            dt.date(span.first, 1, 1) if span.first > FIRST_YEAR else ""
        )
        yield _row(
            id=span.id,
            code=span.code,
            level=span.level,
            name_zh=span.name,
            name_en=_english(span.id, span.level, span.name, reviewed["english"]),
            parent=span.parent.id if span.parent else "cn",
            valid_from=str(begun),
            valid_to=f"{span.last}-12-31" if span.last < current_year else "",
        )


def _english(identifier: str, level: str, name: str, established: dict[str, Any]) -> str:
    """An established name; for provinces and prefectures else the romanised stem; else none."""
    name_en = established["place"].get(identifier) or established.get(level, {}).get(name, "")
    return name_en or (romanise(name, level=level) if level in ("province", "prefecture") else "")


def _special_districts(sources: Path, reviewed: dict[str, Any]) -> Iterable[Row]:
    for code, name in source.special_districts(sources):
        name_en = reviewed["english"]["place"].get(code, "")
        yield _row(
            id=code, code=code, level="county", name_zh=name, name_en=name_en, parent=f"{code[:2]}0000"
        )


def _townships(sources: Path, above: list[Row]) -> Iterable[Row]:
    """Today's townships, and the abolished ones whose last year is known: others would look as if they existed."""
    current = [row for row in above if not row["valid_to"]]
    counties = {row["id"] for row in current if row["level"] == "county"}
    undivided = {row["id"] for row in current if row["level"] == "prefecture"} - {
        row["parent"] for row in current
    }
    parents = counties | undivided
    for code, raw in source.townships(sources):
        former = source.abolished(raw)
        # A development zone of the statistical list has a code like a county's; its townships stand in a county too.
        parent = next((unit for unit in (code[:6], f"{code[:4]}00") if unit in parents), None)
        if parent is None or (former and former[1] is None):
            continue
        name = former[0] if former else source.clean_name(raw)
        row = _row(id=code, code=code, level="township", name_zh=name, parent=parent)
        if former:
            row |= {"id": f"{code}-{former[1]}", "valid_to": f"{former[1]}-12-31"}
        yield row


def _row(**values: str) -> Row:
    return dict.fromkeys(COLUMNS["gazetteer.csv"], "") | values


def _read_aloud(row: Row, regional: list[dict[str, Any]]) -> Row:
    """Add the reading of the name, as it is in the province of the place."""
    parts = syllables(row["name_zh"]).split()
    for rule in regional:
        if row["code"][:2] in rule["provinces"] and len(parts) == len(row["name_zh"]):
            pairs = zip(row["name_zh"], parts, strict=True)
            parts = [
                rule["syllable"] if character == rule["character"] else part for character, part in pairs
            ]
    return row | {"pinyin": " ".join(parts)}


def _succession_row(link: Succession) -> Row:
    return {
        "predecessor": link.predecessor,
        "successor": link.successor,
        "date": f"{link.year}-01-01",
        "kind": link.kind,
    }


def _zone_succession(line: str) -> Row:
    return dict(zip(COLUMNS["successions.csv"], line.split(), strict=True))


def _order(row: Row) -> tuple[int, str]:
    return LEVELS.index(row["level"]), row["id"]


def _check(rows: list[Row]) -> None:
    """Refuse to write files that cannot be loaded; what the tests check of the result is more."""
    twice = [identifier for identifier, count in Counter(row["id"] for row in rows).items() if count > 1]
    known = {row["id"] for row in rows}
    orphans = [row["id"] for row in rows if row["parent"] and row["parent"] not in known]
    unread = [
        row["name_zh"] for row in rows if not row["pinyin"].replace(" ", "").replace("ü", "v").isascii()
    ]
    if twice or orphans or unread:
        raise ValueError(f"twice: {twice[:10]}; without parent: {orphans[:10]}; without reading: {unread}")


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[path.name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Rebuild gazetteer.csv and successions.csv from the source packages."
    )
    parser.add_argument("--sources", type=Path, required=True, help="directory with the source packages")
    parser.add_argument("--data", type=Path, default=DATA, help="directory to write to")
    options = parser.parse_args()
    reviewed = tomllib.loads((options.data / "gazetteer.toml").read_text(encoding="utf-8"))
    places, links = build(options.sources, reviewed)
    write(options.data / "gazetteer.csv", places)
    write(options.data / "successions.csv", links)
    for level, count in Counter(row["level"] for row in places).items():
        current = sum(not row["valid_to"] for row in places if row["level"] == level)
        print(f"{level}: {count}, current {current}")
    print(f"successions: {len(links)}")


if __name__ == "__main__":
    main()
