"""Store the rows of a package: table after table, in batches, each reference followed to the row that it means."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange.columns import Column, Sheet
from cityrank.exchange.deriving import NATURAL, natural
from cityrank.exchange.packages.faults import MOST_FAULTS, BadPackage, Fault
from cityrank.exchange.packages.opening import Package, Row
from cityrank.exchange.packages.writing import FOLDER
from cityrank.exchange.writing import Progress
from scores.models import Band

BATCH = 1000
# By model: what names a row in the package -> its key in the database.
Known = dict[type[Model], dict[Any, int]]
Numbered = tuple[int, Row]


class Builder:
    """Fills an empty draft. `known` has the subjects and lines already."""

    def __init__(self, package: Package, release: Release, known: Known, progress: Progress) -> None:
        self.package, self.release, self.known, self.progress = package, release, known, progress

    def store(self, sheet: Sheet) -> int:
        """Store the rows of one table; return how many. Raises `BadPackage`."""
        count = 0
        keys: dict[Any, int] = {}
        rows = self.package.rows(sheet)
        while piece := list(islice(rows, BATCH)):
            made = self._made(sheet, piece)
            insert(sheet, [(number, one) for (number, _row), one in zip(piece, made, strict=True)])
            for (_number, row), one in zip(piece, made, strict=True):
                keys[key_of(sheet, row)] = one.pk
            count += len(piece)
            self.progress(sheet.name, count)
        if sheet.model in NATURAL or sheet.model is Band:
            self.known[sheet.model] = keys
        return count

    def _made(self, sheet: Sheet, piece: list[Numbered]) -> list[Model]:
        made: list[Model] = []
        faults: list[Fault] = []
        for number, row in piece:
            values, missing = self._values(sheet, number, row)
            one = sheet.model(**values)
            faults += missing or faults_of(sheet, number, one)
            made.append(one)
        if faults:
            raise BadPackage(*faults[:MOST_FAULTS])
        return made

    def _values(self, sheet: Sheet, number: int, row: Row) -> tuple[Row, list[Fault]]:
        """Return the values of a row for its model, and a fault for each reference that leads nowhere."""
        values: Row = {}
        faults = []
        if any(field.name == "release" for field in sheet.model._meta.concrete_fields):
            values["release"] = self.release
        for column in sheet.columns:
            if not column.sets or column.name not in row:
                continue
            value = row[column.name]
            field = sheet.model._meta.get_field(column.sets)
            if not isinstance(field, ForeignKey):
                values |= stored(column, sheet, value)
            elif value not in ("", None):
                key = self._key(column, field, row, value)
                values[field.attname] = key
                faults += [] if key else [_nowhere(sheet, number, column, value)]
        return values, faults

    def _key(self, column: Column, field: ForeignKey, row: Row, value: Any) -> int | None:
        target: Any = field.related_model
        if target is Band:
            return self.known[Band].get((row["ranking"], value))
        return self.known[target].get(value)


def stored(column: Column, sheet: Sheet, value: Any) -> Row:
    """Return the value of a field by its name; where the cell is empty and the field cannot be, its default counts."""
    field: Any = sheet.model._meta.get_field(column.sets)
    if value is None and not field.null and field.has_default():
        return {}
    return {column.sets: value}


def key_of(sheet: Sheet, row: Row) -> Any:
    """Return what other tables name a row by."""
    return (row["ranking"], row["position"]) if sheet.model is Band else row.get(natural(sheet.model))


def faults_of(sheet: Sheet, number: int, one: Model) -> list[Fault]:
    """Return what the model itself has against a row, except for its references, which have been followed."""
    references = {field.name for field in one._meta.concrete_fields if isinstance(field, ForeignKey)}
    try:
        one.clean_fields(exclude=references)
    except ValidationError as error:
        names = {column.sets: column.name for column in sheet.columns if column.sets}
        return [
            Fault(" ".join(messages), path_of(sheet), number, names.get(field, field))
            for field, messages in error.message_dict.items()
        ]
    return []


def insert(sheet: Sheet, rows: list[tuple[int, Model]]) -> None:
    """Insert rows at once; where the database refuses them, find the one that it means."""
    try:
        with transaction.atomic():
            sheet.model._default_manager.bulk_create([one for _number, one in rows])
    except IntegrityError:
        _find(sheet, rows)
        raise


def _find(sheet: Sheet, rows: Iterable[tuple[int, Model]]) -> None:
    for number, one in rows:
        one.pk = None
        try:
            with transaction.atomic():
                sheet.model._default_manager.bulk_create([one])
        except IntegrityError as error:
            raise BadPackage(broken(sheet, number, one, error)) from error


def broken(sheet: Sheet, number: int, one: Model, error: IntegrityError) -> Fault:
    """Return the sentence for a row that breaks a rule which the database holds."""
    text = str(error)
    for _model, constraints in one.get_constraints():
        for constraint in constraints:
            fields = getattr(constraint, "fields", ())
            table = one._meta.db_table
            columns = ", ".join(f"{table}.{one._meta.get_field(name).column}" for name in fields)  # type: ignore[union-attr]
            if constraint.name in text or (columns and columns in text):
                rule = constraint.name.replace("_", " ")
                return Fault(
                    _("The row breaks a rule: “%(rule)s”. Mend it.") % {"rule": rule}, path_of(sheet), number
                )
    return Fault(
        _("The database refuses the row: %(problem)s") % {"problem": text.strip()}, path_of(sheet), number
    )


def path_of(sheet: Sheet) -> str:
    return f"{FOLDER}/{sheet.name}.csv"


def _nowhere(sheet: Sheet, number: int, column: Column, value: Any) -> Fault:
    sentence = _("“%(value)s” is in no row of the table that the column refers to. Mend it or add the row.")
    return Fault(sentence % {"value": str(value)[:80]}, path_of(sheet), number, column.name)
