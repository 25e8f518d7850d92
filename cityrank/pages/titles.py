"""What search finds besides subjects: editions, awards and rankings, by words of their titles."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q, QuerySet

from awards.models import Award, Release
from cityrank.publishing.gate import Gate
from cityrank.registry.searching.spelling import is_chinese, simplified
from scores.models import Ranking

TITLES_SHOWN = 12
# The years may stand in a title or be said of it only.
_LISTED = ("title_printed", "title_listed", "title_en", "release__edition__label")


@dataclass(frozen=True)
class Titles:
    """Editions (by their current release), awards and rankings, the newest first, and how many there are of each."""

    releases: list[Release]
    awards: list[Award]
    rankings: list[Ranking]

    def __bool__(self) -> bool:
        return any(chain(self.releases, self.awards, self.rankings))

    def __len__(self) -> int:
        return len(self.releases) + len(self.awards) + len(self.rankings)


def titles(gate: Gate, query: str, limit: int = TITLES_SHOWN) -> Titles:
    """Return what has every word of the query in its title, at most `limit` of each."""
    words = _words(query.replace("—", "-").replace("–", "-"))
    named = _with_all(words, ("title_zh", "title_en", "edition__label"))
    releases = gate.releases.select_related("edition").filter(named).order_by("-edition__period_end")
    return Titles(
        list(releases[:limit]),
        list(_titled(gate.rows(Award), words)[:limit]),
        list(_titled(gate.rows(Ranking), words)[:limit]),
    )


def _words(query: str) -> list[tuple[str, ...]]:
    """Return the words, each as typed and, where that differs, in simplified characters."""
    return [
        tuple(dict.fromkeys((word, simplified(word)))) if is_chinese(word) else (word,)
        for word in query.split()
    ]


def _with_all(words: Iterable[tuple[str, ...]], columns: Iterable[str]) -> Q:
    found = Q()
    for spellings in words:
        here = Q()
        for column in columns:
            for word in spellings:
                here |= Q(**{f"{column}__icontains": word})
        found &= here
    return found


def _titled(rows: QuerySet, words: list[tuple[str, ...]]) -> QuerySet:
    rows = rows.filter(_with_all(words, _LISTED)).select_related("release__edition")
    return rows.order_by("-release__edition__period_end", "series__number", "position")
