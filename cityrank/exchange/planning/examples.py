"""What a template brings along besides rows: an example, marked in the column of names, and an explanation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cityrank.exchange.columns import Column, Sheet
from cityrank.exchange.reading import Table
from cityrank.exchange.reading.tables import Row

# By language what stands before the name in an example row. No place, organisation or group is called so.
MARKS = {"zh-hans": "示例：", "en": "Example: "}
# By language the name of the sheet of a template that explains its columns. It holds headings, but no rows.
EXPLANATIONS = {"zh-hans": "填写说明", "en": "How to fill this in"}
_MARKED = re.compile(r"\s*(?:示例|example)\s*[:：]", re.IGNORECASE)
_NAMES = ("printed_name", "printed_label", "name_zh")


def marked_column(sheet: Sheet) -> Column:
    """Return the column that has the mark: what a row is called."""
    return next(sheet.by_name[name] for name in _NAMES if name in sheet.by_name)


def _is_marked(text: str) -> bool:
    # Nearly no name has a colon, which is quickly seen.
    return (":" in text or "：" in text) and _MARKED.match(text) is not None


def without_examples(table: Table, sheet: Sheet, columns: Mapping[str, int]) -> Table:
    """Return a table without its example rows. `columns` says which column of the table means what."""
    at = columns[marked_column(sheet).name]

    def read(wanted: Sequence[int] | None = None) -> Iterator[Row]:
        if wanted is None:
            for number, texts in table.read(None):
                if at >= len(texts) or not _is_marked(texts[at]):
                    yield number, texts
            return
        # The column is read besides, and not handed on.
        for number, texts in table.read([*wanted, at]):
            if not _is_marked(texts[-1]) and any(texts[:-1]):
                yield number, texts[:-1]

    return replace(table, read=read)
