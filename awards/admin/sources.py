"""Where values were read: documents, pages, and the files kept of them."""

from pathlib import Path

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from awards.models import Attachment, Source
from awards.scans import page_picture
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
        file, page = (self.admin_site.admin_view(view) for view in (self.file_view, self.page_view))
        return [
            # By what the file holds: nobody comes to another file by counting.
            path("file/<slug:sha256>/", file, name="awards_attachment_download"),
            path("file/<slug:sha256>/<int:page>/", page, name="awards_attachment_page"),
            *super().get_urls(),
        ]

    def _visible(self, request: HttpRequest, sha256: str) -> Attachment:
        """Return a file that this person may see; for anybody else it is not there. A copied release shares it."""
        attachment = self.get_queryset(request).filter(sha256=sha256).exclude(sha256="").first()
        if attachment is None or not self.has_view_permission(request, attachment):
            raise Http404
        return attachment

    def page_view(self, request: HttpRequest, sha256: str, page: int) -> HttpResponse:
        """Show a page of a scan to somebody who may see its release."""
        attachment = self._visible(request, sha256)
        tag = f'"{sha256}-{page}"'
        answer = get_conditional_response(request, etag=tag)
        if answer is None:
            try:
                with attachment.file.open("rb") as file:
                    picture, media_type = page_picture(file.read(), attachment.media_type, page)
            except (FileNotFoundError, IndexError) as error:
                raise Http404 from error
            answer = HttpResponse(picture, content_type=media_type)
            answer["ETag"] = tag
        # Asked again each time, so that it is not shown to the next person at the same computer.
        answer["Cache-Control"] = "private, no-cache"
        answer["Content-Disposition"] = "inline"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    def file_view(self, request: HttpRequest, sha256: str) -> FileResponse:
        """Hand the file to somebody who may see its release; files have no public address."""
        attachment = self._visible(request, sha256)
        name = Path(attachment.file.name or "").name
        try:
            answer = FileResponse(attachment.file.open("rb"), as_attachment=True, filename=name)
        except FileNotFoundError as error:
            raise Http404 from error
        answer["Cache-Control"] = "private, no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    @display(description=_("file"))
    def download(self, obj: Attachment) -> str:
        if not obj.sha256:
            return ""
        address = reverse("admin:awards_attachment_download", args=[obj.sha256])
        return format_html('<a href="{}">{}</a>', address, Path(obj.file.name or "").name)
