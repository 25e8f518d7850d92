"""What was read of a bulletin: its text piece by piece beside what became of it, and what would be written."""

from bisect import bisect_left
from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cityrank.exchange.admin_bulletin_frame import steps
from cityrank.exchange.bulletin.elements import Became, Piece
from cityrank.exchange.bulletin.keeping import matched_of
from cityrank.exchange.bulletin.matching import Matched
from cityrank.exchange.bulletin.names import Name
from cityrank.exchange.bulletin.report import BECAME, SURE
from cityrank.exchange.models import BulletinReading

# Pieces on a page.
PIECES = 400
# Colours of the report: kinds that belong together share one.
COLOURS = {
    "furniture": (Became.FURNITURE, Became.REPEATED),
    "head": (Became.TITLE, Became.DATE, Became.SOURCE, Became.ORGANISER),
    "listed": (Became.SERIES_LISTED, Became.AWARD_LISTED),
    "award": (Became.SERIES_HEADING, Became.AWARD_HEADING, Became.WINNERS),
    "citation": (Became.CITATION_HEADING, Became.CITATION),
    "table": (Became.RANKING_HEADING, Became.TABLE_HEADER, Became.TABLE_ROW, Became.CAPTION, Became.BAND),
    "average": (Became.AVERAGE,),
    "text": (Became.METHOD, Became.FINDING_HEADING, Became.FINDING, Became.LEAD),
    "lost": (Became.NOT_UNDERSTOOD,),
}
COLOUR_OF = {became: colour for colour, kinds in COLOURS.items() for became in kinds}


def report_context(request: HttpRequest, record: BulletinReading) -> dict[str, Any]:
    matched = matched_of(record)
    shown = request.GET.get("show", "")
    kinds = COLOURS.get(shown, tuple(Became))
    pieces = [piece for piece in matched.reading.pieces if piece.became in kinds]
    found = Paginator(pieces, PIECES).get_page(request.GET.get("page"))
    organisers = [organiser.name for organiser in matched.organisers]
    names = sorted([*matched.names, *organisers], key=lambda name: name.span.start)
    starts = [name.span.start for name in names]
    return steps(record, matched, "report") | {
        "pieces": [
            _piece(
                matched,
                piece,
                names[bisect_left(starts, piece.span.start) : bisect_left(starts, piece.span.end)],
            )
            for piece in found
        ],
        "page": found,
        "shown": shown if shown in COLOURS else "",
        "legend": _legend(matched),
        "notices": matched.reading.notices,
        "unaccounted": len(matched.reading.unaccounted()),
    }


def _legend(matched: Matched) -> list[dict[str, Any]]:
    pieces = Counter(piece.became for piece in matched.reading.pieces)
    return [
        {
            "colour": colour,
            "labels": [{"label": BECAME[kind], "count": pieces[kind]} for kind in kinds if pieces[kind]],
            "count": sum(pieces[kind] for kind in kinds),
        }
        for colour, kinds in COLOURS.items()
        if any(pieces[kind] for kind in kinds)
    ]


def _piece(matched: Matched, piece: Piece, inside: list[Name]) -> dict[str, Any]:
    return {
        "line": piece.span.line,
        "text": matched.reading.text_of(piece.span),
        "colour": COLOUR_OF[piece.became],
        "became": BECAME[piece.became],
        "sure": piece.sure.value,
        "how_sure": SURE[piece.sure],
        "note": piece.note,
        "names": [_name(name) for name in inside],
    }


def _name(name: Name) -> dict[str, Any]:
    meaning = name.label or (name.creation.name if name.creation else "")
    return {
        "printed": name.printed,
        "meaning": _("left out") if name.dropped else (meaning or _("open")),
        "sure": name.sure.value,
        "reason": name.reason,
    }


def confirm_context(record: BulletinReading) -> dict[str, Any]:
    matched = matched_of(record)
    return steps(record, matched, "confirm") | {"parts": [*matched.awards, *matched.rankings]}
