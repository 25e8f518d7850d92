"""Bulletins in the admin: hand one in, see what was read, answer what is open, confirm, and go on in the draft."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminFileFieldWidget

from cityrank.exchange.admin_bulletin_frame import address, page, release_address
from cityrank.exchange.admin_bulletin_questions import answer_view, questions_view
from cityrank.exchange.admin_bulletin_report import confirm_context, report_context
from cityrank.exchange.bulletin.documents import MOST_BYTES, UnreadableDocument
from cityrank.exchange.bulletin.keeping import give_up, keep, leave_unknown_open, write
from cityrank.exchange.models import BulletinReading
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE
from cityrank.registry.admin_base import EXPORT

ENDINGS = ".txt,.html,.htm,.md,.markdown,.docx"


class HandInForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The bulletin"),
        help_text=gettext_lazy("Text, a saved web page (HTML), Markdown or Word (.docx), up to 20 MB."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ENDINGS}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(megabytes)s MB. Remove its pictures and what is no part of the bulletin."
                )
                % {"megabytes": MOST_BYTES // 1024 // 1024}
            )
        return file


class BulletinReadingAdmin(ModelAdmin):
    """Whoever may set up a draft may do all of this; a bulletin has no form of its own."""

    list_after_template = EXPORT
    list_display = ("original_name", "state", "draft", "uploaded_by", "uploaded_at")
    list_filter = ("state",)
    list_filter_submit = False
    list_select_related = ("uploaded_by", "release__edition")
    search_fields = ("original_name", "release__edition__label")
    ordering = ("-uploaded_at", "-pk")
    actions = None

    @admin.display(description=gettext_lazy("release"), ordering="release")
    def draft(self, record: BulletinReading) -> str:
        if record.release is None:
            return "–"
        return format_html('<a href="{}">{}</a>', release_address(record.release), record.release)

    # --- who may ------------------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(COORDINATE)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm(COORDINATE)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(COORDINATE)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("uploaded_by", "release__edition")

    # --- the pages ----------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own = {
            "questions": questions_view,
            "answer": answer_view,
            "confirm": confirm,
            "leave-open": leave_open,
            "give-up": stop,
        }
        return [
            *(
                path(
                    f"<int:object_id>/{name}/",
                    self.admin_site.admin_view(self._of_record(view)),
                    name=f"exchange_bulletinreading_{name.replace('-', '_')}",
                )
                for name, view in own.items()
            ),
            *super().get_urls(),
        ]

    def _of_record(self, view: Any) -> Any:
        def answer(request: HttpRequest, object_id: int) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            record = get_object_or_404(self.get_queryset(request), pk=object_id)
            try:
                return view(request, record)
            except (OSError, UnreadableDocument) as problem:
                # The kept file is gone or damaged; the record can still be given up.
                problem_text = {"problem": str(problem)}
                return page(request, record, "admin/cityrank/bulletin_unreadable.html", problem_text)

        return answer

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Take a file; the same one again leads to where it was left."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = HandInForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                record, new = keep(file.read(), file.name, cast(User, request.user))
            except (UnreadableDocument, Refused) as problem:
                form.add_error("file", str(problem))
            else:
                if not new:
                    messages.info(
                        request, _("This very file was handed in before; here is where it was left.")
                    )
                return HttpResponseRedirect(address("change", record))
        return page(request, None, "admin/cityrank/bulletin_hand_in.html", {"form": form})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        return self._of_record(report)(request, object_id if object_id.isdecimal() else 0)


def report(request: HttpRequest, record: BulletinReading) -> HttpResponse:
    """Show each piece of the text with what it became."""
    if record.state == BulletinReading.State.GIVEN_UP:
        return page(request, record, "admin/cityrank/bulletin_given_up.html", {})
    return page(request, record, "admin/cityrank/bulletin_report.html", report_context(request, record))


def confirm(request: HttpRequest, record: BulletinReading) -> HttpResponse:
    """Say what would be written, and write it."""
    if request.method == "POST":
        try:
            release = write(record, cast(User, request.user))
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(address("confirm" if record.is_open else "change", record))
        messages.success(
            request,
            _("Draft %(number)s of %(edition)s holds what the bulletin prints. Here is its outline.")
            % {"number": release.number, "edition": release.edition.label},
        )
        return HttpResponseRedirect(release_address(release))
    if not record.is_open:
        return HttpResponseRedirect(address("change", record))
    return page(request, record, "admin/cityrank/bulletin_confirm.html", confirm_context(record))


def leave_open(request: HttpRequest, record: BulletinReading) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return _done(request, record, lambda by: leave_unknown_open(record, by), "questions")


def stop(request: HttpRequest, record: BulletinReading) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return _done(request, record, lambda by: give_up(record, by), "change")


def _done(request: HttpRequest, record: BulletinReading, action: Any, then: str) -> HttpResponse:
    try:
        action(cast(User, request.user))
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(address(then, record))
