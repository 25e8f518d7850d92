"""What the rows of a file mean for the database: the part that all kinds of tables share."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.models import Import
from cityrank.exchange.planning.references import References
from cityrank.exchange.planning.survey import Survey
from cityrank.exchange.planning.values import Read, empty, reader
from cityrank.exchange.sets import half_of_positions
from cityrank.exchange.writing.rows import as_printed

Values = dict[str, Any]
# The name of a column, "" for the whole row, and a sentence.
Problem = tuple[str, str]


@dataclass(slots=True, eq=False)
class Identity:
    """What rows of the file with the same names are about.

    `owner` is the award, ranking or release that they are part of; `key` what makes them one row within it, None where
    that is not known. Of a row that is there already, `target` is the key, `place` the position, and `old` its columns
    while it is being compared; see `Rules.fetch`.
    """

    owner: Any = None
    owner_id: int = 0
    key: Hashable = None
    subject_id: int | None = None
    problems: tuple[Problem, ...] = ()
    target: int = 0
    place: int = 0
    old: tuple | None = None
    # How many rows of the file have this key, and which of all rows is the first.
    count: int = 0
    first: int = 0


class Rules:
    """How one kind of table is planned. What differs between the kinds are methods of its subclasses."""

    # Columns of the survey; see `Survey`.
    INTO: ClassVar[str] = ""
    IDENTIFIER: ClassVar[str] = ""
    NAME: ClassVar[str] = ""
    # Columns of the model that are read of rows that are there already, beside those that the sheet sets.
    ALSO_READ: ClassVar[tuple[str, ...]] = ()

    def __init__(self, import_: Import, by: User | None) -> None:
        self.import_, self.by = import_, by
        self.sheet: Sheet = import_.declared
        self.model: type[Model] = self.sheet.model
        self.references = References(import_.release)
        self.written = [column for column in self.sheet.columns if column.sets]
        names = [self.attname(column) for column in self.written]
        self.columns = list(dict.fromkeys(["pk", *names, *self.ALSO_READ]))
        self.at = {name: index for index, name in enumerate(self.columns)}
        # The positions of rows that are there, by the list that they are part of.
        self.positions: dict[int, Sequence[int]] = {}

    def attname(self, column: Column) -> str:
        field = self.model._meta.get_field(column.sets)
        assert isinstance(field, Field)
        return field.attname

    def survey(self) -> Survey:
        return Survey(self.INTO, self.IDENTIFIER, self.NAME)

    def given(self) -> set[str]:
        """Return the required columns that a file may leave out."""
        return {self.INTO} if self.INTO else set()

    def identities(self, survey: Survey) -> list[Identity]:
        """Return for each of the survey's names what it is about, the rows that are there included."""
        raise NotImplementedError

    def fetch(self, identities: Iterable[Identity]) -> None:
        """Read the columns of rows that are there, for the rows of a file that come next."""

    def release(self, identities: Iterable[Identity]) -> None:
        """Forget what was read, once the rows are compared: a file may be about more rows than fit into memory."""

    def complete(self, values: Values, identity: Identity, problems: list[Problem]) -> None:
        """Add to the values of a row what follows from them, and to the problems what does not fit together."""

    def unverified(self, values: Values, old: tuple) -> None:
        """Add to the values of a row that is there what undoes its verification, where it has one."""

    def before(self, name: str, identity: Identity) -> Any:
        """Return what a column of the row that is there holds, figures with the decimals they are shown with."""
        value = identity.old[self.at[name]] if identity.old else None
        if isinstance(value, Decimal):
            return as_printed(value, self.decimals_shown(identity))
        return value

    def decimals_shown(self, identity: Identity) -> int | None:
        """Return the decimals of the figures of the row that is there, where they are known."""
        return identity.old[self.at["decimals"]] if identity.old and "decimals" in self.at else None

    def in_percent(self, identity: Identity) -> bool:
        """Return whether the figures of a row's list are in percent, so that a percent sign may stand behind them."""
        return False

    def complain(self, identity: Identity, name: str, text: str) -> None:
        """Note what is wrong with all rows of these names."""
        identity.problems = (*identity.problems, (name, text))

    def label(self, values: Values) -> str:
        return str(values.get(self.NAME) or "")

    @cached_property
    def most_position(self) -> int:
        """Half of what the column can hold: the other half is where rows step aside while places change hands."""
        return half_of_positions(self.model)

    def readers(self, columns: Iterable[str], *, in_percent: bool = False) -> list["Cell"]:
        """Return how the cells of these columns of the file are read."""
        cells = []
        for column in self.written:
            if column.name in columns:
                is_own = column.kind in (Kind.SUBJECT, Kind.REFERENCE)
                read = None if is_own else reader(self.sheet, column, in_percent=in_percent)
                cells.append(Cell(column, self.attname(column), read, empty(self.sheet, column)))
        return cells

    def refer(self, column: Column, text: str, identity: Identity) -> Any:
        """Return what a cell that names something else means. Raises `BadCell`."""
        return self.references.find(column, text)


@dataclass(frozen=True, slots=True)
class Cell:
    """How the cells of one column are read; `read` is None for those that name something else."""

    column: Column
    attname: str
    read: Read | None
    empty: Any


def count_keys(identities: list[Identity], survey: Survey) -> None:
    """Note in each identity how often its key occurs in the file, and which of the rows is the first."""
    # Of those with the same key the first one counts for all; nearly every identity is alone.
    seen: dict[int, dict[Hashable, Identity]] = {}
    for order, index in enumerate(survey.index):
        identity = identities[index]
        if identity.key is not None:
            first = seen.setdefault(identity.owner_id, {}).setdefault(identity.key, identity)
            first.count += 1
            if first.count == 1:
                first.first = order
    for identity in identities:
        if identity.key is not None:
            first = seen[identity.owner_id][identity.key]
            identity.count, identity.first = first.count, first.first


def duplicate(identity: Identity, order: int, survey: Survey) -> Problem:
    """Return what is to be said of a row that another one repeats; which of them holds is not guessed."""
    if identity.first == order:
        text = _("%(count)s rows of the file are about the same. Leave one of them.")
        return "", text % {"count": identity.count}
    return "", _("This is about the same as %(row)s. Leave one of them.") % {
        "row": survey.place(identity.first)
    }
