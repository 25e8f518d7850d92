"""Search: what the reader typed, made safe, and what it finds."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from awards.models import Award, Release
from cityrank.pages.selectors import ABOVE, level_order
from cityrank.publishing.gate import Gate, public_subjects
from cityrank.registry.models import Subject
from scores.models import Ranking

LONGEST = 80
TITLES_SHOWN = 12
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")


def cleaned(text: str) -> str:
    """Return the query without control characters, with half-width letters and single spaces, at most 80 characters."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub(" ", text[: LONGEST * 4]))
    return " ".join(_UNSEEN.sub(" ", text).split())[:LONGEST].strip()


def is_too_short(query: str) -> bool:
    """One Chinese character says something; one letter or digit would find half the country."""
    return len(query) < 2 and query.isascii()


def subjects(query: str) -> QuerySet[Subject]:
    """Return keys of the public subjects found: best match first, then units of today, then the higher level."""
    ended = Case(
        When(place__valid_to__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = public_subjects(Subject.objects.search(query)).annotate(
        ended=ended, depth=level_order("place__level")
    )
    return found.order_by("match", "ended", "depth", "pinyin", "slug").values_list("pk", flat=True)


def in_order(keys: list[int]) -> list[Subject]:
    """Return the subjects of one page of results with their paths; joined only now, for the few that are shown."""
    rows = {row.pk: row for row in public_subjects().filter(pk__in=keys).select_related(f"place__{ABOVE}")}
    return [rows[key] for key in keys if key in rows]


@dataclass(frozen=True)
class Titles:
    """Results that are not subjects: editions, awards and rankings by a part of their title."""

    releases: list[Release]
    awards: list[Award]
    rankings: list[Ranking]

    def __bool__(self) -> bool:
        return any(chain(self.releases, self.awards, self.rankings))


def titles(gate: Gate, query: str) -> Titles:
    label = query.replace("—", "-").replace("–", "-")
    releases = gate.releases.select_related("edition").filter(
        Q(title_zh__contains=query) | Q(title_en__icontains=query) | Q(edition__label__contains=label)
    )
    return Titles(
        list(releases.order_by("-edition__period_end")[:TITLES_SHOWN]),
        list(_titled(gate.rows(Award), query)),
        list(_titled(gate.rows(Ranking), query)),
    )


def _titled(rows: QuerySet, query: str) -> QuerySet:
    found = Q(title_printed__contains=query) | Q(title_listed__contains=query) | Q(title_en__icontains=query)
    rows = rows.filter(found).select_related("series", "release__edition")
    return rows.order_by("-release__edition__period_end", "series__number", "position")[:TITLES_SHOWN]
