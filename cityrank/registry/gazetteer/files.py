"""The gazetteer files: their columns, and reading them with complaints that name file, row and column."""

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
LEVELS = ("country", "province", "prefecture", "county", "township", "zone")
COLUMNS = {
    "gazetteer.csv": (
        "id",
        "code",
        "level",
        "name_zh",
        "name_en",
        "pinyin",
        "parent",
        "valid_from",
        "valid_to",
    ),
    "zones.csv": (
        "id",
        "name_zh",
        "name_en",
        "level",
        "parent",
        "pinyin",
        "aliases",
        "valid_from",
        "valid_to",
        "note",
    ),
    "successions.csv": ("predecessor", "successor", "date", "kind"),
    "tiers.csv": ("place", "tier", "from_year", "to_year", "note"),
    "aliases.csv": ("place", "text", "kind", "note"),
}
SUCCESSION_KINDS = ("renamed", "recoded", "upgraded", "merged", "split", "transferred", "abolished-into")
TIERS = ("municipality", "separately_planned", "sub_provincial", "provincial_capital", "pilot")
ALIAS_KINDS = ("short", "former", "variant", "english")
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value; `row` is the line of the file, the header being line 1."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: {self.message}"


class BadGazetteerFile(Exception):
    """The files cannot be loaded; `problems` holds the first of what is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems[:_MOST_PROBLEMS]
        more = len(problems) - len(self.problems)
        super().__init__("\n".join(map(str, self.problems)) + (f"\nand {more} more" if more > 0 else ""))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, with where it stands."""

    file: str
    row: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def problem(self, column: str, message: str) -> Problem:
        return Problem(self.file, self.row, column, message)


@dataclass(slots=True)
class Gazetteer:
    """The checked content of a directory: places (zones included, after the others), links, tiers and aliases."""

    places: list[Line] = field(default_factory=list)
    successions: list[Line] = field(default_factory=list)
    tiers: list[Line] = field(default_factory=list)
    aliases: list[Line] = field(default_factory=list)


def read(directory: Path = DATA) -> Gazetteer:
    """Return the checked content of `directory`; only gazetteer.csv must be there.

    Raises BadGazetteerFile with everything that is wrong, up to 20 problems, before anything is loaded.
    """
    problems: list[Problem] = []
    lines = {name: _lines(directory / name, problems) for name in COLUMNS}
    if problems:
        raise BadGazetteerFile(problems)
    zones = lines["zones.csv"]
    content = Gazetteer(
        places=[*lines["gazetteer.csv"], *zones],
        successions=lines["successions.csv"],
        tiers=lines["tiers.csv"],
        aliases=[*lines["aliases.csv"], *_zone_aliases(zones)],
    )
    problems = [*_place_problems(content.places), *_link_problems(content)]
    if problems:
        raise BadGazetteerFile(problems)
    return content


def digest(directory: Path = DATA) -> str:
    """Return a hash of all files that `read` would read."""
    result = hashlib.sha256()
    for name in COLUMNS:
        path = directory / name
        result.update(name.encode() + b"\0" + (path.read_bytes() if path.exists() else b"-") + b"\0")
    return result.hexdigest()


def date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _lines(path: Path, problems: list[Problem]) -> list[Line]:
    if not path.exists():
        if path.name == "gazetteer.csv":
            problems.append(Problem(path.name, 1, "-", f"the file is not there: {path}"))
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header, columns = next(reader, []), COLUMNS[path.name]
        if tuple(header) != columns:
            wrong = next(
                (name for name in (*header, *columns) if name not in columns or name not in header), "-"
            )
            problems.append(Problem(path.name, 1, wrong, f"the header must be {','.join(columns)}"))
            return []
        lines = []
        for values in reader:
            if len(values) != len(columns):
                message = f"{len(values)} values instead of {len(columns)}"
                problems.append(Problem(path.name, reader.line_num, "-", message))
            else:
                lines.append(Line(path.name, reader.line_num, dict(zip(columns, values, strict=True))))
    return lines


def _zone_aliases(zones: list[Line]) -> list[Line]:
    return [
        Line(zone.file, zone.row, {"place": zone["id"], "text": text, "kind": "variant", "note": ""})
        for zone in zones
        for text in zone["aliases"].split("|")
        if text
    ]


def _place_problems(places: list[Line]) -> Iterator[Problem]:
    known: dict[str, Line] = {}
    current: dict[str, Line] = {}
    for line in places:
        if line["id"] in known:
            yield line.problem(
                "id", f"{line['id']} stands in {known[line['id']].file}, row {known[line['id']].row} too"
            )
        known[line["id"]] = line
        yield from _value_problems(line)
        code = line.values.get("code")
        if code and not line["valid_to"]:
            if code in current:
                yield line.problem("code", f"{code} has another current holder in row {current[code].row}")
            current[code] = line
    for line in places:
        yield from _parent_problems(line, known)


def _value_problems(line: Line) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z0-9-]{1,80}", line["id"]):
        yield line.problem("id", f"small letters, digits and hyphens expected: {line['id']!r}")
    if not re.fullmatch(r"\d{6}|\d{9}|", line.values.get("code", "")):
        yield line.problem("code", f"6 or 9 digits expected: {line['code']!r}")
    if line["level"] not in LEVELS:
        yield line.problem("level", f"unknown level {line['level']!r}")
    if not line["name_zh"].strip():
        yield line.problem("name_zh", "a name is needed")
    begin, end = line["valid_from"], line["valid_to"]
    bad = [column for column in ("valid_from", "valid_to") if not _fits(date, line[column])]
    for column in bad:
        yield line.problem(column, f"not a date: {line[column]!r}")
    if not bad and begin and end and end < begin:
        yield line.problem("valid_to", f"{end} lies before valid_from {begin}")


def _parent_problems(line: Line, known: dict[str, Line]) -> Iterator[Problem]:
    level, parent = line["level"], known.get(line["parent"])
    if level == "country":
        if line["parent"]:
            yield line.problem("parent", "a country has no parent")
    elif parent is None:
        yield line.problem("parent", f"no place has the id {line['parent']!r}")
    elif (
        level in LEVELS and parent["level"] in LEVELS and LEVELS.index(parent["level"]) >= LEVELS.index(level)
    ):
        yield line.problem("parent", f"a {level} cannot belong to a {parent['level']}")


@dataclass(frozen=True, slots=True)
class _Table:
    """The rules of a file whose rows point at places: which columns do, what makes a row unique, words, values."""

    lines: list[Line]
    references: tuple[str, ...]
    key: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    values: dict[str, Callable[[str], object]]


def _link_problems(content: Gazetteer) -> Iterator[Problem]:
    known = {line["id"] for line in content.places}
    pair, year = ("predecessor", "successor"), _optional(int)
    for line in content.successions:
        if line["predecessor"] == line["successor"]:
            yield line.problem("successor", "a place does not succeed itself")
    for table in (
        _Table(content.successions, pair, pair, {"kind": SUCCESSION_KINDS}, {"date": date}),
        _Table(
            content.tiers,
            ("place",),
            ("place", "tier", "from_year"),
            {"tier": TIERS},
            {"from_year": year, "to_year": year},
        ),
        _Table(content.aliases, ("place",), ("place", "text"), {"kind": ALIAS_KINDS}, {}),
    ):
        for line in table.lines:
            yield from _cell_problems(line, table, known)
        yield from _repeated(table)


def _cell_problems(line: Line, table: _Table, known: set[str]) -> Iterator[Problem]:
    for column in table.references:
        if line[column] not in known:
            yield line.problem(column, f"no place has the id {line[column]!r}")
    for column, words in table.words.items():
        if line[column] not in words:
            yield line.problem(column, f"unknown {column} {line[column]!r}")
    for column, parse in table.values.items():
        if not _fits(parse, line[column]):
            yield line.problem(column, f"cannot be read: {line[column]!r}")


def _repeated(table: _Table) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], Line] = {}
    for line in table.lines:
        first = seen.setdefault(tuple(line[column] for column in table.key), line)
        if first is not line:
            yield line.problem(table.key[-1], f"the same as {first.file}, row {first.row}")


def _optional(parse: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: parse(text) if text else None


def _fits(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
