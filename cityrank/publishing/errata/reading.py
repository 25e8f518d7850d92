"""Errata as the public reads them: what was corrected when and why, and the differences that may be told.

Time decides, as it does for releases: what a scheduled correction changes is stored already and is nobody's business
before its hour. Of a withdrawn release the fact and the reason remain; no figure of it does, so that neither the
differences it made nor those that were made to it are told any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count

from awards.models import Edition, Release
from cityrank.publishing.gate import public_errata


@dataclass(frozen=True)
class Correction:
    """A release that took the place of another one of the same edition."""

    release: Release
    former: Release
    # How many differences it made that may be told.
    count: int

    @property
    def withdrawn(self) -> list[Release]:
        """The releases of the two that are not public any more; while there is one, no difference is told."""
        return [one for one in (self.release, self.former) if one.status == Release.Status.WITHDRAWN]


def corrections_of(edition: Edition) -> list[Correction]:
    """Return the corrections of an edition, newest first."""
    known = list(edition.releases.public_once().order_by("number"))
    counts = _counts(known)
    found = [Correction(new, old, counts.get(new.pk, 0)) for old, new in pairwise(known)]
    return found[::-1]


def latest_corrections(limit: int) -> list[Correction]:
    """Return the last corrections of all editions, newest first."""
    before: dict[int, Release] = {}
    pairs = []
    for release in Release.objects.public_once().select_related("edition").order_by("edition", "number"):
        if release.edition_id in before:
            pairs.append((before[release.edition_id], release))
        before[release.edition_id] = release
    pairs.sort(key=lambda pair: (pair[1].published_at, pair[1].pk), reverse=True)
    counts = _counts([new for _old, new in pairs[:limit]])
    return [Correction(new, old, counts.get(new.pk, 0)) for old, new in pairs[:limit]]


def correction_by(release: Release) -> Correction | None:
    """Return what a release corrected; None for the first one of its edition, which corrected nothing."""
    former = (
        release.edition.releases.public_once().filter(number__lt=release.number).order_by("number").last()
    )
    return Correction(release, former, _counts([release]).get(release.pk, 0)) if former else None


def _counts(releases: Iterable[Release]) -> dict[int, int]:
    rows = public_errata().filter(release__in=[release.pk for release in releases]).order_by()
    return dict(rows.values_list("release").annotate(rows=Count("pk")))
