"""The rows of one table as they are stored, read in few queries and without model instances: a table may have 3,000."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from cityrank.publishing.gate import Gate, public_places
from cityrank.registry.models import Alias, Place, PlaceTier, Subject
from cityrank.registry.names import search_key
from cityrank.registry.texts import is_english
from cityrank.results.comparability import Comparability, reach_of
from cityrank.results.successors import one_to_one, present_of
from scores.models import Ranking, Score

_COLUMNS = (
    *("position", "printed_name", "printed_rank", "computed_rank", "printed_score", "decimals", "status"),
    *("note_zh", "note_en", "band", "subject", "subject__kind", "subject__slug", "subject__name_zh"),
    *("subject__name_en", "subject__pinyin", "subject__initials", "subject__place__level"),
    *(
        "subject__place__code",
        "subject__place__province",
        "subject__place__parent",
        "subject__place__valid_to",
    ),
)


@dataclass(slots=True)
class Stored:
    """A row of the table, with what its subject is called by."""

    position: int
    printed_name: str
    printed_rank: int | None
    computed_rank: int | None
    score: Decimal | None
    decimals: int | None
    status: str
    note_zh: str
    note_en: str
    band: int | None
    subject: int | None
    kind: str | None
    slug: str | None
    name_zh: str | None
    name_en: str | None
    pinyin: str | None
    initials: str | None
    level: str | None
    code: str | None
    province: int | None
    parent: int | None
    valid_to: object
    # Filled in from the whole table.
    rank: int | None = None
    is_tied: bool = False
    previous: int | None = None
    # "up", "down", "same", "new", or "" where nothing can be said.
    moved: str = ""
    tiers: tuple[str, ...] = field(default=())

    @property
    def places(self) -> int | None:
        """How many ranks it rose; below zero it fell, None where it has no rank in one of the two tables."""
        return None if self.previous is None or self.rank is None else self.previous - self.rank

    @property
    def is_open(self) -> bool:
        """Whether there is nothing to rank it by."""
        return self.rank is None and self.score is None

    @property
    def own_province(self) -> int | None:
        """The province it lies in; a province lies in itself."""
        return self.subject if self.level == Place.Level.PROVINCE else self.province

    @property
    def note(self) -> str:
        return (self.note_en or self.note_zh) if is_english() else (self.note_zh or self.note_en)

    @property
    def name(self) -> str:
        """In Chinese as printed, in English by its English or romanised name."""
        if not is_english() or not self.name_zh:
            return self.printed_name
        # Never stored: the rules for English names are those of the models.
        pinyin = self.pinyin or ""
        named = {"name_zh": self.name_zh, "name_en": self.name_en or "", "pinyin": pinyin}
        if self.kind != Subject.Kind.PLACE:
            return Subject(**named).english_name
        where = {"slug": self.slug or "", "level": self.level or "", "code": self.code or ""}
        return Place(**named, **where, pinyin_key=search_key(pinyin)).english_name


def rows_of(gate: Gate, ranking: Ranking) -> list[Stored]:
    """Return every row of a table in its order, with its rank and whether others share it. One query."""
    query = gate.rows(Score).filter(ranking=ranking.pk).order_by("position").values_list(*_COLUMNS)
    rows = [Stored(*values) for values in query]
    complete = ranking.state == Ranking.State.COMPLETE
    shared: dict[int, int] = defaultdict(int)
    for row in rows:
        # What follows from a part of the scores is no rank.
        row.rank = row.printed_rank if row.printed_rank or not complete else row.computed_rank
        if row.rank is not None:
            shared[row.rank] += 1
    for row in rows:
        row.is_tied = row.rank is not None and shared[row.rank] > 1
    return rows


def add_movement(rows: Collection[Stored], earlier: Gate, before: Ranking, found: Comparability) -> None:
    """Say of each row which rank it had before, where the two tables compare.

    The rules are those of `movers.movement`, without an object for each of 3,000 rows. A place that was renamed or
    recoded in between is the same; one that was made of two others had no rank.
    """
    if not found.comparable:
        return
    now = {row.subject for row in rows if row.subject is not None}
    former = _followed(_ranks_of(earlier, before), now)
    reach = reach_of(before)
    for row in rows:
        if row.subject is None or row.rank is None:
            continue
        if row.subject in former:
            row.previous = former[row.subject]
            places = row.places
            if places is not None:
                row.moved = "up" if places > 0 else "down" if places < 0 else "same"
        elif reach is None or row.rank <= reach:
            row.moved = "new"


def _ranks_of(gate: Gate, ranking: Ranking) -> dict[int, int | None]:
    query = gate.rows(Score).filter(ranking=ranking.pk, subject__isnull=False).order_by("position")
    complete = ranking.state == Ranking.State.COMPLETE
    return {
        subject: printed if printed or not complete else computed
        for subject, printed, computed in query.values_list("subject", "printed_rank", "computed_rank")
    }


def _followed(former: dict[int, int | None], now: set[int]) -> dict[int, int | None]:
    """Return the ranks of an earlier table under the keys that a later one has for the same places."""
    present = present_of([key for key in former if key not in now], same_only=True)
    if all(key == today for key, today in present.items()):
        return former
    follows = one_to_one(former, now, present)
    return {follows.get(key, key): rank for key, rank in former.items()}


def add_tiers(rows: Iterable[Stored], gate: Gate, ranking: Ranking) -> None:
    """Say of each place which tiers it held in the last year of the edition. One query."""
    year = ranking.release.edition.period_end
    held = Q(from_year__isnull=True) | Q(from_year__lte=year)
    held &= Q(to_year__isnull=True) | Q(to_year__gte=year)
    places = gate.rows(Score).filter(ranking=ranking.pk).values("subject")
    found: dict[int, list[str]] = defaultdict(list)
    for place, tier in PlaceTier.objects.filter(held, place__in=places).values_list("place", "tier"):
        found[place].append(tier)
    order = list(PlaceTier.Tier.values)
    for row in rows:
        if row.subject in found:
            row.tiers = tuple(sorted(found[row.subject], key=order.index))


def aliases_of(gate: Gate, ranking: Ranking) -> dict[int, list[str]]:
    """Return the other names of everybody in a table. One query."""
    subjects = gate.rows(Score).filter(ranking=ranking.pk).values("subject")
    names: dict[int, list[str]] = defaultdict(list)
    for subject, text in Alias.objects.filter(subject__in=subjects).values_list("subject", "text"):
        names[subject].append(text)
    return names


def provinces_of(rows: Iterable[Stored]) -> dict[int, Place]:
    """Return the provinces that rows lie in, by key, in the order of their codes. One query."""
    keys = {row.own_province for row in rows if row.own_province is not None}
    return {place.pk: place for place in public_places().filter(pk__in=keys).order_by("code", "slug")}


def paths_of(rows: Iterable[Stored]) -> dict[int, str]:
    """Return by the key of a parent what stands behind the name of who belongs to it: 浙江省杭州市. One query."""
    keys: Collection[int] = {row.parent for row in rows if row.parent is not None}
    above = public_places().filter(pk__in=keys).exclude(level=Place.Level.COUNTRY)
    return {place.pk: _path(place) for place in above.select_related("parent__parent__parent__parent")}


def _path(place: Place) -> str:
    above = [*place.ancestors(), place]
    if is_english():
        return ", ".join(one.name for one in reversed(above))
    return "".join(one.name_zh for one in above)
