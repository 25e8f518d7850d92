"""A second person compares entered rows with their source."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, Recipient, Release
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.refusals import Refused
from scores.models import Ranking, Score

VERIFY = "awards.review_release"


@transaction.atomic
def verify(part: Award | Ranking, by: User) -> int:
    """Mark the rows of an award or a ranking as compared with their source; return how many are newly so.

    Rows that `by` entered stay unverified. Raises `Refused` when nothing is left for this person to verify, for people
    whose role does not review, and outside a draft.
    """
    if not by.has_perm(VERIFY):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("verify")})
    release = Release.objects.select_for_update(of=("self",)).get(pk=part.owning_release.pk)
    if not release.is_editable:
        raise Refused(_("Only a draft can be changed."))
    rows: list[Recipient | Score] = (
        list(part.recipients.filter(verified_at=None))
        if isinstance(part, Award)
        else list(part.scores.filter(verified_at=None).exclude(subject=None))
    )
    own = _entered_by(rows, by)
    to_verify = [row for row in rows if row.pk not in own]
    if not to_verify:
        raise Refused(
            _("You entered these rows yourself. Somebody else verifies them.")
            if rows
            else _("Every row is verified already.")
        )
    remember_origin(to_verify)
    for row in to_verify:
        row.verified_by, row.verified_at = by, timezone.now()
        row._history_user = by  # type: ignore[union-attr]
        row._is_move = True  # type: ignore[union-attr]  # who verifies a row has not entered it
        row.save()
    return len(to_verify)


def _entered_by(rows: list, person: User) -> set[int]:
    """Return the keys of rows that a person has changed; what came as a copy was changed by nobody."""
    if not rows:
        return set()
    history = type(rows[0]).history.filter(id__in=[row.pk for row in rows], history_user=person)
    history = history.exclude(verified_by=person)  # what was written when this person verified it before
    return set(history.values_list("id", flat=True))
