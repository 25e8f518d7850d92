"""Who works on what in a release, and how far it is."""

from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.models import Award, Release
from cityrank.publishing.admin_release_pages import ReleasePage, page_address, render_release_page
from cityrank.publishing.assigning import Target, assign, assignable, report_done, send_back, unassign
from cityrank.publishing.models import Assignment
from cityrank.publishing.progress import Progress, progress_of_awards, progress_of_rankings, total
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE
from cityrank.publishing.verifying import VERIFY, verify
from cityrank.registry.numbers import key_in
from scores.models import Ranking

REST = "rest"


@dataclass
class Line:
    """A row of the page: one part of the release with who has it and how far it is."""

    key: str
    title: str
    target: Target
    progress: Progress | None
    assignments: list[Assignment] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.key.split("-")[0]


class AssignForm(forms.Form):
    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Person"), widget=forms.Select(attrs={"class": "cr-input"})
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "cr-input"}),
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts"),
        error_messages={"required": gettext_lazy("Tick at least one part.")},
    )

    def __init__(self, lines: list[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = assignable()  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(line.key, line.title) for line in lines]  # type: ignore[attr-defined]


def lines_of(release: Release) -> list[Line]:
    """Return the awards and rankings in the order of the release, then the rest; in a fixed number of queries."""
    of_awards, of_rankings = progress_of_awards(release), progress_of_rankings(release)
    parts: list[tuple[tuple[int, int, int], Line]] = []
    for award in Award.objects.of_release(release).select_related("series"):
        line = Line(f"award-{award.pk}", str(award), award, of_awards.get(award.pk))
        parts.append(((award.series.number, 0, award.position), line))
    for ranking in Ranking.objects.of_release(release).select_related("series"):
        line = Line(f"ranking-{ranking.pk}", str(ranking), ranking, of_rankings.get(ranking.pk))
        parts.append(((ranking.series.number, 1, ranking.position), line))
    lines = [line for _order, line in sorted(parts, key=lambda part: part[0])]
    lines.append(Line(REST, str(Assignment.Part.REST.label), release, None))
    by_key = {line.key: line for line in lines}
    for row in Assignment.objects.filter(release=release).select_related("person", "returned_by"):
        by_key[_key(row)].assignments.append(row)
    return lines


def _key(row: Assignment) -> str:
    return REST if row.part == Assignment.Part.REST else f"{row.part}-{row.award_id or row.ranking_id}"


def view(request: HttpRequest, release: Release) -> HttpResponse:
    lines = lines_of(release)
    coordinates = request.user.has_perm(COORDINATE) and release.is_editable
    asked = request.POST.get("action", "") if request.method == "POST" else ""
    form = AssignForm(lines, request.POST if asked in ("assign", "unassign") else None)
    problem = _act(request, release, lines, form, asked) if asked else None
    if asked and problem is None:
        return HttpResponseRedirect(page_address(release, PAGE.name))
    context = {
        "lines": lines,
        "total": total(line.progress for line in lines if line.progress),
        "form": form if coordinates else None,
        "ticked": set(request.POST.getlist("parts")),
        "problem": problem or "",
        "person": request.user,
        "may_review": request.user.has_perm(VERIFY) and release.is_editable,
        "editable": release.is_editable,
        "comment": request.POST.get("comment", ""),
        "about": request.POST.get("assignment", ""),
    }
    return render_release_page(request, release, PAGE.name, "admin/cityrank/work.html", context)


def _act(
    request: HttpRequest, release: Release, lines: list[Line], form: AssignForm, asked: str
) -> str | None:
    """Do what a button of the page asks for. Returns why not, or None when it is done."""
    by = cast(User, request.user)
    try:
        if asked in ("assign", "unassign"):
            return _divide(request, release, lines, form, asked, by)
        if asked == "verify":
            line = next(line for line in lines if line.key == request.POST.get("part") and line.key != REST)
            count = verify(cast(Award | Ranking, line.target), by)
            messages.success(request, ngettext("%d row verified.", "%d rows verified.", count) % count)
            return None
        key = key_in(request.POST.get("assignment", ""))
        assignment = Assignment.objects.filter(pk=key, release=release).select_related("person").first()
        if assignment is None:
            return _("This was taken back in the meantime.")
        if asked == "done":
            report_done(assignment, by)
            messages.success(request, _("Reported as done."))
        elif asked == "return":
            send_back(assignment, by, request.POST.get("comment", ""))
            messages.success(request, _("Sent back to %(person)s.") % {"person": assignment.person})
        return None
    except (Refused, StopIteration) as refused:
        return str(refused) or _("Choose a part of this release.")


def _divide(
    request: HttpRequest, release: Release, lines: list[Line], form: AssignForm, asked: str, by: User
) -> str | None:
    if not form.is_valid():
        return _("Choose a person and tick the parts.")
    targets = [line.target for line in lines if line.key in form.cleaned_data["parts"]]
    person = form.cleaned_data["person"]
    if asked == "unassign":
        count = unassign(release, person, targets, by)
        text = ngettext("%d part taken back.", "%d parts taken back.", count) % count
    else:
        count = len(assign(release, person, targets, by, form.cleaned_data["due_on"]))
        text = ngettext("%d part assigned.", "%d parts assigned.", count) % count
    messages.success(request, text)
    return None


PAGE = ReleasePage("work", gettext_lazy("work"), view)
