"""How an edition measured, what changed since the one before, and what does not agree in its bulletin."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Award, Line, Organiser, Release, Section, Series, Source
from cityrank.publishing.checks import RULES
from cityrank.publishing.checks.content import Content
from cityrank.publishing.checks.registry import Found
from cityrank.publishing.errata import Correction, corrections_of
from cityrank.publishing.gate import Gate
from cityrank.registry.models import Place, PlaceTier
from cityrank.results.comparability import Comparability, compare_rankings
from cityrank.results.earlier import earlier_of
from scores.models import Band, PeerGroup, Ranking

# Rules that hold what is printed against what is printed. The others speak of the work on a draft, not of the bulletin.
OF_THE_BULLETIN = (
    "recipient-count",
    "recipient-name-twice",
    "award-titles",
    "average-change",
    "average-value",
    "average-previous",
    "average-cutoff",
    "average-group",
    "table-cutoff",
    "table-titles",
    "score-name-twice",
    "score-decimals",
    "rank-computed",
    "rank-gap",
    "score-order",
    "band-rule",
)


@dataclass(frozen=True)
class Group:
    """A peer group with its rules in words."""

    group: PeerGroup
    rules: tuple[tuple[str | Promise, str], ...]


@dataclass(frozen=True)
class Measured:
    """A series with its rankings, the number of its awards, and the notes on its method."""

    series: Series
    rankings: tuple[Ranking, ...]
    notes: tuple[Section, ...]


@dataclass(frozen=True)
class Change:
    """A ranking against the one of its line in the edition before."""

    ranking: Ranking
    before: Ranking
    comparability: Comparability


@dataclass(frozen=True)
class Changes:
    """What is another than in the edition before. `before` is None where no earlier edition is on the site."""

    before: Release | None = None
    rankings: tuple[Change, ...] = ()
    new_rankings: tuple[Ranking, ...] = ()
    new_awards: tuple[Award, ...] = ()
    gone: tuple[Line, ...] = ()

    @property
    def broken(self) -> list[Change]:
        return [change for change in self.rankings if not change.comparability.comparable]

    @property
    def kept(self) -> list[Change]:
        return [change for change in self.rankings if change.comparability.comparable]


@dataclass(frozen=True)
class Discrepancy:
    """Something printed that does not agree with what else is printed; `of` and `part` name the page it stands on."""

    message: str
    of: str
    part: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Broken:
    """What should hold, and where it does not."""

    about: Promise
    found: tuple[Discrepancy, ...]


@dataclass(frozen=True)
class Method:
    measured: tuple[Measured, ...]
    notes: tuple[Section, ...]
    groups: tuple[Group, ...]
    changes: Changes
    discrepancies: tuple[Broken, ...]
    corrections: tuple[Correction, ...]
    organisers: QuerySet[Organiser]
    sources: QuerySet[Source]

    @property
    def rankings(self) -> list[Ranking]:
        return [ranking for one in self.measured for ranking in one.rankings]

    @property
    def has_notes(self) -> bool:
        return bool(self.notes) or any(one.notes for one in self.measured)

    @property
    def contradictions(self) -> int:
        return sum(len(one.found) for one in self.discrepancies)


def method_of(gate: Gate, others: Gate, release: Release) -> Method:
    """Return how a release's edition measured. Other editions are read through `others`.

    The number of queries does not depend on how much the release holds.
    """
    bands = Prefetch("bands", gate.rows(Band).order_by("position"))
    tables = gate.rows(Ranking).select_related("line", "peer_group", "release__edition", "series")
    rankings = list(tables.prefetch_related(bands).order_by("series__number", "position"))
    sections = gate.rows(Section).filter(kind=Section.Kind.METHOD).select_related("source").order_by("number")
    return Method(
        measured=_measured(gate, rankings, sections),
        notes=tuple(section for section in sections if section.series_id is None),
        groups=tuple(_group(row) for row in gate.rows(PeerGroup).order_by("slug")),
        changes=changes_of(gate, others, release, rankings),
        discrepancies=discrepancies_of(release, others),
        corrections=tuple(
            one for one in corrections_of(release.edition) if one.release.number <= release.number
        ),
        organisers=gate.rows(Organiser).select_related("organisation").order_by("position"),
        sources=gate.rows(Source).order_by("pk"),
    )


def _measured(gate: Gate, rankings: Iterable[Ranking], sections: Iterable[Section]) -> tuple[Measured, ...]:
    tables: dict[int, list[Ranking]] = defaultdict(list)
    notes: dict[int | None, list[Section]] = defaultdict(list)
    for ranking in rankings:
        tables[ranking.series_id].append(ranking)
    for section in sections:
        notes[section.series_id].append(section)
    series = gate.rows(Series).annotate(award_count=Count("awards")).order_by("number")
    return tuple(Measured(row, tuple(tables[row.pk]), tuple(notes[row.pk])) for row in series)


def _group(group: PeerGroup) -> Group:
    named = (
        (_("only"), group.tiers),
        (pgettext_lazy("peer group", "without"), group.without_tiers),
        (_("only what belongs to a"), group.below_tiers),
    )
    rules: list[tuple[str | Promise, str]] = []
    if group.level:
        rules.append((_("level"), str(Place.Level(group.level).label)))
    for label, tiers in named:
        known = [str(PlaceTier.Tier(tier).label) for tier in tiers if tier in PlaceTier.Tier.values]
        rules += [(label, name) for name in known]
    return Group(group, tuple(rules))


def changes_of(gate: Gate, others: Gate, release: Release, rankings: Iterable[Ranking]) -> Changes:
    """Return what is another than in the edition before: tables that do not compare, what is new and what is gone."""
    edition = release.edition
    before = (
        others.releases.filter(edition__period_end__lt=edition.period_end)
        .select_related("edition")
        .order_by("-edition__period_end", "-edition__period_start")
        .first()
    )
    if before is None:
        return Changes()
    tables = list(rankings)
    earlier = earlier_of(others, tables)
    pairs = [(row, earlier[row.pk][0]) for row in tables if earlier[row.pk]]
    awards = list(gate.rows(Award).select_related("line", "series").order_by("series__number", "position"))
    former = _lines_of(Gate(others.releases.filter(pk=before.pk)))
    present = {row.line_id for row in (*tables, *awards) if row.line_id}
    goes_on = {line.merged_into_id for line in former.values()} & present
    return Changes(
        before=before,
        rankings=tuple(Change(now, then, compare_rankings(now, then)) for now, then in pairs),
        new_rankings=tuple(row for row in tables if not earlier[row.pk]),
        new_awards=tuple(row for row in awards if row.line_id not in former and row.line_id not in goes_on),
        gone=tuple(
            line for key, line in former.items() if key not in present and line.merged_into_id not in present
        ),
    )


def _lines_of(gate: Gate) -> dict[int, Line]:
    return {line.pk: line for line in gate.lines()}


def discrepancies_of(release: Release, others: Gate) -> tuple[Broken, ...]:
    """Return what the checks find that concerns the bulletin itself, by the rule that it breaks.

    Whatever an evaluator noted about a finding stays in the office: only the printed rows speak here.
    """
    content = Content(release, others.releases)
    broken = []
    for name in OF_THE_BULLETIN:
        rule = RULES[name]
        if found := tuple(_discrepancy(one) for one in rule.find(content)):
            broken.append(Broken(rule.about, found))
    return tuple(broken)


def _discrepancy(found: Found) -> Discrepancy:
    of, part, *position = found.row.split(":")
    if of == "average":
        return Discrepancy(found.message, "averages")
    if of in ("ranking", "score"):
        return Discrepancy(found.message, "ranking", part, f"row-{position[0]}" if position else "")
    return Discrepancy(found.message, "award", part)
