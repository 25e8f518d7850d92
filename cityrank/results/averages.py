"""Averages of groups: what is printed, what the rows give, and the change told in three ways.

*As printed* is what the bulletin says. *Same members* leaves aside who came and who went: the mean of those who are
averaged in both years, in each of them. *Restated* leaves aside that the number averaged changed: the year before
is averaged again over as many as this year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from cityrank.publishing.gate import Gate
from cityrank.registry.numbers import rounded
from cityrank.results.comparability import Comparability, compare_rankings
from cityrank.results.earlier import earlier_of
from cityrank.results.statistics import Entry, Field, fields_of
from cityrank.results.successors import one_to_one, present_of
from scores.models import GroupAverage, Ranking, Score


@dataclass(frozen=True)
class Way:
    """One way to tell a change: two values in percent of the maximum and their N, or why there is none."""

    value: Decimal | None = None
    previous: Decimal | None = None
    n: int | None = None
    why_not: str = ""

    @property
    def change(self) -> Decimal | None:
        """In percentage points, not rounded; None where one of the values is missing."""
        if self.value is None or self.previous is None:
            return None
        return self.value - self.previous


@dataclass(frozen=True)
class Story:
    """All that can be said about one printed average."""

    average: GroupAverage
    # From the first N rows of this year's table; without a previous value.
    computed: Way
    same_members: Way
    restated: Way
    before: Ranking | None = None
    comparability: Comparability | None = None

    @property
    def why_not(self) -> list[str]:
        """Return why figures are missing, each reason once."""
        ways = (self.computed, self.same_members, self.restated)
        return list(dict.fromkeys(way.why_not for way in ways if way.why_not))

    @property
    def value_differs(self) -> bool:
        """Whether the rows give another value than the printed one, at the printed number of decimals."""
        value, decimals = self.computed.value, self.average.decimals
        return value is not None and rounded(value, decimals) != rounded(self.average.printed_value, decimals)


def rate(scores: Sequence[Decimal], maximum: Decimal) -> Decimal:
    """Return the mean of scores in percent of their maximum. Raises `ValueError` where there are none."""
    if not scores:
        raise ValueError("There is no score to average.")
    return sum(scores, Decimal()) * 100 / (len(scores) * maximum)


def best(entries: Iterable[Entry], count: int | None) -> list[Entry]:
    """Return the `count` rows with the highest scores (None: all), equal scores in the order of the table."""
    scored = [entry for entry in entries if entry.score is not None]
    ordered = sorted(scored, key=lambda entry: (-(entry.score or 0), entry.position))
    return ordered if count is None else ordered[:count]


def matched(
    now: Sequence[Entry], before: Sequence[Entry], follows: Mapping[int, int]
) -> list[tuple[Decimal, Decimal]]:
    """Return (score now, score before) of those who stand in both lists; `follows` leads from former to later keys."""
    former = {follows.get(row.subject, row.subject): row.score for row in before if row.subject is not None}
    pairs = [(row.score, former.get(row.subject)) for row in now if row.subject is not None]
    return [(new, old) for new, old in pairs if new is not None and old is not None]


def stories(gate: Gate, others: Gate, averages: Iterable[GroupAverage]) -> list[Story]:
    """Return the story of each average of one release, in their order; earlier editions are read through `others`.

    The averages need `ranking__peer_group`, `ranking__line` and `ranking__release__edition`. The number of queries does
    not depend on theirs.
    """
    rows = list(averages)
    rankings = {row.ranking.pk: row.ranking for row in rows if row.ranking is not None}
    earlier = {key: found[0] for key, found in earlier_of(others, rankings.values()).items() if found}
    fields = fields_of(gate, rankings) | fields_of(others, [row.pk for row in earlier.values()])
    unread = _unread(gate, rankings) | _unread(others, [row.pk for row in earlier.values()])
    tables = {key: Table(row, fields[key], key in unread) for key, row in rankings.items()}
    former = {key: Table(row, fields[row.pk], row.pk in unread) for key, row in earlier.items()}
    present = present_of(
        {entry.subject for table in former.values() for entry in table.field.entries if entry.subject},
        same_only=True,
    )
    return [_story(row, tables, former, present) for row in rows]


def _unread(gate: Gate, rankings: Iterable[int]) -> set[int]:
    """Return the tables with a row that could not be read: whether it belongs to the first N is not known."""
    rows = gate.rows(Score).filter(ranking__in=list(rankings), status=Score.Status.NOT_TRANSCRIBED)
    return set(rows.order_by().values_list("ranking", flat=True).distinct())


@dataclass(frozen=True)
class Table:
    """A ranking with its rows, and whether one of them could not be read."""

    ranking: Ranking
    field: Field
    has_unread: bool = False

    @property
    def edition(self) -> str:
        return self.ranking.release.edition.label.replace("-", "\u2013")

    def why_unread(self) -> str:
        """Return why nothing can be averaged over the table, or an empty text."""
        if self.ranking.state == Ranking.State.ANNOUNCED:
            text = _("The table of %(edition)s was announced and not printed.")
        elif self.ranking.state == Ranking.State.NOT_TRANSCRIBED:
            text = _("The table of %(edition)s was published as an image and has not been transcribed.")
        elif self.ranking.state == Ranking.State.PARTIAL or self.has_unread:
            text = _("The table of %(edition)s is only partly transcribed.")
        elif not self.ranking.max_score:
            text = _("No maximum score is printed for the table of %(edition)s.")
        elif not best(self.field.entries, None):
            text = _("The table of %(edition)s has no scores.")
        else:
            return ""
        return text % {"edition": self.edition}

    def why_no_mean(self, count: int | None) -> str:
        """Return why the mean of the first `count` (None: of all) cannot be worked out, or an empty text."""
        rows = len(best(self.field.entries, None))
        if why_not := self.why_unread():
            return why_not
        if count is None and self.ranking.cutoff:
            return _("No N is printed, and the table of %(edition)s shows only its first rows.") % {
                "edition": self.edition
            }
        if count is not None and rows < count:
            text = _(
                "The table of %(edition)s has %(rows)s rows with a score, and the average is over %(count)s."
            )
            return text % {"edition": self.edition, "rows": rows, "count": count}
        return ""

    def mean(self, count: int | None) -> Way:
        rows = best(self.field.entries, count)
        return Way(self.rate([row.score for row in rows if row.score is not None]), n=len(rows))

    def rate(self, scores: Sequence[Decimal]) -> Decimal:
        assert self.ranking.max_score is not None
        return rate(scores, self.ranking.max_score)


def _story(
    average: GroupAverage,
    tables: Mapping[int, Table],
    former: Mapping[int, Table],
    present: Mapping[int, int],
) -> Story:
    table, before = tables.get(average.ranking_id or 0), former.get(average.ranking_id or 0)
    if table is None:
        none = Way(why_not=_("The bulletin does not say which table the average is about."))
        return Story(average, none, none, none)
    why_not = table.why_no_mean(average.top_n)
    computed = Way(why_not=why_not) if why_not else table.mean(average.top_n)
    if before is None:
        why_not = why_not or _("No earlier edition on this site has this ranking.")
        return Story(average, computed, Way(why_not=why_not), Way(why_not=why_not))
    comparability = compare_rankings(table.ranking, before.ranking)
    if not why_not and not comparability.comparable:
        why_not = " ".join(comparability.reasons)
    return Story(
        average=average,
        computed=computed,
        same_members=_same_members(average, table, before, present, why_not),
        restated=_restated(average, table, before, why_not),
        before=before.ranking,
        comparability=comparability,
    )


def _restated(average: GroupAverage, table: Table, before: Table, why_not: str) -> Way:
    why_not = why_not or before.why_no_mean(average.top_n)
    if why_not:
        return Way(why_not=why_not)
    now = table.mean(average.top_n)
    return replace(now, previous=before.mean(average.top_n).value)


def _same_members(
    average: GroupAverage, table: Table, before: Table, present: Mapping[int, int], why_not: str
) -> Way:
    why_not = why_not or before.why_unread()
    if why_not:
        return Way(why_not=why_not)
    # The first N of both years: those chosen by the later year alone would have risen by being chosen.
    former = best(before.field.entries, average.top_n)
    now = best(table.field.entries, average.top_n)
    follows = one_to_one(
        (row.subject for row in former if row.subject), (row.subject for row in now if row.subject), present
    )
    pairs = matched(now, former, follows)
    if not pairs:
        return Way(why_not=_("Nobody is averaged in both years."))
    return Way(
        table.rate([new for new, _old in pairs]), before.rate([old for _new, old in pairs]), len(pairs)
    )
