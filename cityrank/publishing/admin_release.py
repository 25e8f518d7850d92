"""What the admin pages of all rows of a release have in common.

They are listed release by release, can be changed in a draft only, say so where they cannot, and lead back to the
release, the series and the award or ranking that they stand in.
"""

from operator import attrgetter
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from awards.models import Award, Release, ReleaseContent
from cityrank.publishing import guards, workflow
from cityrank.publishing.admin_bulk import change_rows
from cityrank.publishing.admin_filters import (
    ReleaseFilter,
    all_releases,
    release_in_address,
    selected_release,
)
from cityrank.publishing.admin_forms import ReleaseForm, ReleaseLimits, release_of
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.admin_rights import is_theirs, rights
from cityrank.publishing.assigning import not_yours
from cityrank.registry.admin_base import BaseAdmin
from scores.models import Ranking

Trail = list[tuple[str, str]]


def change_address(obj: Model) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def locked_sentence(release: Release) -> str:
    """Return why the rows of this release cannot be changed, or nothing for a draft."""
    if release.is_editable:
        return ""
    return _(
        "Release %(number)s of %(edition)s is %(status)s and stays as it is. Changes are made in a draft."
    ) % {
        "number": release.number,
        "edition": release.edition.label,
        "status": release.get_status_display(),
    }


def notice(request: HttpRequest, release: Release | None) -> dict[str, Any]:
    """Return what the bar above a page says: the release, why it is locked, and the draft to continue in, if any."""
    if release is None:
        return {}
    drafts = [
        row for row in all_releases(request) if row.edition_id == release.edition_id and row.is_editable
    ]
    return {
        "release": release,
        "release_url": change_address(release),
        "edition_url": change_address(release.edition),
        "locked": locked_sentence(release),
        "draft": drafts[0] if drafts else None,
        "may_start": request.user.has_perm("awards.coordinate_release"),
    }


class DividedAdmin(BaseAdmin):
    """For a release and its rows: changed in a draft only, and by those whom a part of it is assigned to."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or is_theirs(request, obj))

    def why_closed(self, request: HttpRequest, obj: Model) -> str:
        # Submitted, published or assigned to somebody else while the form was open.
        return locked_sentence(release_of(obj)) or self.why_not(request, obj)

    def why_not(self, request: HttpRequest, obj: Model) -> str:
        """Return why somebody who edits such rows elsewhere cannot edit this one of a draft."""
        edits = super().has_change_permission(request, obj)
        if not edits or not release_of(obj).is_editable or is_theirs(request, obj):
            return ""
        return not_yours(cast(ReleaseContent | Release, obj))


class ReleaseContentAdmin(ReleaseLimits, DividedAdmin):
    form = ReleaseForm
    actions = (change_rows,)
    list_before_template = "admin/cityrank/before_list.html"
    change_form_outer_before_template = "admin/cityrank/before_form.html"
    exclude: ClassVar[tuple[str, ...] | None] = ("release",)
    # The columns that can be set for many rows at once.
    bulk_fields: tuple[str, ...] = ()
    # The look-ups that tell a row within its release, so that its copy is found in the draft.
    twin_keys: tuple[str, ...] = ("slug",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # Django leaves `list_select_related` aside where a queryset names relations already.
        related = (f"{self.model.RELEASE_PATH}__edition", *(self.list_select_related or ()))
        return super().get_queryset(request).select_related(*related)

    def get_list_filter(self, request: HttpRequest) -> list:
        return [ReleaseFilter, *super().get_list_filter(request)]

    def parents(self, obj: Model) -> list[Model]:
        """Return the rows between the release and this one, the outermost first."""
        return []

    # --- what may be changed ----------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or self.may_delete(request, obj))

    def may_delete(self, request: HttpRequest, obj: Model) -> bool:
        """An award or a ranking is part of the frame: those who enter it do not delete it."""
        if isinstance(obj, Award | Ranking) and not rights(request, release_of(obj)).is_coordinator:
            return False
        return is_theirs(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        if not super().has_add_permission(request):
            return False
        release = release_in_address(request, self.model) or selected_release(request)
        return release is not None and release.is_editable and rights(request, release).may_add(self.model)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        if not all(self.may_delete(request, row) for row in objs):
            needed = {*needed, str(self.opts.verbose_name)}
        return found, counts, needed, protected

    def get_actions(self, request: HttpRequest) -> dict:
        release = selected_release(request)
        actions = super().get_actions(request) if release and release.is_editable else {}
        if not self.bulk_fields:
            actions.pop("change_rows", None)
        return actions

    # --- the form ---------------------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        release = (
            release_of(obj) if obj else release_in_address(request, self.model) or selected_release(request)
        )
        request.form_release = release  # type: ignore[attr-defined]
        request.form_parent = obj  # type: ignore[attr-defined]
        form = super().get_form(request, obj, change=change, **kwargs)
        form.release = release  # type: ignore[attr-defined]
        return form

    def lock(self, request: HttpRequest, object_id: str) -> Model | None:
        """Wait until nobody else is saving anything of the release: rows that stand in one table are saved together."""
        obj = self.get_object(request, object_id)
        if obj is not None:
            releases = Release.objects.select_for_update(of=("self",), no_key=True)
            list(releases.filter(pk=release_of(obj).pk).values_list("pk"))
        return self.get_object(request, object_id)

    def save_model(self, request: HttpRequest, obj: ReleaseContent, form: Any, change: bool) -> None:
        remember_origin([obj])
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: ReleaseContent) -> None:
        remember_origin([obj])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        remember_origin(queryset)
        super().delete_queryset(request, queryset)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context["cityrank"] = notice(request, getattr(request, "form_release", None)) | {
            "trail": self.trail(obj),
            "draft_url": self._own_address("to_draft", obj) if obj else "",
            "not_yours": self.why_not(request, obj) if obj else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def trail(self, obj: Model | None) -> Trail:
        return [(str(row), change_address(row)) for row in self.parents(obj)] if obj else []

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {"cityrank": notice(request, selected_release(request))} | (extra_context or {})
        return super().changelist_view(request, context)

    def reason_of(self, error: IntegrityError) -> str:
        if guards.REFUSED in str(error):
            return _(
                "Nothing was saved: the release is no longer a draft. Start a new draft and change it there."
            )
        if guards.MIXED in str(error):
            return _("Nothing was saved: the row refers to something of another release. Choose it anew.")
        return super().reason_of(error)

    # --- from a published row to its copy in the draft ----------------------------------------------------------

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.to_draft_view)
        return [path("<int:object_id>/to-draft/", view, name=self._own_name("to_draft")), *super().get_urls()]

    def _own_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _own_address(self, name: str, obj: Model) -> str:
        return reverse(f"admin:{self._own_name(name)}", args=[obj.pk])

    def to_draft_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Lead to the copy of a row in its edition's draft, which is started if there is none."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        draft = draft_of(request, release_of(obj))
        if draft is None:
            return HttpResponseRedirect(change_address(obj))
        same = {name: attrgetter(name.replace("__", "."))(obj) for name in self.twin_keys}
        twin = self.model._default_manager.of_release(draft).filter(**same).first()
        if twin is None:
            messages.warning(request, _("The draft does not have this row."))
        return HttpResponseRedirect(change_address(twin or draft))


def draft_of(request: HttpRequest, release: Release) -> Release | None:
    """Return the draft of the release's edition, started if there is none.

    Where that is refused, the answer is None and a message says why. Raises
    `PermissionDenied` for who may not start one.
    """
    draft = release.edition.releases.drafts().first()
    if draft:
        return draft
    if not request.user.has_perm("awards.coordinate_release"):
        raise PermissionDenied
    try:
        draft = workflow.start_draft(release.edition, cast(User, request.user))
    except workflow.Refused as refused:
        messages.error(request, str(refused))
        return None
    messages.success(
        request,
        _("Draft %(number)s was started. The public goes on reading the published release.")
        % {"number": draft.number},
    )
    return draft
