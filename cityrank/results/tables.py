"""One table as a reader asks for it: narrowed, in some order, with some columns, page by page.

`table_of` answers with what stands on the page, in the reader's language; it knows no request and no HTML. What was
asked and is not there is answered by a sentence and by the default, never by an error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityrank.publishing.gate import Gate, open_gate
from cityrank.registry.models import Place, PlaceTier
from cityrank.registry.numbers import shown
from cityrank.results.comparability import Comparability, compare_rankings, label_of, previous_of
from cityrank.results.table_options import Choice, Options, cleaned
from cityrank.results.table_rows import (
    Stored,
    add_movement,
    add_tiers,
    aliases_of,
    paths_of,
    provinces_of,
    rows_of,
)
from cityrank.results.table_sorting import in_order
from cityrank.results.table_text import matcher
from cityrank.results.table_wish import Asked, Wish
from scores.models import Band, Ranking, Score

# Rows of a page; of a part of a long page, which begins with so many rows.
PAGE = 50
PART = 100
LONG = 200
# Rows of a table that is drawn beside itself.
DRAWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is shown. Texts are in the reader's language and empty where there is nothing to say."""

    # The identifier of the subject; "" while a name in a draft is not resolved.
    slug: str
    anchor: str
    kind: str
    name: str
    printed_name: str
    path: str
    is_former: bool
    rank: int | None
    is_tied: bool
    # The rank that follows from the scores, where another one is printed.
    computed_rank: int | None
    score: str
    status: str
    # Empty for final figures.
    status_label: str
    note: str
    previous: int | None
    # "up", "down", "same", "new", or "" where nothing can be said; by how many ranks.
    moved: str
    places: int
    band: str
    province: str
    tiers: str


@dataclass(frozen=True)
class Table:
    """A page of a table, and what one may ask of it instead."""

    ranking: Ranking
    wish: Wish
    # What was asked and is not there, one sentence each.
    notices: list[str]
    rows: list[Row]
    # Rows in the table, and how many of them fit what was asked.
    total: int
    found: int
    pages: int
    columns: tuple[str, ...]
    options: Options
    bands: list[Band]
    is_of_provinces: bool
    before: Ranking | None
    comparability: Comparability | None

    @property
    def is_drawn(self) -> bool:
        """Whether charts of all its rows can be read, and be made while a reader waits."""
        return self.ranking.is_transcribed and self.total <= DRAWN

    @property
    def first(self) -> int:
        """Place of the first row of the page among those found, from 1; 0 where none is."""
        return 0 if not self.rows else (self.wish.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def parts(self) -> list[list[Row]]:
        """The rows in parts that a browser may leave undrawn while they are not in sight."""
        return [self.rows[at : at + PART] for at in range(0, len(self.rows), PART)]

    @property
    def is_long(self) -> bool:
        return len(self.rows) > LONG

    @property
    def before_label(self) -> str:
        return label_of(self.before) if self.before else ""

    @property
    def compares(self) -> bool:
        return self.comparability is not None and self.comparability.comparable

    @property
    def counted(self) -> str:
        """How many rows there are, to be read and read out: 12 of 50 rows."""
        if self.found == self.total:
            return ngettext("%(total)s row", "%(total)s rows", self.total) % {"total": self.total}
        values = {"found": self.found, "total": self.total}
        return ngettext("%(found)s of %(total)s row", "%(found)s of %(total)s rows", self.total) % values


def table_of(gate: Gate, ranking: Ranking, asked: Asked, earlier: Gate | None = None) -> Table:
    """Return the page of a table that is asked for.

    `gate` is the gate to the ranking's release, `earlier` that to the editions it is compared with, by default what is
    public now. The ranking needs `release__edition`, `line` and `peer_group`. The number of queries does not depend on
    the number of rows.
    """
    whole = whole_of(gate, ranking, earlier or open_gate())
    options = whole.options()
    wish, notices = cleaned(asked, options)
    rows = _narrowed(whole, wish)
    rows = in_order(rows, wish.sort)
    pages = 1 if wish.all_rows else max(1, -(-len(rows) // PAGE))
    if wish.page > pages:
        notices.append(_("There is no page %(page)s; this is the last one.") % {"page": wish.page})
        wish = replace(wish, page=pages)
    page = rows if wish.all_rows else rows[(wish.page - 1) * PAGE : wish.page * PAGE]
    return Table(
        ranking=ranking,
        wish=wish,
        notices=notices,
        rows=_shown(whole, page),
        total=len(whole.rows),
        found=len(rows),
        pages=pages,
        columns=options.default_columns if wish.columns is None else wish.columns,
        options=options,
        bands=list(whole.bands.values()),
        is_of_provinces=whole.is_of_provinces,
        before=whole.before,
        comparability=whole.comparability,
    )


def page_of_row(gate: Gate, ranking: Ranking, slug: str) -> tuple[int, str] | None:
    """Return the page of a table as it stands by itself that has somebody's row, and its anchor; None without one."""
    for at, row in enumerate(in_order(rows_of(gate, ranking), Wish().sort)):
        if row.slug == slug:
            return at // PAGE + 1, _anchor(row)
    return None


@dataclass
class Whole:
    """All rows of a table with what they are narrowed, sorted and shown by."""

    gate: Gate
    ranking: Ranking
    rows: list[Stored]
    bands: dict[int, Band]
    provinces: dict[int, Place]
    before: Ranking | None
    comparability: Comparability | None

    @property
    def is_of_provinces(self) -> bool:
        return bool(self.rows) and all(row.level == Place.Level.PROVINCE for row in self.rows)

    def options(self) -> Options:
        compares = self.comparability is not None and self.comparability.comparable
        has_tiers = any(row.tiers for row in self.rows)
        columns = ["score"]
        columns += ["move", "previous"] if compares else []
        columns += ["band"] if self.bands else []
        shown_first = tuple(columns)
        columns += [] if self.is_of_provinces or not self.provinces else ["province"]
        columns += ["tier"] if has_tiers else []
        return Options(
            provinces=[] if self.is_of_provinces else self._provinces(),
            tiers=self._tiers(),
            bands=self._bands(),
            columns=tuple(columns),
            default_columns=shown_first,
        )

    def _provinces(self) -> list[Choice]:
        counts = _counts(row.own_province for row in self.rows)
        return [Choice(one.slug, one.name, counts[key]) for key, one in self.provinces.items()]

    def _tiers(self) -> list[Choice]:
        counts = _counts(tier for row in self.rows for tier in row.tiers)
        return [
            Choice(value, str(label), counts[value])
            for value, label in PlaceTier.Tier.choices
            if value in counts
        ]

    def _bands(self) -> list[Choice]:
        counts = _counts(row.band for row in self.rows)
        found = [(key, band) for key, band in self.bands.items() if key in counts]
        return [Choice(str(band.position), band.label, counts[key]) for key, band in found]


def _counts(values: Iterable[object]) -> dict:
    counts: dict[object, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def whole_of(gate: Gate, ranking: Ranking, earlier: Gate) -> Whole:
    rows = rows_of(gate, ranking)
    add_tiers(rows, gate, ranking)
    before = previous_of(earlier, ranking)
    comparability = compare_rankings(ranking, before) if before else None
    if before and comparability:
        add_movement(rows, earlier, before, comparability)
    bands = {band.pk: band for band in gate.rows(Band).filter(ranking=ranking.pk).order_by("position")}
    return Whole(gate, ranking, rows, bands, provinces_of(rows), before, comparability)


def _narrowed(whole: Whole, wish: Wish) -> list[Stored]:
    rows = whole.rows
    if wish.province:
        keys = {key for key, place in whole.provinces.items() if place.slug == wish.province}
        rows = [row for row in rows if row.own_province in keys]
    if wish.tier:
        rows = [row for row in rows if wish.tier in row.tiers]
    if wish.band:
        keys = {key for key, band in whole.bands.items() if str(band.position) == wish.band}
        rows = [row for row in rows if row.band in keys]
    return _meant(whole, rows, wish.q) if wish.q else rows


def _meant(whole: Whole, rows: Iterable[Stored], text: str) -> list[Stored]:
    matches, others = matcher(text), aliases_of(whole.gate, whole.ranking)
    found = []
    for row in rows:
        names = (row.printed_name, row.name_zh or "", row.name_en or "", *others.get(row.subject or 0, ()))
        if matches(names, row.pinyin or "", row.initials or ""):
            found.append(row)
    return found


def _anchor(row: Stored) -> str:
    return f"row-{row.slug}" if row.slug else f"row-no-{row.position}"


def _shown(whole: Whole, rows: list[Stored]) -> list[Row]:
    paths = paths_of(rows)
    bands = {key: band.label for key, band in whole.bands.items()}
    provinces = {key: place.name for key, place in whole.provinces.items()}
    statuses = {
        str(value): str(label) for value, label in Score.Status.choices if value != Score.Status.FINAL
    }
    tiers = {str(value): str(label) for value, label in PlaceTier.Tier.choices}
    return [_row(row, whole.ranking, paths, bands, provinces, statuses, tiers) for row in rows]


def _row(
    row: Stored,
    ranking: Ranking,
    paths: Mapping[int, str],
    bands: Mapping[int, str],
    provinces: Mapping[int, str],
    statuses: Mapping[str, str],
    tiers: Mapping[str, str],
) -> Row:
    decimals = row.decimals if row.decimals is not None else ranking.decimals
    differs = row.computed_rank and row.computed_rank != row.printed_rank and row.printed_rank
    return Row(
        slug=row.slug or "",
        anchor=_anchor(row),
        kind=row.kind or "",
        name=row.name,
        printed_name=row.printed_name,
        path=paths.get(row.parent or 0, ""),
        is_former=row.valid_to is not None,
        rank=row.rank,
        is_tied=row.is_tied,
        computed_rank=row.computed_rank if differs else None,
        score=shown(row.score, 4 if decimals is None else decimals),
        status=row.status,
        status_label=statuses.get(row.status, ""),
        note=row.note,
        previous=row.previous,
        moved=row.moved,
        places=abs(row.places or 0),
        band=bands.get(row.band or 0, ""),
        province=provinces.get(row.own_province or 0, ""),
        tiers=_(", ").join(tiers[tier] for tier in row.tiers),
    )
