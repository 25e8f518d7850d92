"""Changes to the frame of a draft that touch several rows at once."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from awards.models import Award, Release, ReleaseContent, Section, Series
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.refusals import Refused
from scores.models import Ranking


@transaction.atomic
def merge_series(series: Series, into: Series, by: User | None = None) -> Series:
    """Move the awards, rankings and sections of one series to the end of another and delete the first.

    Raises `Refused` when they are not two series of one draft.
    """
    _refuse_unless_together(series, into, by)
    reason = _("Merged from series %(number)s") % {"number": series.number}
    for model in (Award, Ranking):
        rows: list[Any] = list(model.objects.filter(series=series).order_by("position"))
        last = model.objects.filter(series=into).aggregate(last=Max("position"))["last"] or 0
        for position, row in enumerate(rows, last + 1):
            row.series, row.position = into, position
            _save(row, by, reason)
    for section in Section.objects.filter(series=series):
        section.series = into
        _save(section, by, reason)
    _delete(series, by, _("Merged into series %(number)s") % {"number": into.number})
    return into


@transaction.atomic
def merge_awards(award: Award, into: Award, by: User | None = None) -> Award:
    """Move the recipients of one award to the end of another and delete the first; its line goes on as the other's.

    Raises `Refused` when they are not two awards of one draft, or somebody has received both.
    """
    _refuse_unless_together(award, into, by)
    both = set(into.recipients.exclude(subject=None).values_list("subject", flat=True))
    twice = award.recipients.filter(subject__in=both)
    if twice:
        names = ", ".join(recipient.printed_name for recipient in twice)
        raise Refused(
            _("Both awards name %(names)s. Take them out of one of the two first.") % {"names": names}
        )
    last = into.recipients.aggregate(last=Max("position"))["last"] or 0
    reason = _("Merged from %(award)s") % {"award": award.title}
    for position, recipient in enumerate(award.recipients.order_by("position"), last + 1):
        recipient.award, recipient.position = into, position
        _save(recipient, by, reason)
    if into.citation_id is None and award.citation_id is not None:
        into.citation = award.citation
        _save(into, by, reason)
    line = award.line
    if line is not None and into.line is not None and line != into.line:
        line.merged_into = into.line
        _save(line, by, reason)
    _delete(award, by, _("Merged into %(award)s") % {"award": into.title})
    return into


def _refuse_unless_together(row: ReleaseContent, into: ReleaseContent, by: User | None) -> None:
    release = Release.objects.select_for_update(of=("self",)).get(pk=row.owning_release.pk)
    if by is not None and not by.has_perm("awards.coordinate_release"):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("merge")})
    if not release.is_editable:
        raise Refused(_("Only a draft can be changed."))
    if row == into or into.owning_release != release:
        raise Refused(_("Choose two different parts of the same draft."))


def _save(row: Any, by: User | None, reason: str) -> None:
    if isinstance(row, ReleaseContent):
        remember_origin([row])
    row._history_user, row._change_reason = by, reason  # simple-history reads them
    row.save()


def _delete(row: Any, by: User | None, reason: str) -> None:
    remember_origin([row])
    row._history_user, row._change_reason = by, reason
    row.delete()
