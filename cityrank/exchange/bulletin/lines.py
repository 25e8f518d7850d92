"""Which line of earlier editions an award or a ranking goes on, and what is known of it.

Known are the lines in the database with the titles that their awards and rankings had, and the lines of the edition
file that ships with the program, so that a first bulletin on an empty database finds them as well.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from awards.models import Award, Line
from cityrank.exchange.edition_file import BUNDLED
from scores.models import PeerGroup, Ranking

_YEARS = re.compile(r"(?:19|20)\d\d(?:[-–—~至](?:(?:19|20)?\d\d))?年?度?")
_SESSION = re.compile(r"^第[一二三四五六七八九十百\d]+届")
_NUMBER = re.compile(r"(?:前)?\d+(?:强|名|佳)")
_MARKS = re.compile(r"[\s\"'“”‘’《》:,、。.]")
# From this similarity on a title is offered as a candidate; 1 is the same.
NEAR = 0.55
CANDIDATES = 6

# What is taken of a peer group into another release.
GROUP = (
    "slug", "title_zh", "title_en", "subject_kind", "level", "tiers", "without_tiers", "below_tiers", "definition_zh",
    "definition_en",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A peer group as it was in another edition; `fields` are those of `PeerGroup` named in `GROUP`."""

    slug: str
    title: str
    kind: str
    level: str
    fields: dict[str, Any] = field(compare=False, repr=False)


@dataclass
class KnownLine:
    """A line. `titles` are its titles in normal form; `citation` is the key that its citation had last."""

    slug: str
    kind: str
    title_zh: str
    title_en: str
    titles: set[str] = field(default_factory=set)
    citation: str = ""
    group: Group | None = None
    unit: str = ""
    in_database: bool = False


def normal(title: str) -> str:
    """Return a title without years, session, punctuation and width: what stays the same from year to year."""
    title = unicodedata.normalize("NFKC", title)
    title = re.sub(r"\s", "", title)
    return _MARKS.sub("", _SESSION.sub("", _YEARS.sub("", title))).casefold()


class Lines:
    """All lines that are known, read once for a bulletin."""

    def __init__(self) -> None:
        self.by_slug: dict[str, KnownLine] = {}
        for line in Line.objects.select_related("merged_into"):
            self._know(line.merged_into or line).titles.add(normal(line.title_zh))
        self._awards()
        self._rankings()
        for known in _bundled():
            own = self.by_slug.setdefault(
                known.slug, KnownLine(known.slug, known.kind, known.title_zh, known.title_en)
            )
            own.titles |= known.titles
            own.citation, own.unit = own.citation or known.citation, own.unit or known.unit
            own.group = own.group or known.group

    def _know(self, line: Line) -> KnownLine:
        found = KnownLine(line.slug, line.kind, line.title_zh, line.title_en, in_database=True)
        return self.by_slug.setdefault(line.slug, found)

    def _awards(self) -> None:
        rows = Award.objects.filter(line__isnull=False).select_related("line__merged_into", "citation")
        for award in rows.order_by("release__edition__period_end", "release__number"):
            assert award.line is not None
            known = self._know(award.line.merged_into or award.line)
            known.titles |= {normal(award.title_printed), normal(award.title_listed)} - {""}
            known.citation = award.citation.key if award.citation else known.citation

    def _rankings(self) -> None:
        rows = Ranking.objects.filter(line__isnull=False).select_related("line__merged_into", "peer_group")
        for ranking in rows.order_by("release__edition__period_end", "release__number"):
            assert ranking.line is not None
            known = self._know(ranking.line.merged_into or ranking.line)
            known.titles |= {normal(ranking.title_printed), normal(ranking.title_listed)} - {""}
            known.group = _group(ranking.peer_group) if ranking.peer_group else known.group
            known.unit = ranking.unit or known.unit

    def same(self, titles: Iterable[str], kind: str) -> list[KnownLine]:
        """Return the lines of a kind that have had one of these titles, years aside."""
        wanted = {normal(title) for title in titles if title} - {""}
        return [line for line in self.by_slug.values() if line.kind == kind and line.titles & wanted]

    def bundled(self, titles: Iterable[str], kind: str) -> str:
        """Return the line of the bundled edition that has this title there; "" for none.

        Unlike `same`, the answer is the same whatever the database holds.
        """
        wanted = {normal(title) for title in titles if title} - {""}
        found = [line.slug for line in _bundled() if line.kind == kind and line.titles & wanted]
        return found[0] if len(found) == 1 else ""

    def but_for_the_number(self, titles: Iterable[str], kind: str) -> list[KnownLine]:
        """Return the lines whose title differs in the announced number alone: 25强 of one year, 30强 of another."""
        wanted = {_NUMBER.sub("", normal(title)) for title in titles if title} - {""}
        lines = self.of_kind(kind)
        return [line for line in lines if {_NUMBER.sub("", title) for title in line.titles} & wanted]

    def near(self, titles: Iterable[str], kind: str) -> list[tuple[KnownLine, float]]:
        """Return lines with a similar title and how similar it is, the nearest first."""
        wanted = {normal(title) for title in titles if title} - {""}
        found = [
            (line, max(SequenceMatcher(None, one, other).ratio() for one in wanted for other in line.titles))
            for line in self.by_slug.values()
            if line.kind == kind and line.titles and wanted
        ]
        found.sort(key=lambda pair: (-pair[1], pair[0].slug))
        return [pair for pair in found if pair[1] >= NEAR][:CANDIDATES]

    def of_kind(self, kind: str) -> list[KnownLine]:
        return [line for line in self.by_slug.values() if line.kind == kind]

    def groups(self) -> list[Group]:
        """Return the peer groups of all lines, each once."""
        found = {line.group.slug: line.group for line in self.by_slug.values() if line.group}
        return [found[slug] for slug in sorted(found)]


def _group(row: PeerGroup) -> Group:
    fields = {name: getattr(row, name) for name in GROUP}
    return Group(row.slug, row.title_zh, row.subject_kind, row.level, fields)


# --- the edition file that ships with the program ---------------------------------------------------------------------


@cache
def bundled_file() -> dict[str, Any]:
    """Return the bundled edition file as plain values; nobody changes them."""
    return tomllib.loads(BUNDLED.read_text(encoding="utf-8"))


@cache
def _bundled() -> tuple[KnownLine, ...]:
    data = bundled_file()
    groups = {
        entry["slug"]: Group(
            entry["slug"], entry["title_zh"], entry["subject_kind"], entry.get("level", ""), dict(entry)
        )
        for entry in data["peer_groups"]
    }
    lines = {entry["slug"]: KnownLine(**entry, titles={normal(entry["title_zh"])}) for entry in data["lines"]}
    for series in data["series"]:
        for entry in (*series.get("awards", []), *series.get("rankings", [])):
            line = lines[entry["line"]]
            line.titles |= {normal(entry["title_printed"]), normal(entry["title_listed"])} - {""}
            line.citation = entry.get("citation", "")
            line.unit = entry.get("unit", "")
            line.group = groups.get(entry.get("peer_group", ""))
    return tuple(lines.values())


def bundled_organisations() -> list[dict[str, Any]]:
    """Return the organisations of the bundled edition: `id`, `name_zh`, `name_en` and `aliases` of each."""
    return bundled_file()["organisations"]
