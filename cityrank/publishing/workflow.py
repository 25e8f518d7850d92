"""The business actions on releases: one function each, called by admin, API and commands alike.

An action checks what it needs, does all of it or nothing, and raises `Refused` with a sentence for the person who
asked.
"""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Edition, Recipient, Release
from cityrank.publishing.clone import copy_content
from scores import ranks
from scores.models import Ranking, Score

Status = Release.Status
# Copied with a new draft, like its rows.
HEADER = ("title_zh", "title_en", "announced_on", "summary_zh", "summary_en")


class Refused(Exception):
    """The action is not possible now; the text says why and what to do."""


@transaction.atomic
def start_draft(edition: Edition, by: User | None = None) -> Release:
    """Return a new draft with the content of the edition's newest release that was public, or an empty one.

    Raises `Refused` while another release of the edition is in preparation.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    open_one = edition.releases.filter(status__in=(Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)).first()
    if open_one:
        raise Refused(
            _(
                "Release %(number)s of %(edition)s is in preparation already (%(status)s). Continue with that one."
            )
            % {"number": open_one.number, "edition": edition.label, "status": open_one.get_status_display()}
        )
    last = edition.releases.order_by("-number").first()
    draft = Release(edition=edition, cloned_from=last, title_zh=edition.label)
    for name in HEADER if last else ():
        setattr(draft, name, getattr(last, name))
    draft._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    draft.save()
    if last:
        copy_content(last, draft)
    return draft


@transaction.atomic
def publish_release(release: Release, by: User | None = None, reason: str = "") -> Release:
    """Make a release its edition's current one; the one before becomes superseded in the same transaction.

    `reason` is public and required when the release replaces another. Raises `Refused` when the release is not in
    preparation (somebody may have published it a moment ago), the reason is missing or a name is not resolved.
    """
    Edition.objects.select_for_update().get(pk=release.edition_id)
    release = Release.objects.select_for_update().select_related("edition").get(pk=release.pk)
    if release.status not in (Status.DRAFT, Status.APPROVED):
        raise Refused(
            _("Release %(number)s of %(edition)s is %(status)s and cannot be published.")
            % {
                "number": release.number,
                "edition": release.edition.label,
                "status": release.get_status_display(),
            }
        )
    former = release.edition.releases.filter(status=Status.PUBLISHED).first()
    reason = reason.strip() or release.reason
    if former and not reason:
        raise Refused(
            _("Say publicly why release %(number)s replaces the one before it.") % {"number": release.number}
        )
    _refuse_unresolved(release)
    if release.is_editable:
        for ranking in Ranking.objects.of_release(release):
            ranks.recompute(ranking)
    if former:
        _move(former, Status.SUPERSEDED, by)
    release.reason = reason
    release.published_at = max(timezone.now(), _last_publication(release.edition))
    release.published_by = by
    return _move(release, Status.PUBLISHED, by)


def _move(release: Release, status: str, by: User | None) -> Release:
    release.status = status
    release._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    release.save()
    return release


def _last_publication(edition: Edition) -> dt.datetime:
    """Publications of an edition keep their order even if the machine's clock was set back."""
    last = edition.releases.aggregate(last=Max("published_at"))["last"]
    return last or timezone.now()


def _refuse_unresolved(release: Release) -> None:
    recipient = Recipient.objects.of_release(release).filter(subject=None).select_related("award").first()
    if recipient:
        raise Refused(
            _("%(award)s, recipient %(position)s (%(name)s): say which place this is.")
            % {"award": recipient.award.title, "position": recipient.position, "name": recipient.printed_name}
        )
    score = Score.objects.of_release(release).filter(subject=None).select_related("ranking").first()
    if score:
        raise Refused(
            _("%(ranking)s, row %(position)s (%(name)s): say which subject this is.")
            % {"ranking": score.ranking.title, "position": score.position, "name": score.printed_name}
        )
