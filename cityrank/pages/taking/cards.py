"""Share cards: a picture of 1200 by 630 dots that stands where somebody shares a page. `drawn` is a pure function."""

from dataclasses import dataclass

from cityrank.exchange.documents import fonts
from cityrank.pages.taking import lettering, svg

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 80, 1120
ROOM = RIGHT - LEFT
FONT = fonts.FAMILY
PAPER, INK, SOFT, RULE, SEAL = "#faf8f3", "#1c1e24", "#575a63", "#ddd8cb", "#a8321f"
# One for each series, as in the light theme of the style sheet; a test holds the two together.
ACCENTS = ("#a8321f", "#875800", "#2f6b3a", "#1f5f8b", "#00696b", "#7a3b86", "#3f4fa3", "#7d4a2d")
SUBTITLE = 36
# Lines of the list do not come closer than this.
LEAST_STEP = 50
# The widest figure, and the widest start of a line, in em.
FIGURE = 9
# Where the last line above the foot may stand.
LAST = 530
# Sizes of the title and how many lines of each there is room for: alone, or above a list or figures.
ALONE = [(84, 2), (72, 3), (60, 3), (50, 4)]
ABOVE_OTHERS = [(84, 2), (72, 2), (60, 2), (50, 2), (44, 3)]
ROWS_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """A line of the list: what stands in front (a rank, a year), what it is about, and a figure at the end."""

    lead: str
    text: str
    figure: str = ""


@dataclass(frozen=True)
class Card:
    """What a card says. `accent` is the number of the series, 1 to 8; `foot` says release and day."""

    eyebrow: str
    title: str
    subtitle: str = ""
    rows: tuple[Row, ...] = ()
    # Numbers that are the news themselves: each a large one with its word below.
    figures: tuple[Row, ...] = ()
    remark: str = ""
    foot: str = ""
    accent: int = 1


def drawn(card: Card) -> str:
    """Return the card as SVG. Long titles are set smaller, then cut; characters without a glyph are named."""
    colour = ACCENTS[(card.accent - 1) % len(ACCENTS)]
    is_alone = not (card.rows or card.figures)
    ways = ALONE if is_alone else ABOVE_OTHERS
    size, lines = lettering.fitting(fonts.printable(svg.plain(card.title)), ways, ROOM)
    parts = [
        svg.element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
        svg.element("rect", width=WIDTH, height=14, fill=colour),
        _line(card.eyebrow, 100, 30, colour, weight=700),
    ]
    at = 112.0
    for line in lines:
        at += size * 1.22
        parts.append(_line(line, at, size, INK, weight=700))
    # The list comes first: what stands above it gives way.
    rows = len(card.rows[:ROWS_SHOWN])
    is_tight = rows and (LAST - at - SUBTITLE * 1.75) / rows < LEAST_STEP
    subtitle = "" if is_tight else fonts.printable(svg.plain(card.subtitle))
    below = lettering.wrapped(subtitle, ROOM / SUBTITLE, 2 if is_alone else 1)
    for place, line in enumerate(below):
        at += SUBTITLE * (1.45 if place else 1.75)
        parts.append(_line(line, at, SUBTITLE, SOFT))
    parts += [*_figures(card, colour), *_rows(card, colour, at), *_foot(card)]
    return svg.element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        font_family=FONT,
    )


def _figures(card: Card, colour: str) -> list[str]:
    parts = []
    for place, row in enumerate(card.figures):
        x = LEFT + place * ROOM // max(len(card.figures), 3)
        parts += [
            svg.text(row.lead, x=x, y=450, font_size=88, font_weight=700, fill=colour),
            svg.text(fonts.printable(svg.plain(row.text)), x=x, y=498, font_size=30, fill=SOFT),
        ]
    return parts


def _rows(card: Card, colour: str, above: float) -> list[str]:
    """The list stands at the foot, and a remark below it or in its place."""
    leads = [lettering.shortened(fonts.printable(svg.plain(row.lead)), FIGURE) for row in card.rows]
    parts, shown = [], list(zip(leads, card.rows, strict=True))[:ROWS_SHOWN]
    bottom = 490 if card.remark else 524
    step = min(58.0, (bottom - above - 20) / max(len(shown), 1))
    at = above + 20
    indent = max((lettering.width(lead) for lead, _row in shown), default=0) * 34 + 28
    for lead, row in shown:
        at += step
        figure = lettering.shortened(fonts.printable(svg.plain(row.figure)), FIGURE)
        room = (ROOM - indent) / 34 - lettering.width(figure) - 1
        text = lettering.shortened(fonts.printable(svg.plain(row.text)), room)
        parts += [
            svg.text(lead, x=LEFT, y=f"{at:.0f}", font_size=34, font_weight=700, fill=colour),
            svg.text(text, x=f"{LEFT + indent:.0f}", y=f"{at:.0f}", font_size=34, fill=INK),
        ]
        if figure:
            parts.append(
                svg.text(
                    figure, x=RIGHT, y=f"{at:.0f}", font_size=34, fill=INK, text_anchor="end", font_weight=700
                )
            )
    if card.remark and at + 52 <= LAST:
        parts.append(_line(card.remark, at + 52, 28, SOFT))
    return parts


def _foot(card: Card) -> list[str]:
    return [
        svg.element("rect", x=LEFT, y=548, width=ROOM, height=2, fill=RULE),
        svg.mark(LEFT, 568, 36, SEAL, "#ffffff"),
        svg.text("CityRank", x=LEFT + 50, y=596, font_size=30, font_weight=700, fill=INK),
        svg.text(
            lettering.shortened(fonts.printable(svg.plain(card.foot)), 820 / 24),
            x=RIGHT,
            y=594,
            font_size=24,
            fill=SOFT,
            text_anchor="end",
        ),
    ]


def _line(text: str, y: float, size: int, fill: str, weight: int = 400) -> str:
    shown = lettering.shortened(fonts.printable(svg.plain(text)), ROOM / size)
    return svg.text(shown, x=LEFT, y=f"{y:.0f}", font_size=size, font_weight=weight, fill=fill)
