"""Search: what was typed, made safe, and the subjects that it finds, in the order in which people look for them."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from awards.models import Recipient
from cityrank.pages.selectors import ABOVE
from cityrank.publishing.gate import (
    Gate,
    open_gate,
    public_among,
    public_closest,
    public_places,
    public_subjects,
)
from cityrank.registry.models import Place, SearchKey, Subject
from cityrank.registry.searching.keys import FORMER, LEVELS
from cityrank.registry.searching.near import misspelt, misspelt_among, sounding_alike
from cityrank.registry.searching.paths import along_path
from cityrank.registry.searching.spelling import asked, folded, is_chinese
from scores.models import Score

LONGEST = 80
# Fewer hits than this, and the query may have been misspelt.
FEW = 5
MOST_NEAR = 8
# Up to so many hits are asked for by name whether they have results; of more, everybody who has.
_ASKED_BY_NAME = 500
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A subject found. `closeness` is 0 for the name itself; `weight` is smaller for larger units (0: no place)."""

    subject: int
    closeness: int
    weight: int
    has_results: bool = False

    @property
    def is_place(self) -> bool:
        return self.weight > 0

    @property
    def kind(self) -> str:
        """The level of a place that exists, "former" for one that does not, "provider" for whoever is none."""
        if not self.is_place:
            return "provider"
        return "former" if self.weight > FORMER else LEVELS[self.weight - 1]


@dataclass(frozen=True)
class Found:
    """The subjects found, the best first, and those that are merely near to what was typed."""

    hits: list[Hit] = field(default_factory=list)
    near: list[int] = field(default_factory=list)
    # The query was read as a path: 浙江杭州.
    by_path: bool = False

    def places(self) -> list[Hit]:
        return [hit for hit in self.hits if hit.is_place]

    def providers(self) -> list[Hit]:
        """Return the organisations and apps."""
        return [hit for hit in self.hits if not hit.is_place]


def cleaned(text: str) -> str:
    """Return the query without control characters, with half-width letters and single spaces, at most 80 characters."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub(" ", text[: LONGEST * 4]))
    return " ".join(_UNSEEN.sub(" ", text).split())[:LONGEST].strip()


def is_too_short(query: str) -> bool:
    """One Chinese character says something; one letter or digit would find half the country."""
    return len(query) < 2 and query.isascii()


def find(gate: Gate, query: str) -> Found:
    """Return the public subjects that a query may mean; where it is no name, those at the end of a path."""
    rows = public_closest(query)
    by_path = False
    if not rows and _may_be_path(query):
        path = along_path(query)
        public = public_among([subject for subject, _closeness, _weight in path])
        rows = [row for row in path if row[0] in public]
        by_path = bool(rows)
    hits = _in_order(gate, [Hit(*row) for row in rows])
    near = [] if by_path or len(hits) >= FEW else _near(gate, query, hits)
    return Found(hits, near, by_path)


def _may_be_path(query: str) -> bool:
    """Two names of two Chinese characters, or of two syllables, may stand one after the other."""
    return len(query) > 3 if is_chinese(query) else len(query) > 5


def _near(gate: Gate, query: str, hits: Collection[Hit]) -> list[int]:
    known = {hit.subject for hit in hits}
    keys = misspelt(query) + misspelt_among(_towns_that_won(gate), query)
    keys = keys or ([] if hits else sounding_alike(query))
    public = public_among(keys) - known
    return [key for key in keys if key in public][:MOST_NEAR]


def _towns_that_won(gate: Gate) -> QuerySet[Subject]:
    """Of 39,000 townships those that people have reason to look for."""
    won = gate.rows(Recipient).filter(subject__place__level=Place.Level.TOWNSHIP)
    return Subject.objects.filter(pk__in=won.values("subject")).order_by("pk")


def _in_order(gate: Gate, hits: list[Hit]) -> list[Hit]:
    """Among equally close hits those with results come first, then larger units, then those that exist no more."""
    known = with_results(gate, [hit.subject for hit in hits])
    hits = [replace(hit, has_results=True) if hit.subject in known else hit for hit in hits]
    return sorted(hits, key=lambda hit: (hit.closeness, not hit.has_results, hit.weight, hit.subject))


def with_results(gate: Gate, subjects: Collection[int]) -> set[int]:
    """Return those that have won an award or stand in a table of these releases; what is a draft counts nothing."""
    recipients, scores = gate.rows(Recipient), gate.rows(Score)
    if len(subjects) <= _ASKED_BY_NAME:
        recipients, scores = recipients.filter(subject__in=subjects), scores.filter(subject__in=subjects)
    named = recipients.order_by().values_list("subject").union(scores.order_by().values_list("subject"))
    return {subject for (subject,) in named}


def subjects(query: str) -> list[int]:
    """Return the keys of the public subjects found, the best first."""
    return [hit.subject for hit in find(open_gate(), query).hits]


def in_province(query: str, province: str) -> set[int]:
    """Return the keys of the places found that lie in the province with this code, itself included."""
    found = SearchKey.objects.matching(query).values("subject")
    rows = public_places().filter(Q(slug=province) | Q(province__slug=province), pk__in=found)
    return set(rows.values_list("pk", flat=True))


def in_order(keys: Iterable[int]) -> list[Subject]:
    """Return the subjects of one page of results with their paths; joined only now, for the few that are shown."""
    keys = list(keys)
    rows = public_subjects().filter(pk__in=keys).select_related(f"place__{ABOVE}").prefetch_related("aliases")
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


@dataclass(frozen=True)
class Row:
    """A subject as it is shown: what it is, where, and by which other name it was found."""

    subject: Subject
    also: list[str]
    has_results: bool = False
    is_near: bool = False


def rows_of(query: str, hits: Iterable[Hit], near: Collection[int] = ()) -> list[Row]:
    """Return the rows to show of some hits, and after them of what is merely near; two queries for all of them."""
    hits = list(hits)
    known = {hit.subject for hit in hits if hit.has_results}
    return [
        Row(
            row.place if row.kind == Subject.Kind.PLACE else row,
            _found_by(row, query),
            row.pk in known,
            row.pk in near,
        )
        for row in in_order([*(hit.subject for hit in hits), *near])
    ]


def _found_by(subject: Subject, query: str) -> list[str]:
    """Return the other names that have what was asked for, where the name itself has not."""
    keys = asked(query)
    if any(key in name for key in keys for name in (folded(subject.name_zh), folded(subject.name_en))):
        return []
    names = [alias.text for alias in subject.aliases.all()]
    return [name for name in names if any(key in folded(name) for key in keys)]
