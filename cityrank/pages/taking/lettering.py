"""Text in drawings of ours: how wide it is, and how it is broken into lines that fit. Pure functions.

A drawing has no layout engine, and on a page of somebody else nobody knows the font. So widths are estimates on the
safe side, in em: a Chinese character is one, a Latin letter by its kind.
"""

import unicodedata

_NARROW = frozenset("iljtfrI.,:;'|!()[] -·")
_WIDE = frozenset("mwMW@%—…")
# Never at the beginning of a line.
_CLOSING = frozenset("，。、；：！？）》」』】”’,.;:!?)]")
ELLIPSIS = "…"


def width(text: str) -> float:
    """Return how wide a text is, in em."""
    return sum(map(_width, text))


def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    if char in _NARROW:
        return 0.34
    if char in _WIDE:
        return 1
    return 0.68 if char.isupper() else 0.57


def shortened(text: str, room: float) -> str:
    """Return as much of the text as `room` em hold, with an ellipsis where something is left out."""
    if width(text) <= room:
        return text
    cut = text
    while cut and width(cut) + width(ELLIPSIS) > room:
        cut = cut[:-1]
    # Between words, unless hardly anything would be left.
    if text[len(cut) : len(cut) + 1].isalnum() and cut[-1:].isascii() and " " in cut[len(cut) // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,，、;；:：") + ELLIPSIS


def wrapped(text: str, room: float, most: int) -> list[str]:
    """Break a text into at most `most` lines of `room` em; what does not fit ends in an ellipsis."""
    lines, line = [], ""
    for piece in _pieces(text):
        if width((line + piece).rstrip()) <= room or (not line.strip() and width(piece) > room):
            line += piece
        else:
            lines.append(line.strip())
            line = piece.lstrip()
    lines = [one for one in [*lines, line.strip()] if one]
    if len(lines) <= most:
        return [shortened(one, room) for one in lines]
    rest = "".join(_joined(lines[most - 1 :]))
    return [*(shortened(one, room) for one in lines[: most - 1]), shortened(rest + ELLIPSIS, room)]


def fitting(text: str, ways: list[tuple[int, int]], pixels: float) -> tuple[int, list[str]]:
    """Return the size and the lines of the first way in which the text fits, else of the last, cut.

    A way is a size in pixels and how many lines of it there may be, each of `pixels`.
    """
    for size, most in ways:
        lines = wrapped(text, pixels / size, most + 1)
        if len(lines) <= most and not any(line.endswith(ELLIPSIS) for line in lines):
            return size, lines
    size, most = ways[-1]
    return size, wrapped(text, pixels / size, most)


def _joined(lines: list[str]) -> list[str]:
    """Put lines together again, with the blank that stood between Latin words."""
    return [
        line + (" " if line[-1:].isascii() and following[:1].isascii() and following else "")
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    ]


def _pieces(text: str) -> list[str]:
    """Split a text where a line may end: after a blank, and before and after a Chinese character."""
    pieces: list[str] = []
    for char in text:
        alone = unicodedata.east_asian_width(char) in "WF"
        before = pieces[-1][-1] if pieces else " "
        if char in _CLOSING and pieces:
            pieces[-1] += char
        elif not pieces or alone or before == " " or unicodedata.east_asian_width(before) in "WF":
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces
