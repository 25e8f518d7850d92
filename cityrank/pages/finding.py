"""Search: what the reader typed, made safe, and what it finds."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q, QuerySet

from awards.models import Award, Release
from cityrank.pages.selectors import ABOVE, level_order
from cityrank.publishing.gate import Gate, public_places, public_subjects
from cityrank.registry.models import Place, Subject
from cityrank.registry.names import search_key
from scores.models import Ranking

LONGEST = 80
TITLES_SHOWN = 12
# Places of one name that are looked at when a path is asked for; 朝阳镇 and the like are a hundred.
MOST_READ = 300
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")


def cleaned(text: str) -> str:
    """Return the query without control characters, with half-width letters and single spaces, at most 80 characters."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub(" ", text[: LONGEST * 4]))
    return " ".join(_UNSEEN.sub(" ", text).split())[:LONGEST].strip()


def is_too_short(query: str) -> bool:
    """One Chinese character says something; one letter or digit would find half the country."""
    return len(query) < 2 and query.isascii()


def subjects(query: str) -> QuerySet[Subject, int] | list[int]:
    """Return keys of the public subjects found, best match first; for a path such as 杭州西湖 those that lie there."""
    found = public_subjects(Subject.objects.search(query)).values_list("pk", flat=True)
    if is_path(query) and not found.exists():
        return _at_the_end_of(query)
    return found


def is_path(query: str) -> bool:
    """Several words, or Chinese too long for one name of two characters, may name a place after what it lies in."""
    return " " in query or (len(query) > 3 and not query.isascii())


def _at_the_end_of(path: str) -> list[int]:
    """Return the places whose own name ends the path while what stands before it names places above them."""
    text = path.replace(" ", "").lower()
    ends = [text[start:] for start in range(1, len(text) - 1)]
    named = Q(name_zh__in=ends) | Q(stem__in=ends) | Q(pinyin_key__in=ends)
    # A sound may be written without the suffix too: hangzhou xihu.
    named |= Q(pinyin_key__startswith=path.split()[-1].lower()) if path.isascii() else Q()
    rows = public_places().filter(named).select_related(ABOVE).order_by(level_order(), "slug")[:MOST_READ]
    return [row.pk for row in rows if _lies_in(row, text)]


def _lies_in(place: Place, text: str) -> bool:
    """Whether `text` is some of the places above, from the highest down and full or short, and then this one."""
    rests = {text}
    for above in [*place.ancestors(), place]:
        rests |= {
            rest.removeprefix(name) for rest in rests for name in _spellings(above) if rest.startswith(name)
        }
    return "" in rests


def _spellings(place: Place) -> set[str]:
    sound_of_stem = "".join(place.pinyin.split()[: len(place.stem)])
    return {place.name_zh, place.stem, place.pinyin_key, search_key(sound_of_stem), place.name_en.lower()} - {
        ""
    }


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
