"""The record of a subject in a few sentences of the reader's language, for the head of its page and its profile."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from awards.models import Edition
from cityrank.registry.texts import is_english
from cityrank.results.place_standings import Standing
from cityrank.results.records import Record
from scores.models import Ranking

# Ranks that are told in words; the others stand in the tables below.
TOLD = 2


def story_of(record: Record) -> list[str]:
    """Return whole sentences: what it won, what those before it won, and where it stands in the newest edition."""
    sentences = [*_won(record), *_won_before(record)]
    standings = _newest(record)
    for standing in standings[:TOLD]:
        sentences += [_rank(standing, record.subject.name), *_movement(standing)]
    return sentences or list(_named(record))


def in_one(sentences: list[str]) -> str:
    """Return sentences as one text: with blanks between them in English, without in Chinese."""
    return (" " if is_english() else "").join(sentences)


def years(edition: Edition) -> str:
    """Return the label of an edition as it stands in a sentence: 2017–2018."""
    return edition.label.replace("-", "\u2013")


def group_of(ranking: Ranking) -> str:
    """Return who is compared with whom: the peer group, or where none is recorded the title of the table."""
    return ranking.peer_group.title if ranking.peer_group else ranking.title


def _won(record: Record) -> Iterator[str]:
    own = record.own_awards
    if not own:
        return
    editions = {won.release.edition_id for won in own}
    values = {
        "name": record.subject.name,
        "count": len(own),
        "editions": len(editions),
        "edition": years(own[0].release.edition),
    }
    if len(editions) == 1:
        yield (
            ngettext(
                "%(name)s received %(count)s award in %(edition)s.",
                "%(name)s received %(count)s awards in %(edition)s.",
                len(own),
            )
            % values
        )
    else:
        yield (
            _("%(name)s received %(count)s awards in %(editions)s editions, the last in %(edition)s.")
            % values
        )


def _won_before(record: Record) -> Iterator[str]:
    before = record.former_awards
    if not before:
        return
    names = dict.fromkeys(won.former.place.name for won in before if won.former)
    values = {"count": len(before), "names": pgettext("list", ", ").join(names), "name": record.subject.name}
    yield (
        ngettext(
            "%(names)s, which %(name)s took over from, received %(count)s award.",
            "%(names)s, which %(name)s took over from, received %(count)s awards.",
            len(before),
        )
        % values
    )


def _newest(record: Record) -> list[Standing]:
    """Return its ranks in the newest edition in which it has any, in the order of the bulletin."""
    ranked = [one for one in record.standings if one.rank is not None and one.former is None]
    if not ranked:
        return []
    latest = max(ranked, key=lambda one: _year(one.release.edition)).release.edition_id
    return [one for one in ranked if one.release.edition_id == latest]


def _named(record: Record) -> Iterator[str]:
    """Say of whoever has no rank at all in which table the source names it."""
    for standing in record.standings[:TOLD]:
        yield _("The source names %(name)s in “%(title)s” of %(edition)s, without a rank.") % {
            "name": record.subject.name,
            "title": standing.ranking.title,
            "edition": years(standing.release.edition),
        }


def _year(edition: Edition) -> tuple[int, int]:
    return edition.period_end, edition.period_start


def _rank(standing: Standing, name: str) -> str:
    ranking = standing.ranking
    values = {
        "name": name,
        "edition": years(standing.release.edition),
        "rank": standing.rank,
        "of": standing.of,
        "group": group_of(ranking),
        "cutoff": ranking.cutoff,
        "expected": ranking.expected_count or "",
    }
    if ranking.state == Ranking.State.PARTIAL:
        return (
            _(
                "In %(edition)s %(name)s has rank %(rank)s in “%(group)s”, of which not all rows are transcribed."
            )
            % values
        )
    if ranking.cutoff is not None:
        return (
            _(
                "In %(edition)s %(name)s has rank %(rank)s in “%(group)s”, of which the first %(cutoff)s are printed."
            )
            % values
        )
    return _("In %(edition)s %(name)s has rank %(rank)s of %(of)s in “%(group)s”.") % values


def _movement(standing: Standing) -> Iterator[str]:
    rise, before = standing.rise, standing.before
    if rise is None or before is None:
        return
    values = {"count": abs(rise), "edition": years(before.ranking.release.edition)}
    if rise > 0:
        yield (
            ngettext(
                "That is %(count)s rank better than in %(edition)s.",
                "That is %(count)s ranks better than in %(edition)s.",
                rise,
            )
            % values
        )
    elif rise < 0:
        yield (
            ngettext(
                "That is %(count)s rank lower than in %(edition)s.",
                "That is %(count)s ranks lower than in %(edition)s.",
                -rise,
            )
            % values
        )
    else:
        yield _("That is the same rank as in %(edition)s.") % values
