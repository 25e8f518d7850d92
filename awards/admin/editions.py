"""Editions, their releases with the outline of what is in them, and the lines that join the years."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from awards.models import Edition, Line, Organiser, Release
from cityrank.publishing import workflow
from cityrank.publishing.admin_filters import all_releases
from cityrank.publishing.admin_forms import release_of
from cityrank.publishing.admin_outline import outline
from cityrank.publishing.admin_publish import PublishForm
from cityrank.publishing.admin_release import ReleaseContentAdmin, change_address, draft_of, notice
from cityrank.publishing.admin_rows import RowForm, RowInline
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
            "in_preparation": any(row.status in ("draft", "in_review", "approved") for row in releases),
            "may_start": request.user.has_perm("awards.start_draft"),
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
        if not request.user.has_perm("awards.start_draft"):
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
class ReleaseAdmin(BaseAdmin):
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
            {"fields": (("title_zh", "title_en"), "announced_on", "summary_zh", "summary_en", "reason")},
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

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_editable)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        release: Release = kwargs["obj"]
        may_publish = request.user.has_perm("awards.publish_release") and release.status in (
            "draft",
            "approved",
        )
        context["cityrank"] = notice(request, release) | {
            "trail": [],
            "outline": outline(release),
            "draft_url": reverse("admin:awards_edition_start_draft", args=[release.edition_id]),
            "publish_url": reverse("admin:awards_release_publish", args=[release.pk]) if may_publish else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.publish_view)
        return [path("<int:object_id>/publish/", view, name="awards_release_publish"), *super().get_urls()]

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Ask for the public reason, and publish when it is sent."""
        if not request.user.has_perm("awards.publish_release"):
            raise PermissionDenied
        release = get_object_or_404(self.get_queryset(request), pk=object_id)
        former = release.edition.releases.current().first()
        form = PublishForm(request.POST or None, former=former, initial={"reason": release.reason})
        if (
            request.method == "POST"
            and form.is_valid()
            and self._publish(request, release, form.cleaned_data["reason"])
        ):
            return HttpResponseRedirect(change_address(release))
        context = self.admin_site.each_context(request) | {
            "title": gettext("Publish %(release)s") % {"release": self.name(release)},
            "opts": self.opts,
            "original": release_of(release),
            "form": form,
            "former": former,
        }
        return TemplateResponse(request, "admin/cityrank/publish.html", context)

    def _publish(self, request: HttpRequest, release: Release, reason: str) -> bool:
        try:
            workflow.publish_release(release, cast(User, request.user), reason)
        except workflow.Refused as refused:
            messages.error(request, str(refused))
            return False
        messages.success(request, gettext("%(release)s is published.") % {"release": self.name(release)})
        return True
