"""One small page for each move of a release: what it does, what it needs, and the button."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget

from awards.models import Release
from cityrank.publishing import checks, workflow
from cityrank.publishing.admin_release_pages import render_release_page
from cityrank.publishing.models import Contribution
from cityrank.publishing.moves import TRANSITIONS, Transition

# Actions that a person takes on a release that is there, in the order of the buttons.
STEPS = ("submit", "approve", "return", "publish", "schedule", "unschedule", "withdraw", "discard")
MAIN = ("submit", "approve", "publish")
ABOUT: dict[str, Promise] = {
    "submit": gettext_lazy(
        "The draft goes to the reviewers. From then on nobody changes its rows; a reviewer can return it."
    ),
    "return": gettext_lazy(
        "The release becomes a draft again, and those who enter it are told what to mend."
    ),
    "approve": gettext_lazy(
        "You confirm that the release is right. Whoever entered or submitted any of it cannot approve it."
    ),
    "schedule": gettext_lazy(
        "At that instant everybody can read the release, on every server and with nobody present. Before it nothing "
        "of it can be found. The time is that of Beijing (Asia/Shanghai)."
    ),
    "unschedule": gettext_lazy("The release stays approved and does not become public by itself."),
    "publish": gettext_lazy(
        "From the moment you confirm, everybody can read this release. A published release is never changed again."
    ),
    "withdraw": gettext_lazy(
        "Nobody can read the release any more. Its addresses answer that it was withdrawn, with your reason. This "
        "cannot be undone."
    ),
    "discard": gettext_lazy(
        "The release is given up. Its rows are kept for the record and cannot be changed or published any more."
    ),
}


@dataclass(frozen=True)
class Step:
    """A button: where it leads, or why it is not for this person."""

    action: str
    label: Promise
    url: str
    is_main: bool
    why_not: str = ""


class StepForm(forms.Form):
    """Fields as the action needs them: an instant, a comment or a public reason."""

    on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date", "class": "cr-input"})
    )
    at = forms.TimeField(
        label=gettext_lazy("Time in Beijing"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "cr-input"}, format="%H:%M"),
    )
    reason = forms.CharField(max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}))

    def __init__(self, move: Transition, release: Release, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if move.action != "schedule":
            del self.fields["on"], self.fields["at"]
        public = move.action in ("publish", "schedule", "withdraw")
        self.fields["reason"].label = _("Public reason") if public else _("Comment")
        self.fields["reason"].required = move.needs_reason or (public and workflow.corrects(release))

    @property
    def instant(self) -> dt.datetime:
        moment = dt.datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"])
        return timezone.make_aware(moment)


def steps_for(request: HttpRequest, release: Release) -> list[Step]:
    """Return the moves that are possible from the release's status and that this person's role includes."""
    moves = {move.action: move for move in TRANSITIONS}
    possible = [
        moves[action]
        for action in STEPS
        if release.status in moves[action].sources and request.user.has_perm(moves[action].permission)
    ]
    return [
        Step(
            move.action,
            move.label,
            reverse("admin:awards_release_step", args=[release.pk, move.action]),
            move.action in MAIN,
            _why_not(request, release, move),
        )
        for move in possible
    ]


def _why_not(request: HttpRequest, release: Release, move: Transition) -> str:
    if move.action != "approve":
        return ""
    mine = Contribution.objects.filter(release=release, person=request.user.pk).exists()
    return _("You entered or submitted some of it; somebody else approves.") if mine else ""


def step_view(request: HttpRequest, release: Release, action: str) -> HttpResponse:
    """Ask what the action needs, and take it when the form is sent; what was typed stays when it is refused."""
    move = next((move for move in TRANSITIONS if move.action == action and action in STEPS), None)
    if move is None:
        raise Http404
    if not request.user.has_perm(move.permission):
        raise PermissionDenied
    former = release.edition.releases.filter(status=Release.Status.PUBLISHED).exclude(pk=release.pk).first()
    form = StepForm(move, release, request.POST or None, initial={"reason": _initial(move, release)})
    if request.method == "POST" and form.is_valid() and _take(request, release, move, form):
        return HttpResponseRedirect(reverse("admin:awards_release_change", args=[release.pk]))
    context = {
        "form": form,
        "move": move,
        "about": ABOUT[action],
        "former": former if action in ("publish", "schedule") else None,
        "summary": checks.summary(release)
        if action in ("submit", "approve", "schedule", "publish")
        else None,
        "title": move.label,
    }
    return render_release_page(request, release, "step", "admin/cityrank/step.html", context)


def _initial(move: Transition, release: Release) -> str:
    return release.reason if move.action in ("publish", "schedule") else ""


def _take(request: HttpRequest, release: Release, move: Transition, form: StepForm) -> bool:
    by, text = cast(User, request.user), form.cleaned_data["reason"]
    actions: dict[str, Callable[[], Release]] = {
        "submit": lambda: workflow.submit_release(release, by, text),
        "return": lambda: workflow.return_release(release, by, text),
        "approve": lambda: workflow.approve_release(release, by, text),
        "schedule": lambda: workflow.schedule_release(release, form.instant, by, text),
        "unschedule": lambda: workflow.unschedule_release(release, by, text),
        "publish": lambda: workflow.publish_release(release, by, text),
        "withdraw": lambda: workflow.withdraw_release(release, by, text),
        "discard": lambda: workflow.discard_release(release, by, text),
    }
    try:
        moved = actions[move.action]()
    except workflow.Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(
        request,
        _("Release %(number)s of %(edition)s is now %(status)s.")
        % {"number": moved.number, "edition": moved.edition.label, "status": moved.get_status_display()},
    )
    return True
