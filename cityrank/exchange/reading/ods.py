"""What calamine leaves out of an .ods file: its numbers as they are shown, and how far its repetitions reach."""

from collections.abc import Callable

from cityrank.exchange.reading.markup import Attributes, Handlers, Marks, Package, parse, refuse_far
from cityrank.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS

_CONTENT = "content.xml"
_NUMBERS = ("float", "percentage", "currency")


def marks_in(package: Package) -> Callable[[str], Marks]:
    """Return how to read the marks of a sheet by its name. Raises `BadFile`."""
    if _CONTENT not in package.names:
        return lambda sheet: Marks()
    sheets = parse(package.chunks(_CONTENT), _Sheets()).sheets
    return lambda sheet: sheets.get(sheet, Marks())


class _Sheets(Handlers):
    """Takes the text that each number is shown as; a cell and a row may stand for many of their kind."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.sheet = ""
        self.row, self.rows, self.column, self.columns = 0, 1, 0, 1
        self.is_number = False
        self.pieces: list[str] = []
        self.shown: list[tuple[int, int, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self.columns = _count(attributes.get("table:number-columns-repeated"))
            kind = attributes.get("office:value-type")
            if kind is not None:
                refuse_far(self.row + self.rows, self.column + self.columns - 1, self.sheet)
            self.is_number = kind in _NUMBERS
            self.pieces = []
        elif name == "text:p" and self.is_number:
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == "table:table-row":
            self.rows = _count(attributes.get("table:number-rows-repeated"))
            self.column = 0
        elif name == "table:table":
            self.sheet, self.row = attributes.get("table:name", ""), 0
            self.sheets[self.sheet] = Marks()

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            if self.is_number:
                self.shown.append((self.column, self.columns, "".join(self.pieces).strip()))
            self.is_number = False
            self.column += self.columns
        elif name == "text:p":
            self.parser.CharacterDataHandler = None
        elif name == "table:table-row":
            self._row()

    def _row(self) -> None:
        texts = self.sheets.setdefault(self.sheet, Marks()).texts
        for first, count, text in self.shown:
            for column in range(first, first + count):
                for row in range(self.row + 1, self.row + self.rows + 1):
                    texts[row, column] = text
        self.shown = []
        self.row += self.rows


def _count(text: str | None) -> int:
    """Return how often something is repeated; a number beyond all sheets stands for whatever is written."""
    if text is None or not text.isdecimal():
        return 1
    return max(int(text), 1) if len(text) < 9 else max(MOST_ROWS, MOST_COLUMNS) * 1000
