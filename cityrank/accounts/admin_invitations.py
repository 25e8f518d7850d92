"""Invitations: written, given a new link, taken back."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_value
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.admin import ModelAdmin

from cityrank.accounts.forms import InviteForm
from cityrank.accounts.invitations import invite, link, renew, revoke
from cityrank.accounts.models import Invitation
from cityrank.accounts.people import role_names
from cityrank.accounts.posting import send_invitation
from cityrank.publishing.refusals import Refused
from cityrank.registry.admin_base import EXPORT


class StateFilter(admin.SimpleListFilter):
    title = pgettext_lazy("invitation", "state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Invitation.State.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Invitation]:
        known = self.value() in Invitation.State.values
        return queryset.in_state(self.value()) if known else queryset


@admin.register(Invitation)
class InvitationAdmin(ModelAdmin):
    list_after_template = EXPORT
    list_display = ("name", "email", "given", "state", "invited_by", "invited_at", "expires_at", "outcome")
    list_filter = (StateFilter,)
    list_filter_submit = False
    search_fields = ("name", "email")
    list_select_related = ("invited_by", "accepted_by", "revoked_by")
    fields = (
        "name",
        "email",
        "given",
        "state",
        "invited_by",
        "invited_at",
        "mailed_at",
        "expires_at",
        "outcome",
    )
    readonly_fields = fields
    compressed_fields = True
    change_form_outer_before_template = "admin/cityrank/invitation_actions.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).prefetch_related("roles")

    @admin.display(description=gettext_lazy("roles"))
    def given(self, invitation: Invitation) -> str:
        return role_names(list(invitation.roles.all()))

    @admin.display(description=pgettext_lazy("invitation", "state"))
    def state(self, invitation: Invitation) -> str:
        return str(invitation.state.label)

    @admin.display(description=gettext_lazy("by whom and when"))
    def outcome(self, invitation: Invitation) -> str:
        who = invitation.accepted_by or invitation.revoked_by
        when = invitation.accepted_at or invitation.revoked_at
        return f"{who or '–'}, {display_for_value(when, '–')}" if when else "–"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        act = self.admin_site.admin_view(self.act_view)
        return [path("<int:pk>/act/", act, name="accounts_invitation_act"), *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Invite somebody, and show the link, which is known at this moment only."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        by = cast(User, request.user)
        form = InviteForm(request.POST or None, by=by)
        if request.method == "POST" and form.is_valid():
            try:
                invitation, token = invite(by, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                return self._linked(request, invitation, token)
        context = self._frame(request) | {"title": _("Invite somebody"), "form": form}
        return TemplateResponse(request, "admin/cityrank/invite.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        buttons = ("show_save", "show_save_and_continue", "show_save_and_add_another")
        context = (extra_context or {}) | dict.fromkeys(buttons, False)
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def act_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give an invitation a new link, or take it back."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        invitation, by = get_object_or_404(Invitation, pk=pk), cast(User, request.user)
        try:
            if request.POST.get("action") == "renew":
                token = renew(invitation, by)
                invitation.refresh_from_db()
                return self._linked(request, invitation, token)
            revoke(invitation, by)
            messages.success(request, _("The invitation was taken back."))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:accounts_invitation_change", args=[pk]))

    def _linked(self, request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
        address = link(token, settings.SITE_URL or f"{request.scheme}://{request.get_host()}")
        context = self._frame(request) | {
            "title": str(invitation),
            "invitation": invitation,
            "address": address,
            "sent": send_invitation(invitation, address),
        }
        response = TemplateResponse(request, "admin/cityrank/invitation_link.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def _frame(self, request: HttpRequest) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"opts": Invitation._meta}
