"""The business actions on releases: one function each, called by admin, API and commands alike.

An action checks what it needs, does all of it or nothing, writes a line into the log and raises `Refused` with a
sentence for the person who asked. `by` is that person; None is a program that acts on its own, such as the loader of
a reviewed file. Which action leads from where to where is said in `cityrank.publishing.moves`.
"""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from awards.models import Edition, Release
from awards.querysets import ReleaseQuerySet
from cityrank.publishing import checks, errata
from cityrank.publishing.authors import note_author
from cityrank.publishing.clone import copy_content
from cityrank.publishing.models import Contribution, Move
from cityrank.publishing.moves import BY_ACTION, Status
from cityrank.publishing.refusals import Refused
from cityrank.publishing.signals import moved
from scores import ranks
from scores.models import Ranking

__all__ = [
    "Refused", "approve_release", "corrects", "discard_release", "publish_release", "publish_unattended",
    "return_release", "schedule_release", "settle_schedules", "start_draft", "submit_release", "unschedule_release",
    "withdraw_release",
]  # fmt: skip

# Copied with a new draft, like its rows.
HEADER = ("title_zh", "title_en", "announced_on", "summary_zh", "summary_en")
# A schedule is not changed in the last moments: the change could be stored after readers have seen the release.
LAST_MOMENTS = dt.timedelta(seconds=5)


@transaction.atomic
def start_draft(edition: Edition, by: User | None = None) -> Release:
    """Return a new draft with the content of the edition's current release, or of the last one; or an empty one.

    Raises `Refused` while another release of the edition is in preparation.
    """
    _lock(edition)
    last = edition.releases.filter(status=Status.PUBLISHED).first()
    last = last or edition.releases.filter(published_at__isnull=False).order_by("-number").first()
    action = "correct" if last else "start"
    _allow(by, action)
    refuse_second_preparation(edition)
    draft = Release(edition=edition, cloned_from=last, title_zh=edition.label)
    for name in HEADER if last else ():
        setattr(draft, name, getattr(last, name))
    _log(draft, action, by)
    if last:
        copy_content(last, draft)
    return draft


def log_start(draft: Release, by: User | None, reason: str) -> Release:
    """Store a new edition's first draft and the line of the log that it begins with."""
    _allow(by, "start")
    return _log(draft, "start", by, reason)


@transaction.atomic
def submit_release(release: Release, by: User | None = None, comment: str = "") -> Release:
    """Hand a draft in for review; from here on nobody changes its rows.

    Raises `Refused` when a check blocks, or when a person submits while a warning is not acknowledged.
    """
    # First the release, then its rows: that is the order in which everybody who writes rows locks them too.
    release = _begin(release, "submit", by)
    for ranking in Ranking.objects.of_release(release):
        ranks.recompute(ranking)
    checks.refuse_open(release, warnings_too=by is not None)
    note_author(release.pk, by)
    return _log(release, "submit", by, comment)


@transaction.atomic
def return_release(release: Release, by: User | None = None, comment: str = "") -> Release:
    """Send a release back to those who enter it; `comment` says what is to be mended and is required."""
    release = _begin(release, "return", by, comment)
    release.approved_by = None
    return _log(release, "return", by, comment)


@transaction.atomic
def approve_release(release: Release, by: User | None = None, comment: str = "") -> Release:
    """Approve what was submitted. Raises `Refused` for whoever entered or submitted anything of it."""
    release = _begin(release, "approve", by)
    authors = Contribution.objects.filter(release=release)
    if by is None and authors.exists():
        raise Refused(_("People have worked on this release, so a person has to approve it."))
    if by is not None and authors.filter(person=by).exists():
        raise Refused(
            _(
                "You entered or submitted something of release %(number)s of %(edition)s yourself. "
                "Somebody else has to approve it."
            )
            % {"number": release.number, "edition": release.edition.label}
        )
    checks.refuse_open(release, warnings_too=by is not None)
    release.approved_by = by
    return _log(release, "approve", by, comment)


@transaction.atomic
def schedule_release(release: Release, at: dt.datetime, by: User | None = None, reason: str = "") -> Release:
    """Let an approved release become public at an instant, without anybody present.

    Raises `Refused` when the instant is not in the future or the public reason of a correction is missing.
    """
    release = _begin(release, "schedule", by)
    if at <= max(timezone.now() + LAST_MOMENTS, _last_publication(release.edition)):
        raise Refused(
            _("%(instant)s is over. Choose an instant in the future, or publish now.")
            % {"instant": _shown(at)}
        )
    _replace_former(release, at, by, reason)
    return _log(release, "schedule", by, release.reason, effective_at=at)


@transaction.atomic
def unschedule_release(release: Release, by: User | None = None, comment: str = "") -> Release:
    """Take a release off its schedule; it is approved as before. Raises `Refused` once its hour has come."""
    release = _begin(release, "unschedule", by)
    assert release.published_at is not None
    if release.published_at <= timezone.now() + LAST_MOMENTS:
        raise Refused(_("The release becomes public this very moment. Withdraw it if it must not stay so."))
    _forget_schedule(release)
    return _log(release, "unschedule", by, comment)


@transaction.atomic
def publish_release(release: Release, by: User | None = None, reason: str = "") -> Release:
    """Make an approved release its edition's current one; the one before becomes superseded in the same transaction.

    `reason` is public and required when the release replaces another. Raises `Refused` when the release is not
    approved (somebody may have published it a moment ago), the reason is missing or a check blocks.
    """
    release = _begin(release, "publish", by)
    if release.status == Status.SCHEDULED:
        _forget_schedule(release)
    now = max(timezone.now(), _last_publication(release.edition))
    former = _replace_former(release, now, by, reason)
    if former:
        _log(former, "supersede", by)
    return _log(release, "publish", by, release.reason)


@transaction.atomic
def withdraw_release(release: Release, by: User | None = None, reason: str = "") -> Release:
    """Take a release from the public; its address answers with the reason from then on."""
    release = _begin(release, "withdraw", by, reason)
    assert release.published_at is not None
    now = timezone.now()
    if release.replaced_at is None or release.replaced_at > now:
        # Not before it began, whatever the clock of this machine says.
        release.replaced_at = max(now, release.published_at)
    release.withdrawal = reason.strip()
    return _log(release, "withdraw", by, reason)


@transaction.atomic
def discard_release(release: Release, by: User | None = None, reason: str = "") -> Release:
    """Give up a release in preparation. Its rows stay for the record; nobody reads or changes them any more."""
    release = _begin(release, "discard", by, reason)
    return _log(release, "discard", by, reason)


@transaction.atomic
def publish_unattended(release: Release, reason: str = "") -> Release:
    """Submit, approve and publish what a program has loaded and no person has touched."""
    return publish_release(approve_release(submit_release(release)), reason=reason)


def settle_schedules(edition: Edition | None = None) -> list[Release]:
    """Store what the clock has already made true: scheduled releases whose hour has come, and what they replaced.

    Readers do not wait for it. Returns the releases that were settled now.
    """
    due = Release.objects.due(timezone.now())
    due = due.filter(edition=edition) if edition else due
    return [settled for release in due if (settled := _settle(release))]


@transaction.atomic
def _settle(release: Release) -> Release | None:
    Edition.objects.select_for_update().get(pk=release.edition_id)
    found = Release.objects.due(timezone.now()).select_for_update().filter(pk=release.pk).first()
    if found is None:
        return None
    former = found.edition.releases.filter(status=Status.PUBLISHED).first()
    if former:
        _log(former, "supersede", None, effective_at=found.published_at)
    return _log(found, "settle", None, effective_at=found.published_at)


# --- What the actions share -------------------------------------------------------------------------------------


def _lock(edition: Edition) -> None:
    """Let one action at a time work on an edition, on its state as it is now."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    settle_schedules(edition)


def _begin(release: Release, action: str, by: User | None, reason: str | None = None) -> Release:
    """Return the release, locked and read anew. Raises `Refused` where the table of moves does not allow the action."""
    move = BY_ACTION[action]
    _lock(release.edition)
    release = Release.objects.select_for_update(of=("self",)).select_related("edition").get(pk=release.pk)
    _allow(by, action)
    if release.status not in move.sources:
        raise Refused(
            _("Release %(number)s of %(edition)s is %(status)s: “%(action)s” is not possible now.")
            % {
                "number": release.number,
                "edition": release.edition.label,
                "status": release.get_status_display(),
                "action": move.label,
            }
        )
    if move.needs_reason and not (reason or "").strip():
        raise Refused(_("Say why: “%(action)s” needs a reason.") % {"action": move.label})
    return release


def _allow(by: User | None, action: str) -> None:
    move = BY_ACTION[action]
    if by is not None and not by.has_perm(move.permission):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": move.label})


def refuse_second_preparation(edition: Edition) -> None:
    """Raises `Refused` while a release of the edition is in preparation."""
    open_one = edition.releases.in_preparation().first()
    if open_one:
        raise Refused(
            _(
                "Release %(number)s of %(edition)s is in preparation already (%(status)s). Continue with that one."
            )
            % {"number": open_one.number, "edition": edition.label, "status": open_one.get_status_display()}
        )


def corrects(release: Release) -> bool:
    """Return whether another release of the edition was public before, so that readers must be told a reason.

    That includes one that was withdrawn: who has cited it wants to know what became of it.
    """
    return _once_public(release.edition).exclude(pk=release.pk).exists()


def _replace_former(release: Release, at: dt.datetime, by: User | None, reason: str) -> Release | None:
    """Set from when a release is public and until when the current one is; note the errata. Returns the latter."""
    former = release.edition.releases.filter(status=Status.PUBLISHED).first()
    release.reason = reason.strip() or release.reason
    if corrects(release) and not release.reason:
        raise Refused(
            _("Say publicly why release %(number)s replaces the one before it.") % {"number": release.number}
        )
    checks.refuse_open(release, warnings_too=by is not None)
    release.published_at, release.published_by = at, by
    if former:
        former.replaced_at = at
        # Past the history: the log says it, and nobody becomes an author of the former release by it.
        Release.objects.filter(pk=former.pk).update(replaced_at=at)
    errata.record(release, former)
    return former


def _forget_schedule(release: Release) -> None:
    release.published_at = release.published_by = None
    release.edition.releases.filter(status=Status.PUBLISHED).update(replaced_at=None)
    release.errata.all().delete()


def _log(
    release: Release, action: str, by: User | None, reason: str = "", effective_at: dt.datetime | None = None
) -> Release:
    """Move the release and append the move to the log."""
    before = "" if release.pk is None else release.status
    release.status = BY_ACTION[action].target
    release._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    release._is_move = True  # type: ignore[attr-defined]  # moving a release does not make an author of it
    release.save()
    release._is_move = False  # type: ignore[attr-defined]
    move = Move.objects.create(
        release=release,
        action=action,
        from_status=before,
        to_status=release.status,
        by=by,
        reason=reason.strip(),
        effective_at=effective_at,
    )
    transaction.on_commit(lambda: moved.send_robust(Move, move=move))
    return release


def _last_publication(edition: Edition) -> dt.datetime:
    """Publications of an edition keep their order even if the machine's clock was set back."""
    return _once_public(edition).aggregate(last=Max("published_at"))["last"] or timezone.now()


def _once_public(edition: Edition) -> ReleaseQuerySet:
    """Return what is or was public by its status: a clock that was set back makes nothing unsaid."""
    return edition.releases.filter(status__in=(Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN))


def _shown(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")
