"""The frame of a release: the next edition made from it, and series or awards of a draft merged."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from awards.models import Award, Release, Series
from awards.models.editions import LABEL_RULE
from cityrank.publishing.admin_release_pages import ReleasePage, page_address, render_release_page
from cityrank.publishing.next_edition import start_next_edition, suggested_label
from cityrank.publishing.refusals import Refused
from cityrank.publishing.structure import merge_awards, merge_series


class NextEditionForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Label of the next edition"),
        max_length=9,
        validators=[LABEL_RULE],
        widget=UnfoldAdminTextInputWidget,
    )


class MergeForm(forms.Form):
    """Two parts of the same kind: the first goes into the second."""

    def __init__(self, kind: str, choices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=kind, **kwargs)
        for name, label in (("part", _("Merge")), ("into", _("into"))):
            self.fields[name] = forms.ModelChoiceField(choices, label=label, widget=UnfoldAdminSelectWidget)


def view(request: HttpRequest, release: Release) -> HttpResponse:
    series = Series.objects.of_release(release).annotate(
        award_rows=Count("awards", distinct=True), ranking_rows=Count("rankings", distinct=True)
    )
    awards = Award.objects.of_release(release).select_related("series", "line")
    asked = request.POST.get("action") if request.method == "POST" else None
    following = NextEditionForm(
        request.POST if asked == "next" else None, initial={"label": suggested_label(release.edition.label)}
    )
    merging = {
        "series": MergeForm("series", series, request.POST if asked == "series" else None),
        "award": MergeForm("award", awards, request.POST if asked == "award" else None),
    }
    answer = _act(request, release, asked, following, merging)
    if answer is not None:
        return answer
    context = {
        "series": series.order_by("number"),
        "next_form": following,
        "merge_forms": merging if release.is_editable else {},
    }
    return render_release_page(request, release, PAGE.name, "admin/cityrank/structure.html", context)


def _act(
    request: HttpRequest, release: Release, asked: str | None, following: forms.Form, merging: dict
) -> HttpResponse | None:
    """Do what was asked for and return where to go on; None where a form or the workflow has objections."""
    by = cast(User, request.user)
    if asked == "next" and following.is_valid():
        return _done(
            request, following, lambda: start_next_edition(release, following.cleaned_data["label"], by)
        )
    form = merging.get(asked or "")
    if form is None or not form.is_valid():
        return None
    merge: Callable[..., Any] = merge_series if asked == "series" else merge_awards
    return _done(
        request,
        form,
        lambda: merge(form.cleaned_data["part"], form.cleaned_data["into"], by),
        page_address(release, PAGE.name),
    )


def _done(
    request: HttpRequest, form: forms.Form, action: Callable[[], Any], address: str = ""
) -> HttpResponse | None:
    try:
        made = action()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    if isinstance(made, Release):
        sentence = _("Edition %(edition)s is set up: its structure is here, without results.")
        messages.success(request, sentence % {"edition": made.edition.label})
        return HttpResponseRedirect(reverse("admin:awards_release_change", args=[made.pk]))
    messages.success(request, _("Merged. The history of each row says so."))
    return HttpResponseRedirect(address)


PAGE = ReleasePage("structure", gettext_lazy("structure"), view, "awards.coordinate_release")
