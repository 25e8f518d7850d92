"""The list of series at the beginning of a bulletin, or its table of contents: titles and nothing under them."""

from collections.abc import Iterator, Sequence

from cityrank.exchange.bulletin.elements import Became, Sure
from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.blocks import Block, Listed, Outline, Part
from cityrank.exchange.bulletin.reader.numerals import integer, narrow
from cityrank.exchange.bulletin.reader.shapes import Form, Shape
from cityrank.exchange.bulletin.reader.titles import SAME_TITLE, likeness, looks_like_title, read_title

# Of titles that are not the same: no bulletin has fifty in its list that its results call otherwise.
_MOST_COMPARISONS = 2_500


def read_listing(shapes: Sequence[Shape]) -> tuple[list[Listed], list[Part]]:
    """Return the titles that are listed, and the parts of the text that only announce them."""
    listed: list[Listed] = []
    loose: list[Part] = []
    seen: set[tuple[int | None, str]] = set()
    series: int | None = None
    for shape in shapes:
        if shape.form is Form.SERIES:
            series = shape.number
            loose.append(part_of(shape, Became.SERIES_LISTED, 0, shape.at))
        entry = _entry(shape)
        if entry is None:
            loose.extend(_loose(shape))
            continue
        title = read_title(shape.rest)
        if (series, title.printed) in seen:
            # A table of contents and a list of series say the same.
            entry.became = Became.REPEATED
            loose.append(entry)
            continue
        seen.add((series, title.printed))
        listed.append(Listed(series, title, entry))
    return listed, loose


def announced_series(shapes: Sequence[Shape]) -> int | None:
    """Return how many series the text says there are: 本次评估共八大系列."""
    for shape in shapes:
        if found := patterns.SERIES_COUNT.search(narrow(shape.line.text)):
            return integer(found["count"])
    return None


def part_of(shape: Shape, became: Became, start: int, end: int | None = None) -> Part:
    """Return a part of a shape's line, by offsets in the line."""
    line = shape.line
    return Part(became, line.start + start, line.end if end is None else line.start + end, line, shape=shape)


def _entry(shape: Shape) -> Part | None:
    """Return the title that a line of the list holds, with the number before it."""
    has_title = shape.form in (Form.TITLE, Form.SERIES) or (
        shape.form in (Form.NUMBERED, Form.WINNERS, Form.NAME)
        and (shape.style < 9 or looks_like_title(shape.rest))
    )
    if not has_title or not shape.rest.strip():
        return None
    return part_of(shape, Became.AWARD_LISTED, shape.at if shape.form is Form.SERIES else 0)


def _loose(shape: Shape) -> Iterator[Part]:
    if shape.form in (Form.SENTENCE, Form.NAME, Form.NUMBERED):
        part = part_of(shape, Became.LEAD, 0)
        part.sure = Sure.LIKELY
        yield part


def attach_listed(outline: Outline) -> None:
    """Find for each listed title the title of the results that is the same, by its words, then by likeness."""
    numbers = {block.series for block in outline.blocks}
    for listed in outline.listed:
        where = sorted(numbers) if listed.series is None else [listed.series]
        same = [block for number in where for block in outline.with_title(number, listed.title.canon)]
        _attach(listed, [block for block in same if block.listed is None])
    left = [block for block in outline.blocks if block.title and block.listed is None]
    missing = [listed for listed in outline.listed if not listed.found]
    if len(left) * len(missing) > _MOST_COMPARISONS:
        return
    for listed in missing:
        fitting = [block for block in left if block.listed is None and _is_alike(listed, block)]
        _attach(listed, sorted(fitting, key=lambda block: -likeness(listed.title.printed, _printed(block))))


def _attach(listed: Listed, fitting: Sequence[Block]) -> None:
    if fitting:
        fitting[0].listed, listed.found = listed, True


def _is_alike(listed: Listed, block: Block) -> bool:
    same_series = listed.series is None or listed.series == block.series
    return same_series and likeness(listed.title.printed, _printed(block)) >= SAME_TITLE


def _printed(block: Block) -> str:
    return block.title.printed if block.title else ""
