"""Rules about group averages, and about the heading of the release."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityrank.publishing.checks.comparing import group_named, is_title_of, score_rate
from cityrank.publishing.checks.content import Content
from cityrank.publishing.checks.registry import Found, Severity, rule
from cityrank.registry.numbers import rounded, shown
from scores.models import GroupAverage


def _average(average: GroupAverage, message: str, *figures: object) -> Found:
    key = f"average:{average.position}"
    return Found(key, "scores.groupaverage", average.pk, str(average), message, figures)


@rule(
    "average-change",
    Severity.WARNS,
    gettext_lazy("A printed change is the difference of the two printed values, in percentage points."),
)
def average_change(content: Content) -> Iterator[Found]:
    for average in content.averages:
        if average.contradicts_itself:
            message = _(
                "%(group)s: %(value)s against %(previous)s is printed as %(printed)s; the difference is %(computed)s."
            )
            values = {
                "group": average,
                "value": average.shown("printed_value"),
                "previous": average.shown("printed_previous"),
                "printed": average.shown("printed_change"),
                "computed": average.shown("computed_change"),
            }
            figures = (average.printed_value, average.printed_previous, average.printed_change)
            yield _average(
                average, message % values, *(figure.normalize() for figure in figures if figure is not None)
            )


@rule(
    "average-value",
    Severity.WARNS,
    gettext_lazy("A printed average is the mean of the first N rows of its table."),
)
def average_value(content: Content) -> Iterator[Found]:
    for average in content.averages:
        ranking = content.rankings.get(average.ranking_id or 0)
        if ranking is None or not ranking.max_score or not content.has_all_scores(ranking):
            continue
        if average.top_n is None and ranking.cutoff:
            continue  # the whole group is averaged, and the table shows its first rows only
        rows = [row.score for row in content.scored(ranking) if row.score is not None]
        count = average.top_n or len(rows)
        if not count or len(rows) < count:
            continue
        computed = score_rate(rows, count, ranking.max_score, average.decimals)
        if computed != rounded(average.printed_value, average.decimals):
            message = _(
                "%(group)s: %(printed)s is printed; the first %(count)s rows of the table give %(computed)s."
            )
            values = {
                "group": average,
                "printed": average.shown("printed_value"),
                "count": count,
                "computed": shown(computed, average.decimals),
            }
            yield _average(average, message % values, average.printed_value.normalize(), count, computed)


@rule(
    "average-previous",
    Severity.WARNS,
    gettext_lazy("A printed previous value is the one that the edition before printed."),
)
def average_previous(content: Content) -> Iterator[Found]:
    for average in content.averages:
        ranking = content.rankings.get(average.ranking_id or 0)
        if ranking is None or ranking.line_id is None or average.printed_previous is None:
            continue
        former = content.former_average(average, ranking.line_id)
        if former and rounded(former.printed_value, average.decimals) != average.printed_previous:
            message = _(
                "%(group)s: the previous value is printed as %(printed)s; last time it was %(former)s."
            )
            values = {
                "group": average,
                "printed": average.shown("printed_previous"),
                "former": shown(former.printed_value, average.decimals),
            }
            figures = (average.printed_previous.normalize(), former.printed_value.normalize())
            yield _average(average, message % values, *figures)


@rule(
    "average-cutoff",
    Severity.WARNS,
    gettext_lazy("An average is taken over as many rows as its table shows."),
)
def average_cutoff(content: Content) -> Iterator[Found]:
    for average in content.averages:
        if average.n_differs_from_cutoff and average.ranking:
            message = _("%(group)s is taken over the first %(count)s; its table shows the first %(cutoff)s.")
            figures = (average.top_n, average.ranking.cutoff)
            values = {"group": average, "count": figures[0], "cutoff": figures[1]}
            yield _average(average, message % values, *figures)
            continue
        ranking = content.rankings.get(average.ranking_id or 0)
        count = len(content.scores.get(ranking.pk, [])) if ranking and content.is_complete(ranking) else 0
        if average.top_n and 0 < count < average.top_n:
            message = _("%(group)s is taken over the first %(count)s; its table has only %(rows)s rows.")
            values = {"group": average, "count": average.top_n, "rows": count}
            yield _average(average, message % values, average.top_n, count)


@rule(
    "average-group",
    Severity.WARNS,
    gettext_lazy("An average names the group that its table names."),
)
def average_group(content: Content) -> Iterator[Found]:
    for average in content.averages:
        ranking = content.rankings.get(average.ranking_id or 0)
        named = group_named(average.printed_label)
        if ranking is None or not named or is_title_of(ranking.title_printed, named):
            continue
        if ranking.peer_group and group_named(ranking.peer_group.title_zh) == named:
            continue
        message = _("%(group)s: the average is of “%(named)s”; its table is titled “%(title)s”.")
        values = {"group": average, "named": named, "title": ranking.title_printed}
        yield _average(average, message % values, average.printed_label, ranking.title_printed)


@rule("average-source", Severity.WARNS, gettext_lazy("An average says where it was read."))
def average_source(content: Content) -> Iterator[Found]:
    for average in content.averages:
        if average.source_id is None:
            yield _average(average, _("%(group)s has no source.") % {"group": average})


@rule("release-date", Severity.WARNS, gettext_lazy("A release says when its results were announced."))
def release_date(content: Content) -> Iterator[Found]:
    release = content.release
    if release.announced_on is None:
        message = _("The release does not say when the results were announced.")
        yield Found("release", "awards.release", release.pk, str(release.title), message)


@rule("release-title", Severity.WARNS, gettext_lazy("The title of a release names a year of its edition."))
def release_title(content: Content) -> Iterator[Found]:
    release = content.release
    years = {str(year) for year in (release.edition.period_start, release.edition.period_end)}
    if not any(year in release.title_zh for year in years):
        message = _("The title “%(title)s” names no year of the edition.") % {"title": release.title_zh}
        yield Found("release", "awards.release", release.pk, release.title_zh, message, (release.title_zh,))
