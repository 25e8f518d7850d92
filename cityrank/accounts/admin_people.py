"""People and groups, and what can be done with the account of somebody else."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from cityrank.accounts import lockout, people, second_factor
from cityrank.accounts.sessions import sessions_of
from cityrank.publishing.refusals import Refused
from cityrank.registry.admin_base import EXPORT
from cityrank.registry.numbers import key_in

# Those of allauth have pages of their own, written for the people they belong to.
for model in (User, Group, EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

# By name: what is done, and what is said afterwards.
ACTIONS: dict[str, tuple[Callable[[User, User], Any], Promise]] = {
    "end_sessions": (people.end_sessions, gettext_lazy("All sessions of this person were ended.")),
    "close": (people.close, gettext_lazy("The account was closed, and its sessions were ended.")),
    "reopen": (people.reopen, gettext_lazy("The account was opened again.")),
    "lift_lock": (lockout.lift, gettext_lazy("The lock was lifted.")),
    "remove_second_factors": (
        second_factor.remove_all,
        gettext_lazy("The second factors of this person were removed."),
    ),
}
# What somebody reads of another person who may not change them.
READABLE = (
    (None, {"fields": ("username", "first_name", "last_name", "email")}),
    (gettext_lazy("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
    (gettext_lazy("Important dates"), {"fields": ("last_login", "date_joined")}),
)


@admin.register(User)
class AccountAdmin(UserAdmin, ModelAdmin):
    list_after_template = EXPORT
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = (
        "username",
        "first_name",
        "last_name",
        "email",
        "second_factor",
        "is_staff",
        "is_active",
        "last_login",
    )
    compressed_fields = True
    warn_unsaved_form = True
    change_form_outer_before_template = "admin/cityrank/person_actions.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return second_factor.with_second_factor(super().get_queryset(request))

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, person: User) -> bool:
        return bool(person.has_second_factor)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return READABLE
        return super().get_fieldsets(request, obj)

    def get_urls(self) -> list[URLPattern]:
        act = self.admin_site.admin_view(self.act_view)
        return [path("<int:pk>/act/", act, name="auth_user_act"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        person = User.objects.filter(pk=key_in(object_id)).first()
        context = {"person": _offered(request, person)} if person else {}
        response: HttpResponse = super().change_view(
            request, object_id, form_url, (extra_context or {}) | context
        )
        return response

    def act_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do one of the actions above with the account of somebody."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        person = get_object_or_404(User, pk=pk)
        action, done = ACTIONS.get(request.POST.get("action", ""), (None, ""))
        if action:
            try:
                action(person, cast(User, request.user))
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                _log(request, person, str(done))
                messages.success(request, str(done))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            people.after_closing(obj, cast(User, request.user))


def _offered(request: HttpRequest, person: User) -> dict[str, Any]:
    """Return what the page of a person says and offers above its form."""
    manages = people.may_manage(cast(User, request.user), person)
    return {
        "pk": person.pk,
        "manages": manages,
        "is_self": person == request.user,
        "is_active": person.is_active,
        "by_superuser": request.user.is_superuser,
        "has_second_factor": second_factor.has_one(person),
        "lacks_second_factor": second_factor.is_missing(person),
        "sessions": sessions_of(person) if manages or request.user.has_perm("axes.view_accesslog") else [],
    }


def _log(request: HttpRequest, person: User, sentence: str) -> None:
    LogEntry.objects.log_actions(
        user_id=cast(int, request.user.pk),
        queryset=[person],
        action_flag=CHANGE,
        change_message=_("Account: %(sentence)s") % {"sentence": sentence},
    )


@admin.register(Group)
class RoleAdmin(GroupAdmin, ModelAdmin):
    list_after_template = EXPORT
    list_display = ("name",)
