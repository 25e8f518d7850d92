"""What calamine leaves out of an .xlsx file: how its numbers are shown, and which cells have no value."""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from cityrank.exchange.reading.markup import Attributes, Handlers, Marks, Package, local, parse, refuse_far
from cityrank.exchange.reading.shown import BUILT_IN, read_format
from cityrank.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS, number_of

# What a sheet that is written as nearly all are does not have: formulas, comments, prefixes, other characters, and
# cells that stand far away, do not say where they stand, or say it in another order.
_UNUSUAL = re.compile(
    rb"<(?:c(?=[ />])(?! r=\"(?:[A-Z]|[A-F][A-Z]|G[A-R])(?:[0-9]{1,5}|1[0-9]{5})\"(?: s=\"[0-9]+\")?"
    rb"(?: t=\"(?:s|str|n|b|d|inlineStr)\")?/?>)|f[ />]|!|\?(?!xml )|[a-zA-Z0-9]+:(?:c|row|worksheet)[ />])"
    rb"|encoding=[\"'](?!(?i:utf-8))"
)
_LETTERS = re.compile(r"[A-Z]{1,4}")
_WORKBOOK, _LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_MOST_FORMATS = 65_000
# So many styles are told apart while the sheet is not parsed.
_MOST_LISTED = 500


def marks_in(package: Package) -> Callable[[str], Marks]:
    """Return how to read the marks of a sheet by its name. Raises `BadFile`, and so does what is returned."""
    parts = _parts(package)
    codes = parse(package.chunks(_STYLES), _Styles()).codes if _STYLES in package.names else []

    def read(sheet: str) -> Marks:
        part = parts.get(sheet, "")
        if part not in package.names:
            return Marks()
        marks = _plain_marks(package.chunks(part), codes)
        if marks is None:
            cells = parse(package.chunks(part), _Cells(codes, sheet))
            cells.finish()
            marks = cells.marks
        return marks

    return read


def _parts(package: Package) -> dict[str, str]:
    """Return the part of the zip of each sheet."""
    if not {_WORKBOOK, _LINKS} <= package.names:
        return {}
    sheets = parse(package.chunks(_WORKBOOK), _Attributes("sheet")).found
    links = parse(package.chunks(_LINKS), _Attributes("Relationship")).found
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in sheets:
        key = next((value for name, value in sheet.items() if name.endswith(":id")), None)
        target = targets.get(key, "")
        parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _plain_marks(chunks: Iterator[bytes], codes: list[str]) -> Marks | None:
    """Return the marks of a sheet that is written as nearly all are; None where anything about it is unusual.

    Such a sheet has neither formulas nor errors, no cell far away, and each cell says in the usual order where it
    stands, how it is shown and of what type it is. Taking only that costs a third of parsing.
    """
    marks, styles = _formats(codes)
    if len(styles) > _MOST_LISTED:
        return None
    listed = b"|".join(style.encode() for style in styles)
    formatted = re.compile(b'<c r="([A-Z]{1,2})([0-9]{1,6})" s="(%s)"' % listed) if styles else None
    numbers = {style.encode(): number for style, number in styles.items()}
    rest, columns = b"", {}
    for first, chunk in enumerate(chunks):
        data = rest + chunk
        end = data.rfind(b"<")
        data, rest = data[:end], data[end:]
        if end < 0 or (not first and b"<worksheet" not in data) or _UNUSUAL.search(data):
            return None
        for name, row, style in formatted.findall(data) if formatted else ():
            if name not in columns:
                columns[name] = number_of(name.decode())
            marks.put(int(row), columns[name], numbers[style])
    return marks if b"<c" not in rest else None


def _formats(codes: list[str]) -> tuple[Marks, dict[str, int]]:
    """Return empty marks that know the formats, and the number of a format by that of a style, as cells write it."""
    marks, styles = Marks(), {}
    for number, code in enumerate(codes[:_MOST_FORMATS]):
        if (form := read_format(code)) is not None:
            styles[str(number)] = len(marks.known)
            marks.known.append(form)
    return marks, styles


class _Attributes(Handlers):
    """Collects the attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Attributes] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if local(name) == self.name:
            self.found.append(attributes)


class _Styles(Handlers):
    """Collects the format code of each style, in the order in which cells count them."""

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.codes: list[str] = []
        self.within = ""

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "numFmt":
            self.own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            self.within = name
        elif name == "xf" and self.within == "cellXfs":
            key = attributes.get("numFmtId", "0")
            built_in = BUILT_IN.get(int(key), "") if key.isdecimal() and len(key) < 6 else ""
            self.codes.append(self.own.get(key) or built_in)


class _Cells(Handlers):
    """Takes the format of each cell, and the cells whose formula has no value or an error."""

    def __init__(self, codes: list[str], sheet: str) -> None:
        self.sheet = sheet
        self.marks, self.styles = _formats(codes)
        self.row, self.column = 0, -1
        self.columns: dict[str, int] = {}
        self.takes = {
            "c": self._cell, "v": self._value, "is": self._value, "f": self._formula, "row": self._row
        }  # fmt: skip
        # Where the last cell says that it stands; whether cells of this row have to be counted.
        self.reference: str | None = None
        self.counts = False
        # Of the cell that is being read, where it has a formula or an error.
        self.formula = self.valued = self.error = False

    def start(self, name: str, attributes: Attributes) -> None:
        takes = self.takes.get(name)
        if takes is not None:
            takes(attributes)
        elif name.endswith(":worksheet"):
            prefix = name.removesuffix("worksheet")
            self.takes = {prefix + name: takes for name, takes in self.takes.items()}

    def _cell(self, attributes: Attributes) -> None:
        if self.formula or self.error:
            self.finish()
        reference, style, kind = attributes.get("r"), attributes.get("s"), attributes.get("t")
        number = self.styles.get(style, 0) if style is not None else 0
        # Of nearly all cells nothing is wanted, not even where they stand.
        if reference is None or number or len(reference) > 6 or reference[1:2] > "9" or self.counts:
            self._place(reference)
            if number:
                self.marks.put(self.row, self.column, number)
        self.reference = reference
        if kind is not None:
            self.error = kind == "e"
            # A formula may well give an empty text.
            self.valued = kind == "str"

    def _value(self, attributes: Attributes) -> None:
        if self.row > MOST_ROWS or self.column >= MOST_COLUMNS:
            refuse_far(self.row, self.column, self.sheet)
        if self.formula and not self.valued:
            self.parser.CharacterDataHandler = self._text

    def _formula(self, attributes: Attributes) -> None:
        self.formula = True

    def _row(self, attributes: Attributes) -> None:
        if self.formula or self.error:
            self.finish()
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() and len(number) < 10 else self.row + 1
        self.column = -1
        self.reference, self.counts = None, False

    def _place(self, reference: str | None) -> None:
        """Take the place of a cell; calamine goes by what the cell says, whatever its row says."""
        if reference is None:
            # Cells that do not say where they are stand side by side, after the last one that did.
            if not self.counts and self.reference:
                self._place(self.reference)
            self.counts = True
            self.column += 1
            return
        name = reference.rstrip("0123456789")
        column = self.columns.get(name)
        if column is None:
            found = _LETTERS.fullmatch(name)
            column = self.columns[name] = number_of(found[0]) if found else self.column + 1
        self.column = column
        row = reference[len(name) :]
        if row != str(self.row) and row.isdecimal() and len(row) < 10:
            self.row = int(row)

    def _text(self, text: str) -> None:
        self.valued = True

    def finish(self) -> None:
        """Say of the cell that has been read what is odd about it."""
        if (self.error or self.formula) and not self.counts:
            self._place(self.reference)
        if self.error:
            self.marks.odd[self.row, self.column] = _(
                "The formula in this cell gives an error. Mend it, or write the value."
            )
        elif self.formula and not self.valued:
            self.marks.odd[self.row, self.column] = _(
                "The formula in this cell has no stored value. Open the file in a spreadsheet program and save it."
            )
        self.formula = self.valued = self.error = False
        self.parser.CharacterDataHandler = None
