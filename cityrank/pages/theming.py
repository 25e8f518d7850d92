"""The style sheet in one theme, whatever the reader's system prefers: for tables that others show on their pages.

Colours of the dark theme are written once, in the sheet, inside `@media (prefers-color-scheme: dark)`. A sheet that is
light has these blocks no more; in one that is dark they hold without the condition.
"""

import re

_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{")


def light(sheet: str) -> str:
    """Return the sheet without what holds in the dark only."""
    return _themed(sheet, is_dark=False) + "\n:root { color-scheme: light; }\n"


def dark(sheet: str) -> str:
    """Return the sheet with what holds in the dark always in force, but on paper."""
    return _themed(sheet, is_dark=True) + "\n:root { color-scheme: dark; }\n"


def _themed(sheet: str, *, is_dark: bool) -> str:
    """Return the sheet with what stands inside of each dark block in its place, or nothing."""
    parts, start = [], 0
    while found := _DARK.search(sheet, start):
        end = _closing(sheet, found.end())
        parts += [sheet[start : found.start()], sheet[found.end() : end] if is_dark else ""]
        start = end + 1
    return "".join([*parts, sheet[start:]])


def _closing(text: str, start: int) -> int:
    """Return where the brace stands that closes the one before `start`."""
    depth = 1
    for place in re.finditer(r"[{}]", text[start:]):
        depth += 1 if place[0] == "{" else -1
        if not depth:
            return start + place.start()
    raise ValueError("A block of the style sheet is not closed.")
