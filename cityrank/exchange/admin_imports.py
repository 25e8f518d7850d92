"""Imports in the admin: hand a file in, look at what it would do, confirm or give up, undo."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from cityrank.exchange import admin_import_actions as actions
from cityrank.exchange import admin_import_hand_in as hand_in
from cityrank.exchange.admin_import_frame import page, where
from cityrank.exchange.admin_import_preview import rows_context, undo_context
from cityrank.exchange.models import Import
from cityrank.exchange.sheets import IMPORTED
from cityrank.exchange.targets import may_write, target_of
from cityrank.registry.admin_base import EXPORT

State = Import.State


class SheetFilter(admin.SimpleListFilter):
    title = gettext_lazy("kind of table")
    parameter_name = "sheet"

    def lookups(self, request: HttpRequest, model_admin: object) -> list:
        return [(name, str(sheet.title)) for name, sheet in IMPORTED.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(sheet=self.value()) if self.value() in IMPORTED else queryset


class ImportAdmin(ModelAdmin):
    """Whoever may read such rows sees the imports, and evaluators theirs; see `ImportQuerySet.visible_to`."""

    list_after_template = EXPORT
    list_display = ("original_name", "kind", "goes_into", "state", "counts", "by", "at", "digest")
    list_filter = ("state", SheetFilter)
    list_filter_submit = False
    search_fields = ("original_name", "sha256", "by__username")
    ordering = ("-at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=gettext_lazy("kind of table"), ordering="sheet")
    def kind(self, import_: Import) -> str:
        return str(import_.declared.title)

    @admin.display(description=gettext_lazy("into"))
    def goes_into(self, import_: Import) -> str:
        title, url = where(target_of(import_))
        return format_html('<a href="{}">{}</a>', url, title)

    @admin.display(description=gettext_lazy("new / changed / same / refused"))
    def counts(self, import_: Import) -> str:
        return f"{import_.new} / {import_.changed} / {import_.same} / {import_.refused}"

    @admin.display(description=gettext_lazy("SHA-256"), ordering="sha256")
    def digest(self, import_: Import) -> str:
        return format_html('<code title="{}">{}</code>', import_.sha256, import_.sha256[:10])

    # --- who may ------------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        along = ("by", "undone_by", "release__edition", "ranking", "award")
        return (
            Import.objects.visible_to(cast(User, request.user)).select_related(*along).defer("table_states")
        )

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        models = [sheet.model._meta for sheet in IMPORTED.values()]
        return any(request.user.has_perm(f"{one.app_label}.view_{one.model_name}") for one in models)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return any(may_write(sheet, cast(User, request.user)) for sheet in IMPORTED.values())

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    # --- the pages ----------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own: dict[str, Callable[..., HttpResponseBase]] = {
            "progress": actions.progress_view,
            "file": actions.file_view,
            "refused": actions.refused_view,
            "confirm": _posted(actions.confirm),
            "read-again": _posted(actions.read_again),
            "cancel": _posted(actions.cancel),
            "undo": _posted(actions.undo),
        }
        found = [
            path(
                f"<int:object_id>/{route}/",
                self.admin_site.admin_view(self._of_record(view)),
                name=f"exchange_import_{route.replace('-', '_')}",
            )
            for route, view in own.items()
        ]
        blank = self.admin_site.admin_view(self._for_handing_in(hand_in.blank_view))
        route = "template/<slug:key>/<slug:language>/<str:name>"
        return [path(route, blank, name="exchange_import_template"), *found, *super().get_urls()]

    def _for_handing_in(self, view: Callable[..., Any]) -> Callable[..., Any]:
        def answer(request: HttpRequest, **rest: Any) -> HttpResponseBase:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return view(request, **rest)

        return answer

    def _of_record(self, view: Callable[..., Any]) -> Callable[..., Any]:
        def answer(request: HttpRequest, object_id: int) -> HttpResponseBase:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, get_object_or_404(self.get_queryset(request), pk=object_id))

        return answer

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        return self._for_handing_in(hand_in.view)(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        key = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        return self._of_record(import_view)(request, key)


def import_view(request: HttpRequest, import_: Import) -> HttpResponse:
    """Show an import as far as it is: in progress, to be looked at, done, or ended."""
    match import_.state:
        case State.READING | State.IMPORTING:
            return page(request, import_, "admin/cityrank/import_progress.html", {})
        case State.PREVIEWED:
            return page(
                request, import_, "admin/cityrank/import_preview.html", rows_context(request, import_)
            )
        case State.DONE | State.UNDONE:
            context = rows_context(request, import_) | undo_context(import_)
            return page(request, import_, "admin/cityrank/import_result.html", context)
    return page(request, import_, "admin/cityrank/import_ended.html", {})


def _posted(
    action: Callable[[HttpRequest, Import], None],
) -> Callable[[HttpRequest, Import], HttpResponse]:
    """Return a view that does something and leads back to the import, whose page then says what became of it."""

    def answer(request: HttpRequest, import_: Import) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            action(request, import_)
        except actions.PROBLEMS as problem:
            messages.error(request, str(problem))
        return HttpResponseRedirect(actions.address("change", import_))

    return answer
