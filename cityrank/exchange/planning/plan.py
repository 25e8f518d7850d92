"""The second look at a file: what each row would do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cityrank.exchange import sets
from cityrank.exchange.models import ImportRow
from cityrank.exchange.planning.headings import Headed
from cityrank.exchange.planning.positions import Places
from cityrank.exchange.planning.rules import Cell, Identity, Problem, Rules, Values, count_keys, duplicate
from cityrank.exchange.planning.values import BadCell
from cityrank.exchange.reading import letters, plain
from cityrank.exchange.reading.tables import Row

NEW, CHANGED, SAME, REFUSED = (kind.value for kind in ImportRow.Kind)
# So many rows are read of the file before what they are compared with is read.
_FETCHED = 1800
# Words that begin the rows below a table: sums, remarks, sources.
_FOOT = tuple(
    (
        "合计|总计|小计|平均|均值|注:|注释|备注|说明|数据来源|资料来源|来源:|附注|"
        "total|sum|average|mean|note:|notes:|source:|sources:|remark"
    ).split("|")
)


@dataclass(slots=True, eq=False)
class Planned:
    """One row of the file and what it means; as `ImportRow`, before it is stored."""

    number: int
    sheet: str
    row: int
    kind: str
    target: int | None
    label: str
    # Left empty by most rows, and so not made anew for each.
    values: Values | None = None
    changes: dict[str, list] | None = None
    problems: list[dict[str, str]] | None = None
    # The texts of its cells and how they were read, for what is noted of where a figure comes from.
    texts: Sequence[str] = ()
    reader: Any = None


class Plan:
    """Plans the rows of the headed tables of a file under the rules of its kind."""

    def __init__(self, rules: Rules, headed: list[Headed]) -> None:
        self.rules, self.headed = rules, headed
        self.survey = rules.survey()
        for one in headed:
            self.survey.take(one)
        self.identities = rules.identities(self.survey)
        count_keys(self.identities, self.survey)
        self.survey.close()
        self.has_positions = "position" in rules.at
        self.places = self._places() if self.has_positions else {}
        self.number = 0
        # Places that rows of the file were to leave and do not, as they are refused; and who took over which.
        self.stayed: list[tuple[int, int]] = []
        self.moved: dict[int, tuple[int, int]] = {}

    @property
    def total(self) -> int:
        return len(self.survey.index)

    def _places(self) -> dict[int, Places]:
        """Return the places of each list of the file, with those that its rows leave and those that they ask for."""
        places: dict[int, Places] = {}
        leaving: dict[int, set[int]] = {}
        for index, asked in zip(self.survey.index, self.survey.positions, strict=True):
            identity = self.identities[index]
            if identity.owner is None:
                continue
            owner = identity.owner_id
            if owner not in places:
                places[owner], leaving[owner] = Places(), set()
            if asked:
                places[owner].asked.add(asked)
                if identity.place and identity.place != asked and not identity.problems:
                    leaving[owner].add(identity.place)
        for owner, one in places.items():
            one.begin(self.rules.positions.get(owner, ()), leaving[owner])
        return places

    def rows(self) -> Iterator[Planned]:
        """Plan the rows one after the other, in the order of the file."""
        for headed in self.headed:
            reader = _Reader(self.rules, headed)
            below = ((number, texts) for number, texts in headed.table.read(None) if number > headed.row)
            for piece in sets.pieces(self._identified(headed, below), _FETCHED):
                known = [identity for _number, _texts, identity, _order in piece if identity is not None]
                self.rules.fetch(known)
                for number, texts, identity, order in piece:
                    self.number += 1
                    yield self._row(reader, number, texts, identity, order)
                self.rules.release(known)

    def _identified(
        self, headed: Headed, rows: Iterable[Row]
    ) -> Iterator[tuple[int, list[str], Identity | None, int]]:
        """Yield the rows of a table, each with what it is about and its place in the survey.

        Rows in which nothing stands that identifies one were left out there.
        """
        number_of, index = self.survey.numbers, self.survey.index
        at = self.headed.index(headed)
        starts = [start for start, _name in self.survey.sheets] + [self.total]
        order, end = starts[at], starts[at + 1]
        for number, texts in rows:
            if order < end and number_of[order] == number:
                yield number, texts, self.identities[index[order]], order
                order += 1
            else:
                yield number, texts, None, -1

    def _row(
        self, reader: "_Reader", number: int, texts: list[str], identity: Identity | None, order: int
    ) -> Planned:
        rules = self.rules
        if identity is None or (identity.problems and _is_foot(texts)):
            text = _(
                "This seems to be a sum or a remark below the table, and no row of it. Delete it from the file."
            )
            label = next((text for text in texts if text), "")
            return self._refused(reader, number, label, [("", text)])
        values, problems = reader.values(number, texts, identity)
        label = rules.label(values) or (str(identity.old[rules.at[rules.NAME]]) if identity.old else "")
        problems.extend(identity.problems)
        if identity.count > 1:
            problems.append(duplicate(identity, order, self.survey))
        if identity.owner is not None or not rules.INTO:
            if not problems:
                rules.complete(values, identity, problems)
            if self.has_positions and identity.owner is not None:
                self._put(values, identity, problems)
        if problems:
            if (left := self.moved.pop(self.number, None)) is not None:
                self.stayed.append(left)
            return self._refused(reader, number, label, problems)
        return self._planned(reader, number, label, values, identity, texts)

    def _put(self, values: Values, identity: Identity, problems: list[Problem]) -> None:
        """Give a row its place in the list."""
        own = identity.place or None
        try:
            values["position"] = self.places[identity.owner_id].place(
                values.get("position"), own, self.number, self.rules.most_position
            )
            if own and own != values["position"]:
                self.moved[self.number] = (identity.owner_id, own)
        except BadCell as bad:
            problems.append(("position", str(bad)))

    def collisions(self) -> set[int]:
        """Return the numbers of planned rows whose place is not left after all, once all rows are planned.

        A row that was to leave it was refused for something else; who stays in its own place then may displace more.
        """
        found: set[int] = set()
        while self.stayed:
            owner, place = self.stayed.pop()
            number = self.places[owner].taken[place]
            if number and number not in found:
                found.add(number)
                if number in self.moved:
                    self.stayed.append(self.moved[number])
        return found

    def _planned(
        self, reader: "_Reader", number: int, label: str, values: Values, identity: Identity, texts: list[str]
    ) -> Planned:
        rules, old = self.rules, identity.old
        planned = Planned(self.number, reader.sheet, number, NEW, None, label[:200])
        if old is None:
            # What is not said is what a new row has anyway.
            planned.values = {name: value for name, value in values.items() if value is not None}
        else:
            rules.unverified(values, old)
            planned.target, at = identity.target or old[0], rules.at
            planned.kind = SAME
            if changes := {
                name: [rules.before(name, identity), value]
                for name, value in values.items()
                if old[at[name]] != value and not _is_same_text(old[at[name]], value)
            }:
                planned.kind, planned.changes = CHANGED, changes
        planned.texts, planned.reader = texts, reader
        return planned

    def _refused(self, reader: "_Reader", number: int, label: str, problems: list[Problem]) -> Planned:
        said = [{"column": reader.letters.get(name, ""), "text": text} for name, text in problems]
        return Planned(self.number, reader.sheet, number, REFUSED, None, label[:200], problems=said)


class _Reader:
    """Reads the cells of one headed table."""

    def __init__(self, rules: Rules, headed: Headed) -> None:
        self.rules, self.sheet, self.odd = rules, headed.table.name[:80], headed.table.odd
        self.letters = {name: letters(index) for name, index in headed.columns.items()}
        self.columns = headed.columns
        used = [
            name for name in headed.columns if name not in (rules.INTO, rules.IDENTIFIER) or not rules.INTO
        ]
        self.cells: dict[bool, list[tuple[int, Cell]]] = {
            in_percent: [
                (headed.columns[cell.column.name], cell)
                for cell in rules.readers(used, in_percent=in_percent)
            ]
            for in_percent in (False, True)
        }

    def values(self, number: int, texts: list[str], identity: Identity) -> tuple[Values, list[Problem]]:
        """Return the values of a row by column of the model, and what is wrong with its cells."""
        values: Values = {}
        problems: list[Problem] = []
        width = len(texts)
        for index, cell in self.cells[self.rules.in_percent(identity)]:
            text = texts[index] if index < width else ""
            if self.odd and (number, index) in self.odd:
                problems.append((cell.column.name, self.odd[number, index]))
            elif text:
                try:
                    values[cell.attname] = (
                        cell.read(text) if cell.read else self.rules.refer(cell.column, text, identity)
                    )
                except BadCell as bad:
                    problems.append((cell.column.name, str(bad)))
            elif cell.column.required and cell.column.name != "parent":
                problems.append((cell.column.name, _("This cell is empty; it is needed.")))
            else:
                values[cell.attname] = cell.empty
        return values, problems


def _is_foot(texts: list[str]) -> bool:
    """Return whether a row stands below the table: it begins like a sum or a remark, or is one long text alone."""
    filled = [text for text in texts if text]
    first = plain(filled[0]) if filled else ""
    return first.startswith(_FOOT) or (len(filled) == 1 and len(texts) > 2 and len(first) > 20)


def _is_same_text(old: Any, new: Any) -> bool:
    return isinstance(old, str) and isinstance(new, str) and old.strip() == new
