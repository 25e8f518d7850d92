"""Accounts and the log of sign-ins, in the look of the rest of the admin."""

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

for model in (User, Group, AccessAttempt, AccessFailureLog, AccessLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class AccountAdmin(UserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active", "last_login")
    compressed_fields = True
    warn_unsaved_form = True


@admin.register(Group)
class RoleAdmin(GroupAdmin, ModelAdmin):
    list_display = ("name",)


class SuperusersOnly(ModelAdmin):
    """Addresses and times of sign-ins are personal data; and a log is read, never written."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(AccessAttempt)
class AttemptAdmin(SuperusersOnly, AccessAttemptAdmin):
    """Deleting an attempt lets its person in again."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser


class LogAdmin(SuperusersOnly):
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(AccessLog)
class SignInAdmin(LogAdmin, AccessLogAdmin):
    pass


@admin.register(AccessFailureLog)
class FailureAdmin(LogAdmin, AccessFailureLogAdmin):
    pass
