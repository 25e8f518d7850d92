"""Where the headings of a table stand, and which column each of them means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cityrank.exchange.columns import LANGUAGES, Column, Sheet
from cityrank.exchange.planning.examples import EXPLANATIONS, without_examples
from cityrank.exchange.reading import BadFile, Document, Table, letters, plain

# Headings are looked for in so many rows; above them there may be a title and a date.
_SEARCHED = 20
_OPENING = "(["


@dataclass
class Headed:
    """A table whose headings are known: by name of a column its index, and the row in which the headings stand."""

    table: Table
    row: int
    columns: dict[str, int]
    notices: list[str] = field(default_factory=list)


def headed_tables(document: Document, sheet: Sheet, *, given: Iterable[str] = ()) -> list[Headed]:
    """Return the tables of a file that hold rows of a sheet.

    `given` are required columns that a file may leave out, because something else says their value. Raises `BadFile`
    where no table has the headings, and for two columns that mean the same.
    """
    needed = [column for column in sheet.columns if column.required and column.name not in given]
    meanings = _meanings(sheet)
    found, nearest = [], (0, "", needed)
    tables = [table for table in document.tables if table.name not in EXPLANATIONS.values()]
    for table in tables:
        headed, missing, recognised = _headed(table, sheet, meanings, needed)
        if headed is not None:
            found.append(headed)
        elif recognised > nearest[0]:
            nearest = (recognised, table.name, missing)
    if not found:
        raise BadFile(_no_headings(sheet, document, nearest, needed))
    left_out = [table.name for table in tables if all(table is not one.table for one in found)]
    left_out = [name for name in left_out if name]
    if left_out:
        names = ", ".join(f"“{name}”" for name in left_out[:10])
        text = _("Sheets without the headings of this kind of table are left out: %(names)s.")
        document.notices.append(text % {"names": names})
    for one in found:
        one.table = without_examples(one.table, sheet, one.columns)
    return found


def _meanings(sheet: Sheet) -> dict[str, Column]:
    """Return which column each heading means; names and labels come before what others may call it."""
    meanings: dict[str, Column] = {}
    for own in (True, False):
        for column in sheet.columns:
            names = [column.name, *(column.label_in(language) for language in LANGUAGES)]
            for heading in names if own else column.also:
                meanings.setdefault(plain(heading), column)
    return meanings


def _headed(
    table: Table, sheet: Sheet, meanings: dict[str, Column], needed: list[Column]
) -> tuple[Headed | None, list[Column], int]:
    """Return a table with its headings; or None, what is missing in the row that comes nearest, and how near it is."""
    above: list[tuple[int, str]] = []
    nearest, most = needed, 0
    for seen, (number, cells) in enumerate(table.read(None)):
        if seen == _SEARCHED:
            break
        meant = {index: column for index, text in enumerate(cells) if (column := _meant(text, meanings))}
        missing = [column for column in needed if column not in meant.values()]
        if not missing:
            return _checked(table, number, cells, meant, above), [], len(meant)
        if len(meant) > most:
            nearest, most = missing, len(meant)
        above.append((number, next(text for text in cells if text)))
    return None, nearest, most


def _meant(text: str, meanings: dict[str, Column]) -> Column | None:
    """Return what a heading means, also with a unit or a remark in brackets behind it: 得分(分)."""
    key = plain(text)
    if key in meanings or not key:
        return meanings.get(key)
    return next((meanings[key.split(one)[0]] for one in _OPENING if key.split(one)[0] in meanings), None)


def _checked(
    table: Table, number: int, cells: list[str], meant: dict[int, Column], above: list[tuple[int, str]]
) -> Headed:
    columns: dict[str, int] = {}
    for index, column in meant.items():
        if column.name in columns:
            text = _(
                "%(sheet)sColumns %(first)s and %(second)s both mean “%(column)s”. Delete one of them, or give it "
                "another heading."
            )
            raise BadFile(
                text
                % {
                    "sheet": _named(table),
                    "first": letters(columns[column.name]),
                    "second": letters(index),
                    "column": column.label,
                }
            )
        columns[column.name] = index
    notices = [
        _("%(sheet)sRow %(row)s above the headings is left out: “%(text)s”.")
        % {"sheet": _named(table), "row": row, "text": text[:80]}
        for row, text in above
    ]
    unknown = [
        f"{letters(index)} “{text[:40]}”" for index, text in enumerate(cells) if text and index not in meant
    ]
    if unknown:
        text = _("%(sheet)sColumns with an unknown heading are left out: %(columns)s.")
        notices.append(text % {"sheet": _named(table), "columns": ", ".join(unknown[:20])})
    return Headed(table, number, columns, notices)


def _named(table: Table) -> str:
    """Return the beginning of a sentence that names the sheet; nothing for a text file."""
    return _("Sheet “%(sheet)s”: ") % {"sheet": table.name} if table.name else ""


def _no_headings(sheet: Sheet, document: Document, nearest: tuple, needed: list[Column]) -> str:
    recognised, name, missing = nearest
    values = {"columns": "; ".join(_examples(missing)), "sheet": f"“{name}”" if name else ""}
    if recognised and name:
        return _("In sheet %(sheet)s a column is missing: %(columns)s. Add it with this heading.") % values
    if recognised:
        return _("A column is missing: %(columns)s. Add it with this heading.") % values
    if not any(table.height for table in document.tables):
        return _("The file holds no rows.")
    values["columns"] = "; ".join(_examples(needed))
    return (
        _("No row with headings was found in the first rows. These columns are needed: %(columns)s.") % values
    )


def _examples(columns: list[Column]) -> Iterator[str]:
    """Yield each column with the headings it may have."""
    for column in columns:
        label = str(column.label)
        others = [text for text in dict.fromkeys([*column.headings()]) if text != label]
        if (get_language() or "").startswith("en"):
            others.sort(key=lambda text: not text.isascii())
        yield f"{label} ({', '.join(others[:4])})"
