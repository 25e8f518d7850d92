"""The badge of a winner: a small drawing for its own page, that says what the certificate says. Pure functions.

Whoever shows it does so by its address, so that it says something else once the certificate does not hold any more.
The font is whatever the reader has: widths are estimated, and every line is held to its room.
"""

from dataclasses import dataclass

from cityrank.pages.taking import lettering, svg

WIDTH, HEIGHT = 360, 128
TEXT_LEFT, TEXT_RIGHT = 96, 346
ROOM = TEXT_RIGHT - TEXT_LEFT
FONTS = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
# Sizes of the title and how many lines of each there is room for.
TITLE = [(21, 2), (19, 2), (17, 2), (15, 2), (14, 3)]
# Paper, ink, quiet ink, rule, seal, and what is drawn on the seal. As in the style sheet; a test holds them together.
THEMES = {
    "light": ("#fffefb", "#1c1e24", "#575a63", "#ddd8cb", "#a8321f", "#ffffff"),
    "dark": ("#1c1f26", "#ecebe6", "#a9acb5", "#353a44", "#c24a35", "#ffffff"),
}


@dataclass(frozen=True)
class Badge:
    """What a badge says. `address` is where it leads when opened by itself; `description` is for screen readers."""

    title: str
    above: str
    name: str
    foot: str
    description: str
    address: str
    language: str
    holds: bool = True


def drawn(badge: Badge, theme: str = "light") -> str:
    """Return the badge as SVG, with an accessible title and description. What holds no more is struck out in grey."""
    paper, ink, soft, rule, seal, on_seal = THEMES[theme]
    size, lines = lettering.fitting(svg.plain(badge.title), TITLE, ROOM)
    at = 38.0 if len(lines) > 1 else 46.0
    parts = [
        svg.words("title", f"{badge.title} · {badge.name}" if badge.name else badge.title, id="title"),
        svg.words("desc", badge.description, id="desc"),
        svg.element("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, rx=8, fill=paper, stroke=rule),
        svg.element("rect", x=0, y=0, width=82, height=HEIGHT, rx=8, fill=seal if badge.holds else soft),
        svg.mark(17, 26, 48, "none", on_seal),
        svg.text("CityRank", x=41, y=100, font_size=13, font_weight=700, fill=on_seal, text_anchor="middle"),
        _line(badge.above, 21, 12, soft),
    ]
    for line in lines:
        parts.append(_line(line, at + size * 0.42, size, ink if badge.holds else soft, weight=700))
        at += size * 1.2
    if badge.name:
        parts.append(_line(badge.name, at + 12, 15, ink))
    parts.append(_line(badge.foot, HEIGHT - 10, 11, soft))
    content = (
        svg.element("a", *parts[2:], href=badge.address, target="_blank")
        if badge.address
        else "".join(parts[2:])
    )
    return svg.element(
        "svg",
        *parts[:2],
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        aria_labelledby="title desc",
        lang=badge.language,
        font_family=FONTS,
    )


def _line(text: str, y: float, size: int, fill: str, weight: int = 400) -> str:
    """One line; a text near the end of its room is held to it, whatever the font."""
    shown = lettering.shortened(svg.plain(text), ROOM / size)
    is_full = lettering.width(shown) * size > ROOM * 0.94
    held = {"textLength": ROOM, "lengthAdjust": "spacingAndGlyphs"} if is_full else {}
    return svg.text(shown, x=TEXT_LEFT, y=f"{y:.1f}", font_size=size, font_weight=weight, fill=fill, **held)
