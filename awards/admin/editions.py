"""Editions, their releases with the outline of what is in them, and the lines that join the years."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from awards.models import Edition, Line, Organiser, Release
from cityrank.publishing import admin_release_pages as release_pages
from cityrank.publishing.admin_filters import all_releases
from cityrank.publishing.admin_outline import outline
from cityrank.publishing.admin_release import (
    DividedAdmin,
    ReleaseContentAdmin,
    change_address,
    draft_of,
    notice,
)
from cityrank.publishing.admin_release_pages import tabs
from cityrank.publishing.admin_rows import RowForm, RowInline
from cityrank.publishing.admin_steps import steps_for
from cityrank.registry.admin_base import BaseAdmin

STATUS_COLOURS = {
    "draft": "warning",
    "in_review": "info",
    "approved": "info",
    "published": "success",
    "superseded": "",
    "withdrawn": "danger",
}


@admin.register(Line)
class LineAdmin(BaseAdmin):
    list_display = ("title", "kind", "slug", "award_count", "ranking_count")
    list_filter = ("kind",)
    search_fields = ("slug", "title_zh", "title_en")
    ordering = ("kind", "slug")
    fields = (("slug", "kind"), ("title_zh", "title_en"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counts = {
            "award_rows": Count("awards", distinct=True),
            "ranking_rows": Count("rankings", distinct=True),
        }
        return super().get_queryset(request).annotate(**counts)

    @display(description=_("title"), ordering="title_zh")
    def title(self, obj: Line) -> str:
        return obj.title

    @display(description=_("awards"), ordering="award_rows")
    def award_count(self, obj: Line) -> int:
        return obj.award_rows

    @display(description=_("rankings"), ordering="ranking_rows")
    def ranking_count(self, obj: Line) -> int:
        return obj.ranking_rows


@admin.register(Edition)
class EditionAdmin(BaseAdmin):
    list_display = ("label", "period_start", "period_end", "release_count")
    search_fields = ("label",)
    fields = ("label", ("period_start", "period_end"))
    change_form_outer_before_template = "admin/cityrank/releases.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(release_rows=Count("releases"))

    @display(description=_("releases"), ordering="release_rows")
    def release_count(self, obj: Edition) -> int:
        return obj.release_rows

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        edition = kwargs.get("obj")
        releases = [row for row in all_releases(request) if edition and row.edition_id == edition.pk]
        context["cityrank"] = {
            "releases": releases,
            "in_preparation": any(row.is_in_preparation for row in releases),
            "may_start": request.user.has_perm("awards.coordinate_release"),
            "start_url": reverse("admin:awards_edition_start_draft", args=[edition.pk]) if edition else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.start_draft_view)
        return [
            path("<int:object_id>/start-draft/", view, name="awards_edition_start_draft"),
            *super().get_urls(),
        ]

    def start_draft_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Start a draft, or lead to the one that is open already."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("awards.coordinate_release"):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=object_id)
        draft = draft_of(request, Release(edition=edition))
        return HttpResponseRedirect(change_address(draft or edition))


class OrganiserInline(RowInline):
    model = Organiser
    form = RowForm
    fields = ("position", "organisation", "role")
    autocomplete_fields = ("organisation",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("organisation").order_by("position")


@admin.register(Organiser)
class OrganiserAdmin(ReleaseContentAdmin):
    list_display = ("organisation", "role", "position", "release")
    list_filter = ("role",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name_zh", "organisation__name_en")
    ordering = ("release", "position")
    autocomplete_fields = ("organisation",)
    fields = ("organisation", ("role", "position"))
    twin_keys = ("organisation_id", "role")


@admin.register(Release)
class ReleaseAdmin(DividedAdmin):
    """A release is started, published and withdrawn by actions; only its heading is typed."""

    list_display = ("name", "coloured_status", "announced_on", "published_at", "published_by")
    list_filter = ("edition", "status")
    list_select_related = ("edition", "published_by")
    search_fields = ("edition__label", "title_zh", "title_en")
    ordering = ("-edition__period_end", "-number")
    date_hierarchy = None
    inlines = (OrganiserInline,)
    change_form_outer_before_template = "admin/cityrank/outline.html"
    readonly_fields = ("published_at", "published_by", "cloned_from", "created_at")
    fieldsets = (
        (
            _("Heading"),
            {
                "fields": (
                    ("title_zh", "title_en"),
                    ("announced_on", "due_on"),
                    "summary_zh",
                    "summary_en",
                    "reason",
                )
            },
        ),
        (
            _("How it came to be"),
            {
                "classes": ("collapse",),
                "fields": (("published_at", "published_by"), ("cloned_from", "created_at")),
            },
        ),
    )

    @display(description=_("release"), ordering="number")
    def name(self, obj: Release) -> str:
        return gettext("%(edition)s, release %(number)s") % {
            "edition": obj.edition.label,
            "number": obj.number,
        }

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def coloured_status(self, obj: Release) -> tuple[str, str]:
        return obj.status, obj.get_status_display()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_editable)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        release: Release = kwargs["obj"]
        context["cityrank"] = notice(request, release) | {
            "trail": [],
            "not_yours": self.why_not(request, release),
            "outline": outline(release),
            "draft_url": reverse("admin:awards_edition_start_draft", args=[release.edition_id]),
            "steps": steps_for(request, release),
        }
        context["tabs"] = tabs(request, release)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list:
        return [*release_pages.urls(), *super().get_urls()]
