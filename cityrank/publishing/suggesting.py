"""Which subject a printed name of a table may mean: the members of its peer group first."""

from collections.abc import Iterable

from django.db.models import Q

from cityrank.registry.models import Subject
from cityrank.registry.querysets import SubjectQuerySet
from scores.models import Ranking
from scores.peers import members

MOST = 12
# So many names are looked up at once: a pasted block.
MOST_NAMES = 400


def admitted(ranking: Ranking) -> SubjectQuerySet:
    """Return the subjects that a table is about: those of its peer group, or all of them where it has none."""
    return members(ranking.peer_group) if ranking.peer_group else Subject.objects.all()


def suggestions(ranking: Ranking, text: str, *, everywhere: bool = False) -> list[Subject]:
    """Return subjects by Chinese or English name, pinyin or initials, the best first."""
    among = Subject.objects.all() if everywhere else admitted(ranking)
    return list(among.search(text).select_related("place")[:MOST])


def matches(ranking: Ranking, names: Iterable[str]) -> dict[str, Subject]:
    """Return by printed name the one member of the peer group that is called so; nothing where several are."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    found: dict[str, dict[int, Subject]] = {}
    called = admitted(ranking).filter(Q(name_zh__in=wanted) | Q(stem__in=wanted)).select_related("place")
    for subject in called:
        for name in {subject.name_zh, subject.stem} & wanted:
            found.setdefault(name, {})[subject.pk] = subject
    return {name: next(iter(rows.values())) for name, rows in found.items() if len(rows) == 1}
