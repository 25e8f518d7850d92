"""Where values were read: documents, pages, and the files kept of them."""

from pathlib import Path

from django.contrib import admin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from awards.models import Attachment, Source
from cityrank.publishing.admin_release import ReleaseContentAdmin


@admin.register(Source)
class SourceAdmin(ReleaseContentAdmin):
    list_display = ("title", "publisher", "published_on", "page", "transcriber", "checker")
    search_fields = ("key", "title_zh", "title_en", "publisher_zh", "author")
    ordering = ("release", "key")
    twin_keys = ("key",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "key",
                    ("title_zh", "title_en"),
                    ("publisher_zh", "publisher_en"),
                    ("author", "published_on"),
                )
            },
        ),
        (_("Where to find it"), {"fields": (("url", "page"), "attachment")}),
        (_("Who copied and checked it"), {"fields": (("transcriber", "checker"), "note_zh", "note_en")}),
    )

    @display(description=_("title"), ordering="title_zh")
    def title(self, obj: Source) -> str:
        return obj.title

    @display(description=_("publisher"), ordering="publisher_zh")
    def publisher(self, obj: Source) -> str:
        return obj.publisher


@admin.register(Attachment)
class AttachmentAdmin(ReleaseContentAdmin):
    list_display = ("title", "download", "added_at", "release")
    search_fields = ("title",)
    ordering = ("release", "title")
    twin_keys = ("file",)

    def get_fields(self, request: HttpRequest, obj: Attachment | None = None) -> tuple[str, ...]:
        return ("title", "download", "sha256", "added_at") if obj else ("title", "file")

    def get_readonly_fields(self, request: HttpRequest, obj: Attachment | None = None) -> tuple[str, ...]:
        # Sources refer to a file as it was; another file is another attachment.
        return ("download", "sha256", "added_at") if obj else ()

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:object_id>/file/", view, name="awards_attachment_download"), *super().get_urls()]

    def file_view(self, request: HttpRequest, object_id: int) -> FileResponse:
        """Hand the file to somebody who may see its release; files have no public address."""
        queryset: QuerySet[Attachment] = self.get_queryset(request)
        attachment = get_object_or_404(queryset, pk=object_id)
        if not self.has_view_permission(request, attachment):
            raise Http404
        try:
            return FileResponse(attachment.file.open("rb"), as_attachment=True)
        except FileNotFoundError as error:
            raise Http404 from error

    @display(description=_("file"))
    def download(self, obj: Attachment) -> str:
        if not obj.pk:
            return ""
        address = reverse("admin:awards_attachment_download", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, Path(obj.file.name or "").name)
