"""Files of rows made on the spot, and a draft to import them into."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter

from awards.models import Release
from cityrank.exchange.importing import apply_import, open_import, preview
from cityrank.exchange.models import Import
from scores.models import Ranking
from tests.factories import awards, registry, scores

CITIES = {"330100": "杭州市", "330200": "宁波市", "330300": "温州市", "331000": "台州市", "330600": "绍兴市"}


def draft_with_cities() -> Release:
    """Return an empty draft; the registry has the cities that rows may be about."""
    for code, name in CITIES.items():
        registry.place(code, name, "prefecture", registry.zhejiang())
    return awards.empty_draft()


def empty_table(draft: Release | None = None, slug: str = "cities-50", **fields: object) -> Ranking:
    draft = draft or draft_with_cities()
    values = {"state": "not_transcribed", "cutoff": 3, **fields}
    return scores.ranking(awards.series(draft, 8), slug, **values)


def text_of(rows: Iterable[Sequence[object]], separator: str = "\t") -> str:
    return "\n".join(separator.join(str(cell) for cell in row) for row in rows)


def xlsx(*rows: Sequence[Any], sheet: str = "得分", more: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return a workbook. A cell is a value, or one with its number format; `more(book, sheet)` adds what it likes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            value, form = cell if isinstance(cell, tuple) else (cell, "")
            if value is not None:
                page.write(number, column, value, book.add_format({"num_format": form}) if form else None)
    if more is not None:
        more(book, page)
    book.close()
    return file.getvalue()


def planned(content: bytes | str, table: Ranking, by: object = None, **options: Any) -> Import:
    """Return the preview of a file of scores into a table."""
    options = {"sheet": "scores", "name": "得分.xlsx", "release": table.release, "into": table, **options}
    import_, _new = open_import(options.pop("sheet"), content, options.pop("name"), by=by, **options)
    return preview(import_)


def imported(content: bytes | str, table: Ranking, by: object = None, **options: Any) -> Import:
    return apply_import(planned(content, table, by, **options), by)


def kinds(import_: Import) -> list[str]:
    return list(import_.rows.order_by("number").values_list("kind", flat=True))


def complaints(import_: Import) -> list[str]:
    """Return what is said of refused rows, as "row column: sentence"."""
    return [
        f"{row.row} {problem['column']}: {problem['text']}"
        for row in import_.rows.filter(kind="refused").order_by("number")
        for problem in row.problems
    ]


def stored(table: Ranking) -> list[tuple]:
    """Return the rows of a table as they are in the database, all columns but what follows from others."""
    names = [field.attname for field in table.scores.model._meta.concrete_fields]
    return list(table.scores.order_by("position").values_list(*names))
