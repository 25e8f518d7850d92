"""Which headings are series where none is called 第一系列: the outermost of several levels."""

from collections.abc import Sequence
from itertools import pairwise

from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.shapes import CONTENT, Form, Shape


def outermost_level(shapes: Sequence[Shape]) -> tuple[int, int] | None:
    """Return the depth of the headings that have others directly under them; None where there is one level only."""
    if any(shape.form is Form.SERIES for shape in shapes):
        return None
    marked = [shape for shape in shapes if _is_heading(shape) or shape.form in CONTENT]
    depths = [shape.depth for shape in marked if _is_heading(shape)]
    if not depths:
        return None
    outermost = min(depths)
    for shape, following in pairwise(marked):
        if shape.form in CONTENT or following.form in CONTENT:
            continue
        if shape.depth == outermost and following.depth > outermost:
            return outermost
    return None


def _is_heading(shape: Shape) -> bool:
    if shape.form is Form.TITLE:
        return True
    return shape.form is Form.NUMBERED and shape.style < 3 and not patterns.SENTENCE_MARKS.search(shape.rest)
