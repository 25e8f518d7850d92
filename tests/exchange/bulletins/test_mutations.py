"""Delete, double or swap any line of a bulletin: the reader gives the right changed result, or it asks.

Two things are held for every line that was a line of winners and is still in the text, and for every name on it:

1. No winner is dropped silently. The name is a winner or a row of a table where it stands; or it lies in a piece that
   is not understood; or a notice speaks of the place. It never lies in furniture, a citation or a heading without one.
2. No winner goes to the wrong award silently. Either each award has the names of its own lines that are still there,
   or there is a notice that the unchanged bulletin does not have.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.elements import Became, Line, Reading, Span
from cityrank.exchange.bulletin.reading import read_bulletin
from tests.exchange.bulletins.composing import compose
from tests.exchange.bulletins.samples import texts

pytestmark = pytest.mark.long

TEXTS = {
    "composed": compose().text,
    "two-levels": texts.two_levels().content.decode(),
    "no-series": texts.no_series().content.decode(),
}
CHANGES = ("delete", "double", "swap")


@cache
def unchanged(name: str) -> Reading:
    return read_bulletin(read_document(TEXTS[name].encode(), name))


def changed(lines: list[str], change: str) -> Iterator[list[str]]:
    """Yield the lines with each of them deleted, doubled, or swapped with the next."""
    for place, line in enumerate(lines):
        if change == "delete":
            yield lines[:place] + lines[place + 1 :]
        elif change == "double":
            yield [*lines[:place], line, *lines[place:]]
        elif place + 1 < len(lines):
            yield [*lines[:place], lines[place + 1], line, *lines[place + 2 :]]


def lists_of(reading: Reading) -> dict[str, tuple[str, list[str]]]:
    """Return by its text each line that holds winners: the title of their award, and their names."""
    lists: dict[str, tuple[str, list[str]]] = {}
    for award in reading.awards:
        for winner in award.winners:
            line = reading.document.lines[winner.span.line - 1]
            lists.setdefault(line.text, (award.title_printed, []))[1].append(winner.printed)
    return lists


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_line_never_costs_a_winner(name: str, change: str) -> None:
    before = unchanged(name)
    lists = lists_of(before)
    # Blank lines carry nothing, which is tested for itself.
    lines = [line.text for line in before.document.lines if line.text.strip()]
    for mutated in changed(lines, change):
        reading = read_bulletin(read_document("\n".join(mutated).encode(), name))
        assert reading.unaccounted() == []
        for line in reading.document.lines:
            for winner in lists.get(line.text, ("", []))[1]:
                assert _is_shown(reading, line, winner), (winner, line.text, _difference(lines, mutated))
        if _winners(reading) != _still_there(lists, mutated):
            known = {notice.key for notice in before.notices}
            assert [notice for notice in reading.notices if notice.key not in known], _difference(
                lines, mutated
            )


def _is_shown(reading: Reading, line: Line, name: str) -> bool:
    """Whether a person who sees the report sees a name of this line: as a winner or a row, or as a question."""
    elements = [winner for award in reading.awards for winner in award.winners]
    if any(_within(each.span, line) and each.printed == name for each in elements):
        return True
    rows = [row for ranking in reading.rankings for row in ranking.rows]
    if any(_within(row.span, line) and row.printed == name for row in rows):
        return True
    asked = [piece.span for piece in reading.pieces_that(Became.NOT_UNDERSTOOD)]
    asked += [notice.span for notice in reading.notices if notice.span]
    return any(span.start < line.end and line.start < span.end for span in asked)


def _within(span: Span, line: Line) -> bool:
    return line.start <= span.start and span.end <= line.end


def _winners(reading: Reading) -> dict[str, list[str]]:
    return {
        award.title_printed: sorted(winner.printed for winner in award.winners)
        for award in reading.awards
        if award.winners
    }


def _still_there(lists: dict[str, tuple[str, list[str]]], lines: list[str]) -> dict[str, list[str]]:
    """Return what each award must have: the names of its lines that are still in the text."""
    left: dict[str, list[str]] = {}
    for text, (title, names) in lists.items():
        if text in lines:
            left.setdefault(title, []).extend(names)
    return {title: sorted(names) for title, names in left.items()}


def _difference(before: list[str], after: list[str]) -> str:
    place = next(
        (place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), -1
    )
    return f"first change at line {place}: {before[place][:40]!r} became {after[place][:40]!r}"
