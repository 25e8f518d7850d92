"""Where a figure comes from: the file, the page, who entered and who verified it."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cityrank.publishing.comparing import number, plain
from scores.models import Score

CELLS = (
    ("printed_name", _("name as printed")),
    ("printed_rank", _("printed rank")),
    ("printed_score", _("printed score")),
)


def origin(score: Score) -> SafeString | str:
    """Return the origin of each cell of a row as a table; nothing for a row that was not keyed from a scan."""
    cells = [
        {"label": label, **_read(score.provenance[name]), "is_changed": _is_changed(score, name)}
        for name, label in CELLS
        if isinstance(score.provenance.get(name), dict)
    ]
    return render_to_string("admin/cityrank/origin.html", {"cells": cells}) if cells else ""


def _read(origin: dict[str, Any]) -> dict[str, Any]:
    verified = origin.get("verified")
    return {
        **origin,
        "entered": [{**one, "at": _instant(one["at"])} for one in origin.get("entered", [])],
        "verified": {**verified, "at": _instant(verified["at"])} if verified else None,
    }


def _instant(text: str) -> dt.datetime | None:
    instant = parse_datetime(text)
    return timezone.localtime(instant) if instant else None


def _is_changed(score: Score, name: str) -> bool:
    """Return whether a cell was changed by hand after it was entered from the scan."""
    settled, value = score.provenance[name].get("value", ""), getattr(score, name)
    if name == "printed_name":
        return plain(settled) != value
    return number(settled) != value
