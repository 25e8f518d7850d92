"""Charts are drawn when a release is about to become public, so that no reader waits for them."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from awards import instant
from awards.models import Release
from cityrank.charts import building, drawing
from cityrank.publishing.gate import Gate
from cityrank.publishing.models import Move
from cityrank.publishing.signals import moved
from cityrank.registry.models import Subject
from cityrank.results.records import record_of
from scores.models import Score

log = logging.getLogger(__name__)

# After these moves a release is public, or will be without anybody's doing.
FOLLOWED = ("approve", "schedule", "publish")
THREAD = "cityrank-charts"


def connect() -> None:
    moved.connect(after_move, dispatch_uid="cityrank-charts-moves")


def after_move(move: Move, **kwargs: Any) -> None:
    """Draw the charts of a release that somebody has moved on the site; whoever runs commands has `draw_charts`."""
    if move.action in FOLLOWED and instant.present() is not None:
        draw_aside(move.release)


def draw_aside(release: Release) -> None:
    """Draw without letting the answer wait for it."""
    threading.Thread(target=_draw_and_close, args=[release], name=THREAD, daemon=True).start()


def _draw_and_close(release: Release) -> None:
    try:
        draw_release(release)
    except Exception:  # what is missing is drawn when a reader asks for it
        log.exception("The charts of %s could not be drawn", release)
    finally:
        connection.close()


def draw_release(release: Release) -> int:
    """Draw and keep every chart of a release in every language; return how many drawings it has.

    Nothing of it can be seen before the release is public: drawings are found by what they are made from. Raises
    `NotDrawn`.
    """
    gate = Gate(Release.objects.filter(pk=release.pk))
    drawings = 0
    for language, _name in settings.LANGUAGES:
        with override(language):
            drawings += drawing.keep(building.charts_of_release(gate, release))
    return drawings


def draw_places(gate: Gate) -> int:
    """Draw and keep the charts of every place that stands in a table of the gate's releases. Raises `NotDrawn`."""
    named = gate.rows(Score).exclude(subject=None).values("subject")
    drawings = 0
    for subject in Subject.objects.filter(pk__in=named).order_by("pk"):
        for language, _name in settings.LANGUAGES:
            with override(language):
                record = record_of(gate, subject)
                charts = (building.chart_of_place(record, kind) for kind in building.OF_PLACES)
                drawings += drawing.keep(chart for chart in charts if chart)
    return drawings
