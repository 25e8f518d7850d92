"""Bring the places of the database into line with the gazetteer files, in one transaction and in bulk.

Who wins:
- A row that the database lacks is inserted; a row that differs from the files is brought into line.
- What people touched stays theirs. Every edit leaves an entry in the row's history and the loader leaves none, so a
  row with a history (edited, entered or deleted by a person) is never written. Nor is a place a person entered under
  an identifier that the files came to use later.
- What the files do not name is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from cityrank.registry.gazetteer import files
from cityrank.registry.gazetteer.files import BadGazetteerFile, Gazetteer, Line
from cityrank.registry.models import Alias, GazetteerLoad, Place, PlaceTier, Subject, Succession
from cityrank.registry.names import initials, search_key, stem
from cityrank.registry.searching.writing import write_all

_SUBJECT_FIELDS = ("name_zh", "name_en", "stem", "pinyin", "pinyin_key", "initials")
_PLACE_FIELDS = ("code", "level", "parent_id", "province_id", "valid_from", "valid_to", "note")
_FIELDS = (*_SUBJECT_FIELDS, *_PLACE_FIELDS)
_BATCH = 2000
_INSERTED_AT_ONCE = 500

Values = dict[str, Any]


@dataclass(slots=True)
class Counts:
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    left_to_people: int = 0

    @property
    def changed(self) -> int:
        return self.inserted + self.updated


@dataclass(slots=True)
class LoadReport:
    """What a load did to each table; `skipped` means the same files were loaded before and nothing was read."""

    skipped: bool = False
    places: Counts = field(default_factory=Counts)
    successions: Counts = field(default_factory=Counts)
    tiers: Counts = field(default_factory=Counts)
    aliases: Counts = field(default_factory=Counts)

    @property
    def changed(self) -> int:
        return sum(counts.changed for counts in (self.places, self.successions, self.tiers, self.aliases))


def load_gazetteer(directory: Path = files.DATA, *, even_if_loaded: bool = False) -> LoadReport:
    """Load the files of `directory` and return what changed.

    Raises BadGazetteerFile, with file, row and column, before anything is written. Files that were the last ones
    loaded are not even read, unless `even_if_loaded`.
    """
    digest = files.digest(directory)
    latest = GazetteerLoad.objects.order_by("pk").last()
    if latest and latest.digest == digest and not even_if_loaded:
        return LoadReport(skipped=True)
    content = files.read(directory)
    with transaction.atomic():
        report = LoadReport()
        pks = _load_places(content.places, report.places)
        _load_links(content, pks, report)
        if report.changed:
            write_all()
        GazetteerLoad.objects.create(digest=digest, loaded_at=timezone.now())
    return report


def _load_places(lines: list[Line], counts: Counts) -> dict[str, int]:
    """Insert and update places; return the primary key of every place of the files that is in the database."""
    _follow_moved_identifiers(lines)
    stored = {row["slug"]: row for row in Place.objects.values("pk", "slug", "from_gazetteer", *_FIELDS)}
    _refuse_other_subjects(lines, stored)
    deleted = set(Place.history.filter(history_type="-").values_list("slug", flat=True))
    counts.left_to_people += sum(line["id"] not in stored and line["id"] in deleted for line in lines)
    wanted = {
        line["id"]: _subject_values(line)
        for line in lines
        if line["id"] in stored or line["id"] not in deleted
    }
    pks = {slug: row["pk"] for slug, row in stored.items()}
    new = {slug: values for slug, values in wanted.items() if slug not in stored}
    pks |= _insert_subjects(new)
    _add_place_values(wanted, lines, pks)
    _update(stored, wanted, counts)
    _insert_places([(pks[slug], values) for slug, values in new.items()])
    counts.inserted = len(new)
    return pks


def _follow_moved_identifiers(lines: list[Line]) -> None:
    """When a code got a new holder, the place that had it keeps its row, and everything that points at it.

    The files then name the old holder `<code>-<year>` and give its former identifier to the new one.
    """
    by_id = {line["id"]: line for line in lines}
    former = {line["id"]: match[1] for line in lines if (match := re.fullmatch(r"(\d+)-\d{4}", line["id"]))}
    known = set(Place.objects.filter(slug__in=former).values_list("slug", flat=True)) if former else set()
    names = dict(Place.objects.filter(from_gazetteer=True).exclude(code="").values_list("slug", "name_zh"))
    for new, old in former.items():
        holder = by_id.get(old)
        if new in known or holder is None or old not in names:
            continue
        if names[old] == by_id[new]["name_zh"] != holder["name_zh"]:
            Subject.objects.filter(slug=old).update(slug=new)
            del names[old]


def _refuse_other_subjects(lines: list[Line], stored: dict[str, Values]) -> None:
    others = set(Subject.objects.exclude(kind=Subject.Kind.PLACE).values_list("slug", flat=True))
    problems = [
        line.problem("id", f"{line['id']} is an organisation or an app already")
        for line in lines
        if line["id"] in others and line["id"] not in stored
    ]
    if problems:
        raise BadGazetteerFile(problems)


def _subject_values(line: Line) -> Values:
    return {
        "name_zh": line["name_zh"],
        "name_en": line["name_en"],
        "stem": stem(line["name_zh"]),
        "pinyin": line["pinyin"],
        "pinyin_key": search_key(line["pinyin"]),
        "initials": initials(line["pinyin"]),
    }


def _add_place_values(wanted: dict[str, Values], lines: list[Line], pks: dict[str, int]) -> None:
    by_id = {line["id"]: line for line in lines}
    provinces: dict[str, str] = {}
    for slug, values in wanted.items():
        line = by_id[slug].values
        values["code"] = line.get("code", "")
        values["level"] = line["level"]
        values["parent_id"] = pks.get(line["parent"])
        values["province_id"] = pks.get(_province(slug, by_id, provinces))
        values["valid_from"] = files.date(line["valid_from"])
        values["valid_to"] = files.date(line["valid_to"])
        values["note"] = line.get("note", "")


def _province(slug: str, by_id: dict[str, Line], known: dict[str, str]) -> str:
    """Return the identifier of the province above a place; empty for provinces and whatever has none."""
    if slug not in known:
        line = by_id[slug]
        above = by_id.get(line["parent"])
        if above is None or line["level"] == "province":
            known[slug] = ""
        elif above["level"] == "province":
            known[slug] = above["id"]
        else:
            known[slug] = _province(above["id"], by_id, known)
    return known[slug]


def _insert_subjects(new: dict[str, Values]) -> dict[str, int]:
    subjects = [
        Subject(kind=Subject.Kind.PLACE, slug=slug, **{name: values[name] for name in _SUBJECT_FIELDS})
        for slug, values in new.items()
    ]
    return {subject.slug: subject.pk for subject in Subject.objects.bulk_create(subjects, batch_size=_BATCH)}


def _insert_places(rows: list[tuple[int, Values]]) -> None:
    """Insert the child rows. Django's bulk_create refuses models with a parent table, so the INSERT is made here."""
    quote, date = connection.ops.quote_name, connection.ops.adapt_datefield_value
    names: list[str] = ["subject_ptr_id", *_PLACE_FIELDS, "from_gazetteer"]
    insert = f"INSERT INTO {quote(Place._meta.db_table)} ({', '.join(map(quote, names))}) VALUES "
    marks = f"({', '.join(['%s'] * len(names))})"

    def stored(values: Values) -> list[Any]:
        return [date(values[name]) if name.startswith("valid") else values[name] for name in _PLACE_FIELDS]

    with connection.cursor() as cursor:
        # Many rows in one statement: on PostgreSQL each statement costs a journey.
        for start in range(0, len(rows), _INSERTED_AT_ONCE):
            batch = rows[start : start + _INSERTED_AT_ONCE]
            parameters = [value for pk, values in batch for value in (pk, *stored(values), True)]
            cursor.execute(insert + ", ".join([marks] * len(batch)), parameters)


def _update(stored: dict[str, Values], wanted: dict[str, Values], counts: Counts) -> None:
    """Write what differs, ended places first: they free the code that another row may be given."""
    touched = set(Place.history.values_list("id", flat=True))
    changed: list[Place] = []
    names: set[str] = set()
    for slug in wanted.keys() & stored.keys():
        row, values = stored[slug], wanted[slug]
        differing = {name for name in _FIELDS if row[name] != values[name]}
        if not differing:
            counts.unchanged += 1
        elif row["pk"] in touched or not row["from_gazetteer"]:
            counts.left_to_people += 1
        else:
            names |= differing
            changed.append(Place(pk=row["pk"], id=row["pk"], slug=slug, **values))
    counts.updated = len(changed)
    columns = [name.removesuffix("_id") for name in _FIELDS if name in names]
    for group in (
        [place for place in changed if place.valid_to],
        [place for place in changed if not place.valid_to],
    ):
        if group:
            Place.objects.bulk_update(group, columns, batch_size=500)


def _load_links(content: Gazetteer, pks: dict[str, int], report: LoadReport) -> None:
    _load_table(Succession, [_succession(line, pks) for line in content.successions], report.successions)
    _load_table(PlaceTier, [_tier(line, pks) for line in content.tiers], report.tiers)
    _load_table(Alias, [_alias(line, pks) for line in content.aliases], report.aliases)


def _succession(line: Line, pks: dict[str, int]) -> tuple[Values, Values]:
    """Return what identifies the row, and what the file says of it."""
    key = {"predecessor_id": pks.get(line["predecessor"]), "successor_id": pks.get(line["successor"])}
    return key, {"date": files.date(line["date"]), "kind": line["kind"]}


def _tier(line: Line, pks: dict[str, int]) -> tuple[Values, Values]:
    from_year, to_year = (int(line[name]) if line[name] else None for name in ("from_year", "to_year"))
    key = {"place_id": pks.get(line["place"]), "tier": line["tier"], "from_year": from_year}
    return key, {"to_year": to_year, "note": line["note"]}


def _alias(line: Line, pks: dict[str, int]) -> tuple[Values, Values]:
    key = {"subject_id": pks.get(line["place"]), "text": line["text"]}
    return key, {"kind": line["kind"], "note": line["note"]}


def _load_table(model: type[models.Model], wanted: list[tuple[Values, Values]], counts: Counts) -> None:
    """Insert and update the rows of a small table. `wanted` holds (what identifies a row, its other values)."""
    if not wanted:
        return
    key_names, value_names = tuple(wanted[0][0]), tuple(wanted[0][1])
    key: Callable[[Values], tuple] = lambda row: tuple(row[name] for name in key_names)  # noqa: E731
    stored = {key(row): row for row in model._default_manager.values("pk", *key_names, *value_names)}
    history = model.history  # type: ignore[attr-defined]
    touched = set(history.values_list("id", flat=True))
    deleted = {key(row) for row in history.filter(history_type="-").values(*key_names)}
    new, changed = [], []
    for keys, values in wanted:
        row = stored.get(key(keys))
        if None in (keys[name] for name in key_names if name.endswith("_id")) or (
            row is None and key(keys) in deleted
        ):
            counts.left_to_people += 1
        elif row is None:
            new.append(model(**keys, **values))
        elif all(row[name] == value for name, value in values.items()):
            counts.unchanged += 1
        elif row["pk"] in touched:
            counts.left_to_people += 1
        else:
            changed.append(model(pk=row["pk"], **keys, **values))
    model._default_manager.bulk_create(new, batch_size=_BATCH)
    if changed:
        model._default_manager.bulk_update(changed, value_names, batch_size=500)
    counts.inserted, counts.updated = len(new), len(changed)
