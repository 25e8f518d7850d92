"""Warnings that may stand, one by one and with a reason."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.publishing.checks import Finding, findings
from cityrank.publishing.models import Acknowledgement
from cityrank.publishing.refusals import Refused

RIGHTS = ("awards.submit_release", "awards.review_release", "awards.coordinate_release")


@transaction.atomic
def acknowledge(
    release: Release, rule: str, row: str, reason: str, by: User | None = None
) -> Acknowledgement:
    """Accept one warning of one row as it is; the reason is kept and holds as long as the figures stay the same.

    Raises `Refused` outside a draft, without a reason, for a rule that blocks, and when nothing is found there.
    """
    _refuse_unless_allowed(release, by)
    if not reason.strip():
        raise Refused(_("Say why this may stand."))
    finding = _found(release, rule, row)
    if finding.blocks:
        raise Refused(_("This blocks the release and cannot be acknowledged. Mend it."))
    values = {"digest": finding.digest, "reason": reason.strip(), "by": by, "at": timezone.now()}
    given, _created = Acknowledgement.objects.update_or_create(
        release=release, rule=rule, row=row, defaults=values
    )
    return given


@transaction.atomic
def take_back(release: Release, rule: str, row: str, by: User | None = None) -> int:
    """Open an acknowledged warning again. Returns how many acknowledgements were taken back, 0 or 1."""
    _refuse_unless_allowed(release, by)
    return Acknowledgement.objects.filter(release=release, rule=rule, row=row).delete()[0]


def _refuse_unless_allowed(release: Release, by: User | None) -> None:
    locked = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if by is not None and not any(by.has_perm(right) for right in RIGHTS):
        raise Refused(
            _("Your role does not include this: %(action)s.") % {"action": _("acknowledge a warning")}
        )
    if not locked.is_editable:
        raise Refused(
            _("Warnings are acknowledged in a draft; this release is %(status)s.")
            % {"status": locked.get_status_display()}
        )


def _found(release: Release, rule: str, row: str) -> Finding:
    for finding in findings(release):
        if (finding.rule.name, finding.found.row) == (rule, row):
            return finding
    raise Refused(_("There is no such warning any more. Look at the checks again."))
