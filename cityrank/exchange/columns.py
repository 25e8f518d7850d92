"""The one declaration of columns: what a table's file holds, for import, export and the API alike.

A `Sheet` is a kind of file: scores, recipients, averages ... Its columns have a name for machines (`printed_score`),
a label for people in both languages, further headings under which files of others have them (名次, 排名), and where
their values are read and written. Import, templates, CSV, XLSX, data packages and the API all read it here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db.models import Model, QuerySet, TextChoices
from django.utils import translation
from django.utils.functional import Promise

LANGUAGES = ("zh-hans", "en")


class Kind(StrEnum):
    """What a cell holds. Numbers are Decimals as printed, never floats; dates are ISO 8601."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    # Words with a semicolon between them.
    LIST = "list"
    # A place, organisation or app: by identifier, code, name or path, through the resolver.
    SUBJECT = "subject"
    # Another row of the same release, by its identifier or its title.
    REFERENCE = "reference"


@dataclass(frozen=True)
class Column:
    """One column.

    `path` is the look-up that an export reads ("" where `name` is it); `sets` the field that an import writes ("" where
    the column is only ever written out); `to` the model of a reference. `decimals` are look-ups of how many decimals a
    figure was printed with, the first that is not empty counts. `also` are headings of others that mean this column.
    What is `office` stays among those who work on an edition; no file for the public has it.
    """

    name: str
    label: Promise
    about: Promise
    kind: Kind = Kind.TEXT
    path: str = ""
    sets: str = ""
    required: bool = False
    choices: type[TextChoices] | None = None
    to: type[Model] | None = None
    decimals: tuple[str, ...] = ()
    unit: str = ""
    also: tuple[str, ...] = ()
    example: str = ""
    office: bool = False

    @property
    def lookup(self) -> str:
        return self.path or self.name

    def label_in(self, language: str) -> str:
        with translation.override(language):
            return str(self.label)

    def headings(self) -> Iterator[str]:
        """Return every heading that means this column, as it may be written."""
        yield self.name
        for language in LANGUAGES:
            yield self.label_in(language)
        yield from self.also


@dataclass(frozen=True)
class Sheet:
    """One kind of table in files.

    `key` names the columns by which a row of a file is a row of the database. `order` are the look-ups that rows are
    written out by. `into` is the column that says which award or table of the release a row belongs to, "" where rows
    belong to the release itself or to none.
    """

    name: str
    title: Promise
    model: type[Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    into: str = ""
    by_name: dict[str, Column] = field(init=False, repr=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def ordered(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*self.order)

    def public(self) -> "Sheet":
        """Return the sheet without what stays in the office."""
        return replace(self, columns=tuple(column for column in self.columns if not column.office))
