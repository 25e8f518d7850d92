"""Who enters what: assignments of the parts of a draft, and the right to edit that follows from them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from awards.models import Attachment, Award, Recipient, Release, ReleaseContent, Source
from cityrank.publishing.bulk_notes import columns_of, note_deleted, note_rows
from cityrank.publishing.models import Assignment
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE, ENTER
from cityrank.publishing.signals import assignments_changed
from scores.models import Band, Ranking, Score

Part = Assignment.Part
State = Assignment.State
# What an assignment is about: an award, a ranking, or the release for all that is neither.
Target = Award | Ranking | Release


# --- The right to edit ------------------------------------------------------------------------------------------


@dataclass
class Rights:
    """What one person may edit in one release beyond what the permissions of the models say; read once."""

    person: User
    release: Release
    assigned: set[tuple[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        rows = Assignment.objects.filter(release=self.release, person=self.person.pk)
        self.assigned = {
            (part, award or ranking or 0)
            for part, award, ranking in rows.values_list("part", "award", "ranking")
        }

    @property
    def is_coordinator(self) -> bool:
        return self.person.has_perm(COORDINATE)

    def may_edit(self, obj: ReleaseContent | Release) -> bool:
        if self.is_coordinator:
            return True
        if isinstance(obj, Award | Recipient):
            return (Part.AWARD, obj.pk if isinstance(obj, Award) else obj.award_id) in self.assigned
        if isinstance(obj, Ranking | Score | Band):
            return (Part.RANKING, obj.pk if isinstance(obj, Ranking) else obj.ranking_id) in self.assigned
        if isinstance(obj, Source | Attachment):
            return (Part.REST, 0) in self.assigned or self._has_added(obj)
        return (Part.REST, 0) in self.assigned

    def _has_added(self, obj: Source | Attachment) -> bool:
        """Whoever copies from a document names it, and mends what they said of it; others may rely on the rest."""
        added = type(obj).history.filter(id=obj.pk, history_type="+", history_user=self.person.pk)
        return bool(self.assigned) and added.exists()

    def may_add(self, model: type) -> bool:
        """Return whether rows of a model may be added; those of awards and rankings inside what is assigned only."""
        if self.is_coordinator:
            return True
        if issubclass(model, Award | Ranking):
            return False  # the frame is set up by those who coordinate
        if issubclass(model, Recipient | Score | Band | Source | Attachment):
            return bool(self.assigned)
        return (Part.REST, 0) in self.assigned


def may_edit(person: User, obj: ReleaseContent | Release) -> bool:
    """Return whether an object of a draft is this person's to edit; the permissions of its model are asked besides."""
    release = obj if isinstance(obj, Release) else obj.owning_release
    return release.is_editable and Rights(person, release).may_edit(obj)


def refuse_unless_mine(person: User | None, obj: ReleaseContent | Release) -> None:
    """Raises `Refused` where `may_edit` says no. None is a program and may."""
    release = obj if isinstance(obj, Release) else obj.owning_release
    if not release.is_editable:
        raise Refused(
            _("Only a draft can be changed; this release is %(status)s.")
            % {"status": release.get_status_display()}
        )
    if person is not None and not Rights(person, release).may_edit(obj):
        raise Refused(not_yours(obj))


def not_yours(obj: ReleaseContent | Release) -> str:
    """Return why a part of a draft cannot be edited by somebody it is not assigned to."""
    names = ", ".join(str(person) for person in assignees(obj))
    if names:
        return _("This is assigned to %(names)s. You may read it.") % {"names": names}
    return _("This is assigned to nobody yet. A publisher assigns it.")


def assignees(obj: ReleaseContent | Release) -> list[User]:
    release = obj if isinstance(obj, Release) else obj.owning_release
    where = Q(part=Part.REST)
    if isinstance(obj, Award | Recipient):
        where = Q(award=obj.pk if isinstance(obj, Award) else obj.award_id)
    elif isinstance(obj, Ranking | Score | Band):
        where = Q(ranking=obj.pk if isinstance(obj, Ranking) else obj.ranking_id)
    rows = Assignment.objects.filter(where, release=release).select_related("person").order_by("pk")
    return [row.person for row in rows]


# --- Assigning --------------------------------------------------------------------------------------------------


def assignable() -> QuerySet[User]:
    """Return who may be given work: active people whose role lets them enter rows."""
    app, codename = ENTER.split(".")
    right = Q(groups__permissions__codename=codename, groups__permissions__content_type__app_label=app)
    right |= Q(user_permissions__codename=codename, user_permissions__content_type__app_label=app)
    return User.objects.filter(right, is_active=True).distinct().order_by("username")


@transaction.atomic
def assign(
    release: Release, person: User, targets: Iterable[Target], by: User, due_on: dt.date | None = None
) -> list[Assignment]:
    """Give parts of a draft to somebody; what is theirs already gets the new day only. Returns what is new.

    Raises `Refused` outside a draft, for a part of another release, and for people who may not enter rows.
    """
    _refuse_unless_coordinator(release, by)
    if not assignable().filter(pk=person.pk).exists():
        raise Refused(_("%(person)s is no evaluator and cannot be given work.") % {"person": person})
    made, changed, before = [], [], {}
    for target in targets:
        where = _where(release, target)
        assignment, created = Assignment.objects.get_or_create(
            person=person, **where, defaults={"assigned_by": by, "due_on": due_on}
        )
        if created:
            made.append(assignment)
        elif due_on and assignment.due_on != due_on:
            before[assignment.pk] = columns_of(assignment)
            assignment.due_on = due_on
            assignment.save(update_fields=["due_on", "changed_at"])
            changed.append(assignment)
    note_rows(release, by, "assign", [*made, *changed], before)
    _tell(made, "assigned")
    return made


@transaction.atomic
def unassign(release: Release, person: User, targets: Iterable[Target], by: User) -> int:
    """Take parts of a draft back from somebody. What they have entered stays. Returns the number taken back."""
    _refuse_unless_coordinator(release, by)
    taken = [
        row
        for target in targets
        for row in Assignment.objects.filter(person=person, **_where(release, target)).select_related(
            "person"
        )
    ]
    note_deleted(release, by, "unassign", taken)
    Assignment.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return len(taken)


@transaction.atomic
def report_done(assignment: Assignment, by: User) -> Assignment:
    """Report one's own part as done. Raises `Refused` for somebody else's."""
    assignment = _locked(assignment)
    if assignment.person != by:
        raise Refused(_("Only %(person)s can report this as done.") % {"person": assignment.person})
    assignment.state, assignment.comment, assignment.returned_by = State.DONE, "", None
    return _changed(assignment, "done")


@transaction.atomic
def send_back(assignment: Assignment, by: User, comment: str) -> Assignment:
    """Send a part back to whoever enters it, saying what is to be mended. Raises `Refused` for one's own."""
    assignment = _locked(assignment)
    if not (by.has_perm("awards.review_release") or by.has_perm(COORDINATE)):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("send back")})
    if assignment.person == by:
        raise Refused(_("This is your own work. Somebody else reviews it."))
    if not comment.strip():
        raise Refused(_("Say what is to be mended."))
    assignment.state, assignment.comment, assignment.returned_by = State.RETURNED, comment.strip(), by
    return _changed(assignment, "returned")


def _where(release: Release, target: Target) -> dict:
    if isinstance(target, Release):
        if target != release:
            raise Refused(_("This belongs to another release."))
        return {"release": release, "part": Part.REST}
    if target.owning_release != release:
        raise Refused(_("This belongs to another release."))
    if isinstance(target, Award):
        return {"release": release, "part": Part.AWARD, "award": target}
    return {"release": release, "part": Part.RANKING, "ranking": target}


def _refuse_unless_coordinator(release: Release, by: User) -> None:
    locked = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if not by.has_perm(COORDINATE):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("assign")})
    if not locked.is_editable:
        raise Refused(
            _("Only a draft can be divided; this release is %(status)s.")
            % {"status": locked.get_status_display()}
        )


def _locked(assignment: Assignment) -> Assignment:
    found = Assignment.objects.select_for_update(of=("self",)).select_related("release", "person")
    assignment = found.get(pk=assignment.pk)
    if not assignment.release.is_editable:
        raise Refused(
            _("Only a draft can be changed; this release is %(status)s.")
            % {"status": assignment.release.get_status_display()}
        )
    return assignment


def _changed(assignment: Assignment, what: str) -> Assignment:
    assignment.save()
    _tell([assignment], what)
    return assignment


def _tell(assignments: list[Assignment], what: str) -> None:
    if assignments:
        transaction.on_commit(
            lambda: assignments_changed.send_robust(Assignment, assignments=assignments, what=what)
        )
