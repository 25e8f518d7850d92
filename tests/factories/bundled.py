"""The edition that comes with CityRank, and the part of the gazetteer that it needs; the whole takes ten seconds."""

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path

from cityrank.exchange.edition_file import BUNDLED
from cityrank.registry.gazetteer.files import DATA


def write_gazetteer_part(target: Path, more: Callable[[dict[str, str]], bool] = lambda row: False) -> None:
    """Write the gazetteer files, reduced to what the edition names, what that belongs to and what succeeded it.

    `more` says of a row of the gazetteer whether it is wanted beside these.
    """
    tables = {path.name: read(path) for path in DATA.glob("*.csv")}
    rows = {row["id"]: row for name in ("gazetteer.csv", "zones.csv") for row in tables[name]}
    wanted = {recipient["place"] for award in printed_awards() for recipient in award["recipients"]}
    wanted |= {row["id"] for row in tables["zones.csv"]} | {row["place"] for row in tables["tiers.csv"]}
    wanted |= {slug for slug, row in rows.items() if more(row)}
    for slug in list(wanted):
        while slug := rows[slug]["parent"]:
            wanted.add(slug)
    kept = {
        "gazetteer.csv": ("id",),
        "zones.csv": ("id",),
        "tiers.csv": ("place",),
        "aliases.csv": ("place",),
        "successions.csv": ("predecessor", "successor"),
    }
    for name, table in tables.items():
        columns = kept.get(name, ())
        write(
            target / name,
            [row for row in table if all(row[column] in wanted for column in columns)],
            list(table[0]),
        )
    for path in DATA.glob("*.toml"):
        (target / path.name).write_bytes(path.read_bytes())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]], columns: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def printed_awards() -> list[dict]:
    return [
        award for series in tomllib.loads(BUNDLED.read_text())["series"] for award in series.get("awards", [])
    ]
