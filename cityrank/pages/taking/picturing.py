"""What the share card of each kind of page says, read through the gate."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from awards.models import Award, Recipient, Release
from cityrank.pages import selectors
from cityrank.pages.scope import Scope
from cityrank.pages.taking.cards import ROWS_SHOWN, Card, Row
from cityrank.pages.templatetags.pages import accent, concrete, en_dash, path_of, shown_as
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.registry.texts import is_english
from scores.models import Ranking, Score

NAMES_SHOWN = 12


def site_card() -> Card:
    return Card(
        eyebrow=_("Smart-city evaluation"),
        title="CityRank",
        subtitle=_("Awards, rankings and averages, every figure with its source"),
    )


def edition_card(scope: Scope) -> Card:
    counted = selectors.totals_by_release(scope.gate).get(scope.release.pk)
    figures: tuple[Row, ...] = ()
    if counted:
        told = [
            (counted.awards, ngettext("award", "awards", counted.awards)),
            (counted.recipients, ngettext("recipient", "recipients", counted.recipients)),
            (counted.rankings, ngettext("ranking", "rankings", counted.rankings)),
        ]
        figures = tuple(Row(str(number), text) for number, text in told if number)
    return Card(
        eyebrow=en_dash(scope.edition.label),
        title=scope.release.title,
        figures=figures,
        foot=_foot(scope.release),
    )


def award_card(scope: Scope, award: Award) -> Card:
    """The award and its winners, in the order of the bulletin, as many as there is room for."""
    rows = list(selectors.recipients_of(scope.gate, award)[: NAMES_SHOWN + 1])
    names = [shown_as(concrete(row.subject), row.printed_name) for row in rows if row.subject]
    joined = pgettext("list", ", ").join(names[:NAMES_SHOWN])
    count = scope.gate.rows(Recipient).filter(award=award).count()
    winners = ngettext("%(n)s winner", "%(n)s winners", count) % {"n": count}
    return Card(
        eyebrow=f"{en_dash(scope.edition.label)} · {winners if count else _('Award')}",
        title=award.title,
        subtitle=joined,
        foot=_foot(scope.release),
        accent=accent(award.series.number),
    )


def ranking_card(scope: Scope, ranking: Ranking) -> Card:
    """The ranking with its first rows, or what is said of a table that nobody has transcribed."""
    rows: tuple[Row, ...] = ()
    if ranking.is_transcribed:
        first = selectors.scores_of(scope.gate, ranking)[:ROWS_SHOWN]
        rows = tuple(_score_row(row, ranking) for row in first)
    peers = ranking.peer_group.title if ranking.peer_group else ""
    return Card(
        eyebrow=f"{en_dash(scope.edition.label)} · {_('Ranking')}",
        title=ranking.title,
        subtitle=peers if peers.lower() not in ranking.title.lower() else "",
        rows=rows,
        remark="" if ranking.is_transcribed else str(ranking.get_state_display()),
        foot=_foot(scope.release),
        accent=accent(ranking.series.number),
    )


def place_card(place: Place) -> Card:
    """The place with its latest results: ranks first, then awards, from the current releases."""
    gate = open_gate()
    scores = list(selectors.scores_won(gate, place)[:ROWS_SHOWN])
    awards = list(selectors.awards_won(gate, place))
    ranked = [
        Row(
            en_dash(row.ranking.release.edition.label),
            row.ranking.title,
            _("rank %(rank)s") % {"rank": row.printed_rank} if row.printed_rank else "",
        )
        for row in scores
    ]
    won = [Row(en_dash(row.award.release.edition.label), row.award.title) for row in awards]
    rows = (ranked[: 1 if won else ROWS_SHOWN] + won)[:ROWS_SHOWN]
    total = len(awards)
    return Card(
        eyebrow=path_of(place) or str(place.get_level_display()),
        title=place.name,
        subtitle=place.name_zh if is_english() else place.english_name,
        rows=tuple(rows),
        remark=_("%(n)s awards in all") % {"n": total} if total > ROWS_SHOWN else "",
    )


def _score_row(row: Score, ranking: Ranking) -> Row:
    row.ranking = ranking  # it knows the decimals, and is here already
    name = shown_as(concrete(row.subject), row.printed_name) if row.subject else row.printed_name
    return Row(str(row.printed_rank or "–"), name, row.shown_score or "")


def _foot(release: Release) -> str:
    told = [_("Release %(number)s") % {"number": release.number}, str(release.get_public_status_display())]
    if release.published_at:
        told.append(date_format(localtime(release.published_at), "DATE_FORMAT"))
    return " · ".join(told)
