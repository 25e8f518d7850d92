"""Whether two years of one ranking may be compared, and why not.

A rank or a score says something beside that of another year only where the same question was asked of the same group
on the same scale. Where that is not so, a movement is not shown: a plain sentence stands in its place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.publishing.gate import Gate, citable_gate, open_gate
from cityrank.registry.numbers import YEAR
from cityrank.results.earlier import earlier_of
from scores.models import PeerGroup, Ranking


@dataclass(frozen=True)
class Comparability:
    """`reasons` say why two tables do not compare; `caveats` what to bear in mind where they do. Whole sentences in the
    reader's language.
    """

    reasons: list[str] = field(default_factory=list)
    caveats: list[str] = field(default_factory=list)

    @property
    def comparable(self) -> bool:
        return not self.reasons


def gate_before(release: Release) -> Gate:
    """Return the gate to the other editions as they stood when a release was published.

    A frozen page shows the same figures for ever, so that a later correction of the edition before does not reach it.
    A release in preparation is compared with what is public now.
    """
    at = release.published_at
    if at is None:
        return open_gate()
    then = citable_gate().releases.filter(published_at__lte=at)
    return Gate(then.filter(Q(replaced_at=None) | Q(replaced_at__gt=at)))


def previous_of(gate: Gate, ranking: Ranking) -> Ranking | None:
    """Return the ranking of the same line in the edition before, read through `gate`; None where there is none.

    Where an edition left the ranking out, it is the last one that has it. One query.
    """
    earlier = earlier_of(gate, [ranking])[ranking.pk]
    return earlier[0] if earlier else None


def compare_rankings(now: Ranking, before: Ranking, between: Iterable[Ranking] = ()) -> Comparability:
    """Return whether the ranks and scores of two tables compare; which of the two is given first does not matter.

    They do where the line, the peer group, the unit and the maximum score are the same, both were transcribed, and no
    evaluator said that the method changed. `between` are the rankings of editions in between, which may have said it.
    The rankings need `release__edition`, `line` and `peer_group`.
    """
    before, now = sorted((before, now), key=_year)
    reasons = [
        *_of_lines(now, before),
        *_of_methods(now, before, between),
        *_of_groups(now, before),
        *_of_scales(now, before),
        *_of_transcription(now, before),
    ]
    return Comparability(reasons, list(_caveats(now, before)))


def _year(ranking: Ranking) -> tuple[int, int]:
    edition = ranking.release.edition
    return edition.period_end, edition.period_start


def label_of(ranking: Ranking) -> str:
    """Return the label of a ranking's edition as it stands in a sentence: 2017–2018."""
    return ranking.release.edition.label.replace("-", "\u2013")


def _both(now: Ranking, before: Ranking) -> dict[str, str]:
    return {"now": label_of(now), "before": label_of(before)}


def _of_lines(now: Ranking, before: Ranking) -> Iterator[str]:
    merged = before.line.merged_into_id if before.line else None
    if now.line_id is None or now.line_id not in (before.line_id, merged):
        yield _("The two tables are not the same ranking in two years.")


def _of_methods(now: Ranking, before: Ranking, between: Iterable[Ranking]) -> Iterator[str]:
    later = sorted((row for row in between if _year(before) < _year(row) < _year(now)), key=_year)
    for ranking in (*later, now):
        if ranking.method_changed:
            said = _("The method changed in %(edition)s.") % {"edition": label_of(ranking)}
            yield " ".join(filter(None, (said, ranking.method_note)))


def _of_groups(now: Ranking, before: Ranking) -> Iterator[str]:
    one, other = now.peer_group, before.peer_group
    if one is None and other is None:
        return
    if one is None or other is None:
        yield _("Who is compared with whom is not recorded for both years.")
    elif _rules(one) != _rules(other) or _meaning(one.definition_zh) != _meaning(other.definition_zh):
        values = _both(now, before) | {"group": one.title, "other": other.title}
        if one.title == other.title:
            yield (
                _(
                    "The peer group “%(group)s” is not what it was in %(before)s: others are compared with each other."
                )
                % values
            )
        else:
            yield _("The peer groups differ: “%(group)s” in %(now)s, “%(other)s” in %(before)s.") % values


def _rules(group: PeerGroup) -> tuple:
    tiers = (group.tiers, group.without_tiers, group.below_tiers)
    return group.subject_kind, group.level, *(frozenset(one) for one in tiers)


def _meaning(definition: str) -> str:
    """A definition without its years and blanks: one that moved on to its year means the same."""
    return re.sub(r"\s|[-\u2013年度]", "", YEAR.sub("", definition))


def _of_scales(now: Ranking, before: Ranking) -> Iterator[str]:
    if now.unit and before.unit and now.unit != before.unit:
        values = {"unit": now.get_unit_display(), "other": before.get_unit_display()}
        yield _("The units differ: %(unit)s in %(now)s, %(other)s in %(before)s.") % (
            values | _both(now, before)
        )
    one, other = now.max_score, before.max_score
    if one is not None and other is not None and one != other:
        values = {"maximum": f"{one.normalize():f}", "other": f"{other.normalize():f}"}
        yield _("The maximum scores differ: %(maximum)s in %(now)s, %(other)s in %(before)s.") % (
            values | _both(now, before)
        )


def _of_transcription(now: Ranking, before: Ranking) -> Iterator[str]:
    for ranking in (now, before):
        if ranking.state == Ranking.State.ANNOUNCED:
            yield _("The table of %(edition)s was announced and not printed.") % {
                "edition": label_of(ranking)
            }
        elif not ranking.is_transcribed:
            yield _("The table of %(edition)s was published as an image and has not been transcribed.") % {
                "edition": label_of(ranking)
            }


def _caveats(now: Ranking, before: Ranking) -> Iterator[str]:
    if now.cutoff != before.cutoff:
        values = _both(now, before) | {"n": min(filter(None, (now.cutoff, before.cutoff)))}
        yield (
            _(
                "The tables of %(now)s and %(before)s end at different ranks, so that they compare down to rank %(n)s."
            )
            % values
        )
    for ranking in (now, before):
        if ranking.state == Ranking.State.PARTIAL:
            yield _("The table of %(edition)s is only partly transcribed.") % {"edition": label_of(ranking)}
    if (now.max_score is None) != (before.max_score is None):
        unsaid = now if now.max_score is None else before
        yield _("No maximum score is printed for the table of %(edition)s.") % {"edition": label_of(unsaid)}
    if bool(now.unit) != bool(before.unit):
        unsaid = before if now.unit else now
        yield _("No unit is printed for the table of %(edition)s.") % {"edition": label_of(unsaid)}
    if now.tie_rule != before.tie_rule:
        yield _("Ties are ranked otherwise in %(now)s than in %(before)s.") % _both(now, before)


def reach_of(ranking: Ranking) -> int | None:
    """Return the last rank that a table shows: None where it shows everybody, 0 where rows may be missing anywhere.

    Who is absent above it was not in the table; of who is absent below it the table says nothing.
    """
    return ranking.cutoff if ranking.state == Ranking.State.COMPLETE else 0
