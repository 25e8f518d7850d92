"""Templates to fill in: the columns of one target with drop-downs, an example and an explanation, or its present rows.

What is filled in comes back by the import, whichever language the headings are in.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, BinaryIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from cityrank.exchange.cells import neutralised
from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.exchange.planning.examples import EXPLANATIONS, MARKS, marked_column
from cityrank.exchange.targets import Target
from cityrank.exchange.writing import Rows
from cityrank.exchange.writing.csv_files import BOM, as_text
from cityrank.exchange.writing.xlsx_files import FIRST_DAY, LONGEST_TITLE, MADE, MOST_ROWS, fitting
from scores.models import Band, Ranking

# Rows that an empty template is prepared for: drop-downs and formats reach as far.
_PREPARED = MOST_ROWS - 1
_WIDTHS = {Kind.TEXT: 26, Kind.SUBJECT: 20, Kind.REFERENCE: 28, Kind.CHOICE: 16}
_NARROW = 14
# Longest hint that a spreadsheet shows beside a cell.
_HINT = 250


class Blank:
    """A template for a target, with headings in a language (zh-hans or en); `filled` with its present rows."""

    def __init__(self, target: Target, language: str, *, filled: bool = False) -> None:
        self.target, self.language, self.filled = target, language, filled
        self.columns = target.columns

    @cached_property
    def options(self) -> dict[str, dict[str, str]]:
        """By name of a column what it may hold and how that is written: the choices, and rows of the same release."""
        found: dict[str, dict[str, str]] = {}
        for column in self.columns:
            if column.choices is not None:
                found[column.name] = {str(value): str(label) for value, label in column.choices.choices}
            elif column.kind is Kind.REFERENCE and self.target.release is not None:
                found[column.name] = self._named(column)
        return {name: options for name, options in found.items() if options}

    def _named(self, column: Column) -> dict[str, str]:
        """Return the rows that a reference may name: by title where that is enough, else by identifier."""
        assert column.to is not None
        identifier = column.path.removeprefix(f"{column.name}__")
        rows = column.to._default_manager.of_release(self.target.release)  # type: ignore[attr-defined]
        if column.to is Band:
            if isinstance(self.target.into, Ranking):
                rows = rows.filter(ranking=self.target.into)
            return {label: label for label in rows.order_by("position").values_list("label_zh", flat=True)}
        if identifier == "key":
            return {key: key for key in rows.order_by("key").values_list("key", flat=True)}
        titles = list(rows.order_by("series__number", "position").values_list(identifier, "title_printed"))
        often = [title for _slug, title in titles]
        return {slug: title if often.count(title) == 1 else slug for slug, title in titles}

    @property
    def headings(self) -> list[str]:
        return [column.label_in(self.language) for column in self.columns]

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield the present rows, or one example; with words instead of names for programs."""
        if not self.filled:
            yield [self.example(column) for column in self.columns]
            return
        sheet = self.target.sheet
        part = Sheet(sheet.name, sheet.title, sheet.model, self.columns, sheet.key, sheet.order, sheet.into)
        options: list[dict[Any, str]] = [{**self.options.get(column.name, {})} for column in self.columns]
        for row in Rows(part, part.ordered(self._present())):
            yield [words.get(value, value) for words, value in zip(options, row, strict=True)]

    def _present(self) -> QuerySet:
        target = self.target
        rows = target.sheet.model._default_manager.all()
        if target.into is not None:
            return rows.filter(**{target.sheet.into: target.into.pk})
        return rows.of_release(target.release) if target.release is not None else rows  # type: ignore[attr-defined]

    def example(self, column: Column) -> str:
        if column == marked_column(self.target.sheet):
            return MARKS[self.language] + column.example
        options = self.options.get(column.name, {})
        if column.kind is Kind.REFERENCE:
            return next(iter(options.values()), column.example)
        return options.get(column.example, column.example)

    # --- files --------------------------------------------------------------------------------------------------------

    def write_csv(self, file: BinaryIO) -> None:
        """Write it as CSV in UTF-8 with a byte order mark, as spreadsheets expect it."""
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        file.write(BOM)
        lines = csv.writer(text)
        with override(self.language):
            lines.writerow([neutralised(heading) for heading in self.headings])
            lines.writerows([as_text(value) for value in row] for row in self.rows())
        text.detach()

    def write_xlsx(self, file: BinaryIO) -> None:
        """Write it as a workbook; its second sheet explains each column and holds what the drop-downs offer."""
        with override(self.language):
            book = xlsxwriter.Workbook(file, {"constant_memory": True})
            book.set_properties({"created": MADE})
            _Book(self, book).write()
            book.close()


class _Book:
    """Writes a template into a workbook."""

    def __init__(self, blank: Blank, book: Any) -> None:
        self.blank, self.book = blank, book
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.needed = book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#FEF3C7", "text_wrap": True, "valign": "top"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.formats = [self._format(column) for column in blank.columns]
        self.examples = [self._format(column, italic=True) for column in blank.columns]
        # One for each number of decimals; a workbook keeps all that were ever asked for.
        self.figure = cache(self._figure)
        self.explanation = EXPLANATIONS[blank.language]

    def _figure(self, decimals: int) -> Any:
        return self.book.add_format({"num_format": "0." + "0" * decimals if decimals else "0"})

    def _format(self, column: Column, *, italic: bool = False) -> Any:
        """Codes and names are texts, so that no zero before them is lost; figures show the decimals of their table."""
        how: dict[str, Any] = {"italic": True, "font_color": "#6B7280"} if italic else {}
        into = self.blank.target.into
        if column.kind is Kind.DECIMAL:
            decimals = into.decimals if isinstance(into, Ranking) else None
            how["num_format"] = "0." + "0" * decimals if decimals else "General"
        elif column.kind is Kind.DATE:
            how["num_format"] = "yyyy-mm-dd"
        elif column.kind is not Kind.WHOLE:
            how["num_format"] = "@"
        return self.book.add_format(how)

    def write(self) -> None:
        blank = self.blank
        title = capfirst(str(blank.target.sheet.title))
        sheet = self.book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:LONGEST_TITLE])
        for at, (column, heading) in enumerate(zip(blank.columns, blank.headings, strict=True)):
            sheet.set_column(at, at, _WIDTHS.get(column.kind, _NARROW), self.formats[at])
            sheet.write_string(0, at, heading, self.needed if column.required else self.bold)
            sheet.data_validation(1, at, _PREPARED, at, self._validation(column))
        sheet.freeze_panes(1, 0)
        formats = self.formats if blank.filled else self.examples
        for line, row in enumerate(blank.rows(), 1):
            for at, value in enumerate(row):
                self._cell(sheet, line, at, value, formats[at])
        self._explain()

    def _validation(self, column: Column) -> dict[str, Any]:
        """Return the hint beside the cells of a column and its drop-down; the spreadsheet refuses nothing else."""
        hint = {"input_title": capfirst(str(column.label))[:32], "input_message": str(column.about)[:_HINT]}
        options = self.blank.options.get(column.name)
        if not options:
            return {"validate": "any", **hint}
        at = _FIRST_LIST + list(self.blank.options).index(column.name)
        letter = xlsxwriter.utility.xl_col_to_name(at)
        source = f"='{self.explanation}'!${letter}$2:${letter}${len(options) + 1}"
        return {"validate": "list", "source": source, "error_type": "warning", **hint}

    def _cell(self, sheet: Any, line: int, at: int, value: Any, how: Any) -> None:
        match value:
            case None | "":
                return
            case Decimal():
                sheet.write_number(
                    line, at, float(value), self.figure(max(-int(value.as_tuple().exponent), 0))
                )
            case int():
                sheet.write_number(line, at, value, how)
            case dt.date() if value >= FIRST_DAY:
                sheet.write_datetime(line, at, value, how)
            case _:
                sheet.write_string(line, at, fitting(neutralised(as_text(value))), how)

    def _explain(self) -> None:
        """Write the second sheet: a line for each column, and beside them the lists of the drop-downs."""
        sheet = self.book.add_worksheet(self.explanation)
        lists = [list(options.values()) for options in self.blank.options.values()]
        heads = [capfirst(str(self.blank.target.sheet.by_name[name].label)) for name in self.blank.options]
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 60, self.wrapped)
        sheet.set_column(2, 3, 18)
        sheet.set_column(_FIRST_LIST, _FIRST_LIST + len(lists), 26)
        sheet.freeze_panes(1, 0)
        lines: list[list[str]] = [
            [_("Column"), _("What it holds"), _("Needed"), _("For example"), "", *heads]
        ]
        told = [self._told(column) for column in self.blank.columns]
        if not self.blank.filled:
            mark = MARKS[self.blank.language].strip()
            text = _("The row that begins with “%(mark)s” is an example. It is left out, if you leave it in.")
            told.append([_("Example"), text % {"mark": mark}, "", "", ""])
        for at in range(max([len(told), *map(len, lists)])):
            left = told[at] if at < len(told) else [""] * _FIRST_LIST
            lines.append([*left, *(one[at] if at < len(one) else "" for one in lists)])
        for line, texts in enumerate(lines):
            for at, text in enumerate(texts):
                if text:
                    how = self.bold if line == 0 else self.wrapped
                    sheet.write_string(line, at, fitting(neutralised(text)), how)

    def _told(self, column: Column) -> list[str]:
        needed = _("yes") if column.required else ""
        others = [column.label_in(language) for language in MARKS if language != self.blank.language]
        about = str(column.about)
        if also := [*others, *column.also]:
            about += " " + _("Also understood: %(headings)s.") % {"headings": ", ".join(dict.fromkeys(also))}
        return [column.label_in(self.blank.language), about, needed, column.example, ""]


# Where the lists of the drop-downs begin on the second sheet.
_FIRST_LIST = 5
