"""The parts of a bulletin by where they begin: head, list of series, results, findings, and what follows the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.head import is_imprint
from cityrank.exchange.bulletin.reader.shapes import CONTENT, Form, Shape
from cityrank.exchange.bulletin.reader.titles import canon

# What names a result or a part of the results.
_NAMING = frozenset({Form.SERIES, Form.TITLE})
# A page's title stands among its first lines, if not in the very first.
_FIRST_LINES = 12
_LONGEST_PAGE_TITLE = 80


@dataclass(frozen=True)
class Zones:
    """Offsets into the shapes; each zone ends where the next begins. `page_title` is -1 where there is none."""

    page_title: int
    listing: int
    body: int
    findings: int
    tail: int


def zones_of(shapes: Sequence[Shape]) -> Zones:
    """Find the zones. A zone that a bulletin lacks is empty."""
    page_title = _page_title(shapes)
    naming = [place for place, shape in enumerate(shapes) if shape.form in _NAMING and place != page_title]
    start = _start(shapes, naming, page_title)
    last = _last_result(shapes, start)
    tail = _tail(shapes, last)
    findings = _findings(shapes, last, tail)
    body = _body(shapes, naming, start, findings)
    return Zones(page_title, min(start, body), body, findings, tail)


def _page_title(shapes: Sequence[Shape]) -> int:
    filled = [
        place
        for place, shape in enumerate(shapes)
        if shape.form not in (Form.BLANK, Form.FURNITURE, Form.PICTURE)
    ]
    first_lines = filled[:_FIRST_LINES]
    for place in first_lines:
        if shapes[place].form in (Form.SERIES, Form.CITATION, Form.ROW):
            break
        if shapes[place].line.level == 1 and not _alone(shapes, place):
            return place
    if not first_lines or not _can_be_page_title(shapes[first_lines[0]]):
        return -1
    place = first_lines[0]
    return -1 if shapes[place].form is Form.TITLE and not _is_title_of_all(shapes, filled) else place


def _can_be_page_title(shape: Shape) -> bool:
    text = shape.line.text.strip()
    prose = "。" in text or len(text) > _LONGEST_PAGE_TITLE or is_imprint(text)
    return (
        not prose
        and shape.style == 9
        and shape.form in (Form.TITLE, Form.SENTENCE, Form.NAME)
        and not patterns.LISTING_STARTS.search(text)
    )


def _alone(shapes: Sequence[Shape], place: int) -> bool:
    """Whether a title is the only one of a bulletin, and so the title of what stands under it."""
    return shapes[place].form is Form.TITLE and not any(
        shape.form in _NAMING for other, shape in enumerate(shapes) if other != place
    )


def _is_title_of_all(shapes: Sequence[Shape], filled: Sequence[int]) -> bool:
    """Whether a first line in the form of an award's title is that of the page: it says so, or what follows does."""
    place = filled[0]
    if _alone(shapes, place):
        return False
    text = shapes[place].line.text.strip()
    following = filled[1:4]
    if patterns.WHOLE_WORDS.search(text) or any(is_imprint(shapes[other].line.text) for other in following):
        return True
    again = any(shape.form in _NAMING and canon(shape.rest) == canon(text) for shape in shapes[place + 1 :])
    return not again and bool(following) and shapes[following[0]].form in _NAMING


def _start(shapes: Sequence[Shape], naming: Sequence[int], page_title: int) -> int:
    """Return where the lead ends: at the list of series, or at the first result."""
    beginnings = naming[:1]
    for place, shape in enumerate(shapes):
        if place == page_title or (beginnings and place >= beginnings[0]):
            continue
        if (
            shape.form in CONTENT - {Form.PICTURE}
            or shape.form is Form.HEADER
            or _opens_listing(shapes, place)
        ):
            return place
        if shape.form is Form.NUMBERED and shape.style < 3 and "。" not in shape.rest:
            return place
    return beginnings[0] if beginnings else len(shapes)


def _opens_listing(shapes: Sequence[Shape], place: int) -> bool:
    text = shapes[place].line.text
    if not patterns.LISTING_STARTS.search(text):
        return False
    following = [shape for shape in shapes[place + 1 : place + 8] if shape.form is not Form.BLANK][:2]
    return any(shape.form in _NAMING or shape.form is Form.NUMBERED for shape in following)


def _last_result(shapes: Sequence[Shape], start: int) -> int:
    """Return the last line that is surely of a result. Pictures are left out: there are some in every footer."""
    results = [
        place
        for place in range(start, len(shapes))
        if shapes[place].form in (CONTENT | _NAMING) - {Form.PICTURE}
    ]
    return results[-1] if results else start


def _tail(shapes: Sequence[Shape], last: int) -> int:
    """Return where the bulletin says that it ends; what follows is the page again."""
    for place in range(last + 1, len(shapes)):
        if patterns.CLOSES.search(shapes[place].line.text):
            return place
    return len(shapes)


def _findings(shapes: Sequence[Shape], last: int, tail: int) -> int:
    """Return where the findings begin: at the sentence that announces them, or at the first that is numbered."""
    for place in range(last + 1, tail):
        if _announces_findings(shapes[place]) or _is_first_finding(shapes, place):
            pictures = [other for other in range(place, tail) if shapes[other].form is Form.PICTURE]
            before = _first_numbered(shapes, place, tail)
            return max((other + 1 for other in pictures if other < before), default=place)
    return tail


def _announces_findings(shape: Shape) -> bool:
    prose = shape.form in (Form.SENTENCE, Form.NAME, Form.NUMBERED)
    return prose and bool(patterns.FINDINGS_START.search(shape.line.text))


def _is_first_finding(shapes: Sequence[Shape], place: int) -> bool:
    """Whether a line is a sentence numbered 一、 and not the first paragraph of a citation."""
    shape = shapes[place]
    if shape.form is not Form.NUMBERED or (shape.style, shape.number) != (1, 1):
        return False
    before = next((other for other in reversed(shapes[:place]) if other.form is not Form.BLANK), None)
    return before is None or before.form is not Form.CITATION or bool(before.rest.strip())


def _first_numbered(shapes: Sequence[Shape], place: int, tail: int) -> int:
    return next((other for other in range(place, tail) if shapes[other].form is Form.NUMBERED), place)


def _body(shapes: Sequence[Shape], naming: Sequence[int], start: int, findings: int) -> int:
    """Return where the results begin; before that, titles are only listed."""
    first = _first_content(shapes, start, findings)
    if first is None:
        return start
    before = [place for place in naming if start <= place < first]
    found = [*_restarts(shapes, before), *_announcements(shapes, before, first)]
    if not found and not any(shapes[place].form is Form.SERIES for place in before):
        found = list(_repetitions(shapes, before))
    return max(found, default=start)


def _first_content(shapes: Sequence[Shape], start: int, end: int) -> int | None:
    return next((place for place in range(start, end) if shapes[place].form in CONTENT), None)


def _restarts(shapes: Sequence[Shape], before: Sequence[int]) -> Iterator[int]:
    """Yield where the counting of the outermost headings begins anew: 第一系列 after 第八系列."""
    numbered = [place for place in before if shapes[place].number is not None]
    if not numbered:
        return
    top = min(shapes[place].style for place in numbered)
    outermost = [place for place in numbered if shapes[place].style == top]
    for place, following in pairwise(outermost):
        if (shapes[following].number or 0) < (shapes[place].number or 0):
            yield following


def _announcements(shapes: Sequence[Shape], before: Sequence[int], first: int) -> Iterator[int]:
    """Yield where a sentence says that the results follow: 具体评估成果如下:"""
    if before:
        for place in range(before[0] + 1, first):
            shape = shapes[place]
            if shape.form in (Form.SENTENCE, Form.NAME) and patterns.BODY_STARTS.search(shape.line.text):
                yield place


def _repetitions(shapes: Sequence[Shape], before: Sequence[int]) -> Iterator[int]:
    """Yield where a list of two or more titles begins anew, without a number or a word to say so."""
    seen: set[str] = set()
    for place in before:
        title = canon(shapes[place].rest)
        if title in seen and len(seen) > 1:
            yield place
            return
        seen.add(title)
