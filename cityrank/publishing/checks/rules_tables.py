"""Rules about rankings and their rows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityrank.publishing.checks.comparing import (
    decimals_of,
    lies_within,
    out_of_order,
    rank_gaps,
    repetitions,
)
from cityrank.publishing.checks.content import Content, ScoreRow, about_table, score_key
from cityrank.publishing.checks.registry import Found, Severity, rule
from scores.methodology.ranking import competition_ranks
from scores.models import Ranking


def _score(ranking: Ranking, row: ScoreRow, message: str, *figures: object, **named_too: object) -> Found:
    """`message` may name the table, the row's position and its name, and what else is given by name."""
    text = message % {"ranking": ranking, "position": row.position, "name": row.name, **named_too}
    named = (row.name, row.subject, *figures)
    return Found(score_key(ranking, row), "scores.score", row.pk, str(ranking), text, named)


def _rows(content: Content) -> Iterator[tuple[Ranking, ScoreRow]]:
    for ranking in content.rankings.values():
        for row in content.scores.get(ranking.pk, []):
            yield ranking, row


@rule(
    "table-count",
    Severity.BLOCKS,
    gettext_lazy("A table marked as complete has as many rows as are expected."),
)
def table_count(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        count = len(content.scores.get(ranking.pk, []))
        expected = ranking.expected_count
        if content.is_complete(ranking) and (count != expected if expected else count == 0):
            message = _(
                "%(ranking)s is marked as complete and has %(count)s rows; %(expected)s are expected."
            )
            values = {"ranking": ranking, "count": count, "expected": expected or _("some")}
            yield about_table(ranking, message % values, count, expected)


@rule(
    "table-cutoff", Severity.WARNS, gettext_lazy("A complete table shows as many rows as its cut-off says.")
)
def table_cutoff(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        count = len(content.scores.get(ranking.pk, []))
        differs = content.is_complete(ranking) and ranking.cutoff and count != ranking.cutoff
        if differs and not ranking.expected_count and count:
            message = _("%(ranking)s shows %(count)s rows; its cut-off is %(cutoff)s.")
            values = {"ranking": ranking, "count": count, "cutoff": ranking.cutoff}
            yield about_table(ranking, message % values, count, ranking.cutoff)


@rule(
    "table-unread",
    Severity.WARNS,
    gettext_lazy("A table marked as complete has no row that could not be read."),
)
def table_unread(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        unread = [row.position for row in content.scores.get(ranking.pk, []) if row.score is None]
        if content.is_complete(ranking) and unread:
            message = _("%(ranking)s is marked as complete; rows without a score: %(rows)s.")
            values = {"ranking": ranking, "rows": ", ".join(map(str, unread[:10]))}
            yield about_table(ranking, message % values, *unread)


@rule("table-source", Severity.WARNS, gettext_lazy("A ranking says where it was read."))
def table_source(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        if ranking.source_id is None:
            yield about_table(ranking, _("%(ranking)s has no source.") % {"ranking": ranking})


@rule("table-method", Severity.WARNS, gettext_lazy("A ranking whose method changed says what changed."))
def table_method(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        if ranking.method_changed and not ranking.method_note_zh:
            message = _("%(ranking)s: the method changed, and readers are not told in what.")
            yield about_table(ranking, message % {"ranking": ranking})


@rule(
    "table-titles", Severity.WARNS, gettext_lazy("A ranking has one title, in the list and above its rows.")
)
def table_titles(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        if ranking.titles_differ:
            message = _("%(ranking)s: listed as “%(listed)s”, printed as “%(printed)s”.")
            texts = (ranking.title_listed, ranking.title_printed)
            values = {"ranking": ranking, "listed": texts[0], "printed": texts[1]}
            yield about_table(ranking, message % values, *texts)


@rule("score-unresolved", Severity.BLOCKS, gettext_lazy("Every name of a table leads to a subject."))
def score_unresolved(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        if row.subject is None:
            message = _("%(ranking)s, row %(position)s (%(name)s): say which subject this is.")
            yield _score(ranking, row, message)


@rule("score-name-twice", Severity.WARNS, gettext_lazy("A name stands once in a table."))
def score_name_twice(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        rows = content.scores.get(ranking.pk, [])
        for row in (rows[index] for index in repetitions(row.name for row in rows)):
            message = _("%(ranking)s, row %(position)s: %(name)s stands in the table twice.")
            yield _score(ranking, row, message)


@rule(
    "subject-kind",
    Severity.BLOCKS,
    gettext_lazy("A table of places names places, one of organisations organisations."),
)
def subject_kind(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        group = ranking.peer_group
        kind = content.subjects.get(row.subject or 0, ("", ""))[0]
        if group and kind and kind != group.subject_kind:
            message = _(
                "%(ranking)s, row %(position)s: %(name)s is of another kind than the table's peer group."
            )
            yield _score(ranking, row, message, kind, group.subject_kind)


@rule(
    "peer-group", Severity.WARNS, gettext_lazy("Whoever stands in a table belongs to the table's peer group.")
)
def peer_group(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        group = ranking.peer_group
        if group is None or row.subject not in content.subjects:
            continue
        kind, level = content.subjects[row.subject]
        outside = row.subject not in content.members.get(group.pk, {row.subject})
        if kind == group.subject_kind and outside:
            message = _(
                "%(ranking)s, row %(position)s: %(name)s does not belong to the peer group of the table."
            )
            yield _score(ranking, row, message, group.slug, level)


@rule("score-range", Severity.BLOCKS, gettext_lazy("A score lies between zero and the maximum of its table."))
def score_range(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        if row.score is not None and not lies_within(row.score, 0, ranking.max_score):
            message = _(
                "%(ranking)s, row %(position)s (%(name)s): the score is below zero or above the maximum."
            )
            yield _score(ranking, row, message, row.score, ranking.max_score)


@rule("score-decimals", Severity.WARNS, gettext_lazy("A score has no more decimals than its table prints."))
def score_decimals(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        allowed = ranking.decimals if ranking.decimals is not None else row.decimals
        if row.score is None or allowed is None:
            continue
        if max(decimals_of(row.score), row.decimals or 0) > allowed:
            message = _(
                "%(ranking)s, row %(position)s (%(name)s): the score has more decimals than the table."
            )
            yield _score(ranking, row, message, row.score, allowed)


@rule(
    "rank-computed",
    Severity.WARNS,
    gettext_lazy("A printed rank is the one that follows from the scores under the table's rule for ties."),
)
def rank_computed(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        rows = content.scored(ranking) if content.has_all_scores(ranking) else []
        ranks = competition_ranks([row.score for row in rows if row.score is not None], ranking.tie_rule)
        for row, computed in zip(rows, ranks, strict=True):
            if row.rank is not None and row.rank != computed:
                message = _(
                    "%(ranking)s, row %(position)s (%(name)s): printed rank %(printed)s, computed rank %(computed)s."
                )
                figures = (row.rank, int(computed))
                yield _score(ranking, row, message, *figures, printed=figures[0], computed=figures[1])


@rule(
    "rank-gap",
    Severity.WARNS,
    gettext_lazy("The printed ranks of a complete table leave no gap but those of ties."),
)
def rank_gap(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        rows = content.scores.get(ranking.pk, []) if content.is_complete(ranking) else []
        gaps = rank_gaps([row.rank for row in rows if row.rank is not None], ranking.tie_rule)
        if gaps:
            message = _("%(ranking)s: these printed ranks do not follow from those before: %(ranks)s.")
            values = {"ranking": ranking, "ranks": ", ".join(map(str, gaps[:10]))}
            yield about_table(ranking, message % values, *gaps)


@rule("score-order", Severity.WARNS, gettext_lazy("A better rank has no lower score than a worse one."))
def score_order(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        rows = [row for row in content.scored(ranking) if row.rank is not None]
        for index in out_of_order([(row.rank or 0, row.score or 0) for row in rows]):  # type: ignore[misc]
            row = rows[index]
            message = _(
                "%(ranking)s, row %(position)s (%(name)s): a higher score than a row of a better rank."
            )
            yield _score(ranking, row, message, row.rank, row.score)


@rule(
    "band-rule", Severity.WARNS, gettext_lazy("A row stands in the band that its rank and score belong to.")
)
def band_rule(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        for band in content.bands.get(ranking.pk, []):
            if band.pk != row.band:
                continue
            by_rank = row.rank is None or lies_within(row.rank, band.first_rank, band.last_rank)
            by_score = row.score is None or lies_within(row.score, band.lowest_score, band.highest_score)
            if not (by_rank and by_score):
                message = _(
                    "%(ranking)s, row %(position)s (%(name)s): rank or score lies outside the band %(band)s."
                )
                # The label in one language: an acknowledgement counts in whichever language it was given.
                yield _score(ranking, row, message, row.rank, row.score, band.label_zh, band=band)


@rule("band-missing", Severity.WARNS, gettext_lazy("In a table with bands every ranked row stands in one."))
def band_missing(content: Content) -> Iterator[Found]:
    for ranking, row in _rows(content):
        if content.bands.get(ranking.pk) and row.band is None and row.rank is not None:
            message = _("%(ranking)s, row %(position)s (%(name)s): no band is chosen.")
            yield _score(ranking, row, message, row.rank)
