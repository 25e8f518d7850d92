"""What the pages of errata show: the corrections of an edition, and of each the differences in groups."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Min, QuerySet

from awards.models import Award, Release
from cityrank.pages.addresses import Named, release_page
from cityrank.pages.scope import Scope
from cityrank.publishing.errata import Correction, Group, grouped
from cityrank.publishing.gate import citable_gate, public_errata
from cityrank.publishing.models import Erratum
from scores.models import Ranking

# Corrections on a page, differences that each of them shows there, and those on a page of a single correction.
CORRECTIONS_SHOWN = 20
FIRST_SHOWN = 50
ROWS_SHOWN = 100
# Which errata belong to an award or a ranking.
ROWS_OF = {"award": ("award", "recipient"), "ranking": ("ranking", "score", "band")}


@dataclass(frozen=True)
class Part:
    """A group of differences with the series it belongs to and the page of the award or ranking, as it was then."""

    group: Group
    anchor: str
    series: int | None = None
    page: Named | None = None


@dataclass(frozen=True)
class Entry:
    correction: Correction
    parts: list[Part] = field(default_factory=list)
    shown: int = 0

    @property
    def anchor(self) -> str:
        return f"release-{self.correction.release.number}"

    @property
    def page(self) -> Named:
        release = self.correction.release
        return release_page("errata", release.edition.label, release.number)


@dataclass(frozen=True)
class Corrected:
    """That an award, a ranking or the averages were corrected: by which release, and where it is told."""

    release: Release
    page: Named
    query: str
    anchor: str


def entries(corrections: Iterable[Correction]) -> list[Entry]:
    """Return corrections with the first of their differences. Three queries, however many there are."""
    shown = list(corrections)
    rows = public_errata().filter(release__in=[one.release.pk for one in shown], position__lte=FIRST_SHOWN)
    by_release: dict[int, list[Erratum]] = defaultdict(list)
    for row in rows:
        by_release[row.release_id].append(row)
    series = _series(row for rows in by_release.values() for row in rows)
    return [_entry(one, by_release[one.release.pk], series) for one in shown]


def entry(correction: Correction, rows: Iterable[Erratum]) -> Entry:
    found = list(rows)
    return _entry(correction, found, _series(found))


def rows_of(correction: Correction) -> QuerySet[Erratum]:
    return public_errata().filter(release=correction.release)


def corrections_of_part(scope: Scope, of: str, part: str = "") -> list[Corrected]:
    """Return the corrections of one award, ranking or kind of row up to the release that is read, newest first."""
    found = public_errata().filter(
        release__edition=scope.edition,
        release__number__lte=scope.release.number,
        of__in=ROWS_OF.get(of, (of,)),
        part=part,
    )
    columns = ("release", "release__number", "release__published_at", "release__reason")
    rows = found.order_by("-release__number").values_list(*columns).annotate(first=Min("position"))
    return [
        _corrected(scope, Release(pk=pk, number=number, published_at=at, reason=reason), first, of, part)
        for pk, number, at, reason, first in rows
    ]


def _corrected(scope: Scope, release: Release, first: int, of: str, part: str) -> Corrected:
    page = (first - 1) // ROWS_SHOWN + 1
    return Corrected(
        release=release,
        page=release_page("errata", scope.edition.label, release.number),
        query=f"?page={page}" if page > 1 else "",
        anchor=_anchor(release.number, of, part),
    )


def _entry(correction: Correction, rows: list[Erratum], series: "SeriesOf") -> Entry:
    label, numbers = correction.release.edition.label, {}
    for release in (correction.former, correction.release):
        numbers[release.pk] = release.number
    parts = []
    for group in grouped(rows):
        # What the correction removed is on the page of the release before it.
        places = [
            (key, series[key, group.of, group.part])
            for key in numbers
            if (key, group.of, group.part) in series
        ]
        key, number = places[-1] if places else (None, None)
        page = release_page(group.of, label, numbers[key], group.part) if key else None
        parts.append(Part(group, _anchor(correction.release.number, group.of, group.part), number, page))
    return Entry(correction, parts, len(rows))


def _anchor(number: int, of: str, part: str) -> str:
    return f"release-{number}-{of}" + (f"-{part}" if part else "")


# From a release, "award" or "ranking", and its slug to the number of its series.
SeriesOf = dict[tuple[int, str, str], int]


def _series(rows: Iterable[Erratum]) -> SeriesOf:
    told = [row for row in rows if row.part]
    releases = {key for row in told for key in (row.release_id, row.former_id)}
    slugs = {row.part for row in told}
    found: SeriesOf = {}
    for of, model in (("award", Award), ("ranking", Ranking)):
        parts = citable_gate().rows(model).filter(release__in=releases, slug__in=slugs)
        for release, slug, number in parts.order_by().values_list("release", "slug", "series__number"):
            found[release, of, slug] = number
    return found
