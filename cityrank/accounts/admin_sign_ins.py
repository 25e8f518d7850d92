"""The log of sign-ins, for superusers and auditors. It is read, never written."""

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from cityrank.accounts.devices import describe
from cityrank.registry.admin_base import EXPORT, WrittenByNobody

for model in (AccessAttempt, AccessFailureLog, AccessLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

# By name of the address: how somebody signed in there.
WAYS = {
    "account_login": _("password"),
    "mfa_authenticate": _("password and second factor"),
    "mfa_login_webauthn": _("passkey"),
    "account_reauthenticate": _("password, confirmed"),
    "mfa_reauthenticate": _("second factor, confirmed"),
}


def way(path_info: str) -> str:
    """Say how somebody signed in, by the address they did it at."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names = [name for name in WAYS if _address(name) == path_info]
        if names:
            return str(WAYS[names[0]])
    return path_info


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class ReadOnly(WrittenByNobody, ModelAdmin):
    """Addresses and times of sign-ins are personal data: few may read them, and nobody writes."""

    list_after_template = EXPORT

    @admin.display(description=_("device"))
    def device(self, row: AccessLog) -> str:
        return describe(row.user_agent)

    @admin.display(description=_("how"), ordering="path_info")
    def way(self, row: AccessLog) -> str:
        return way(row.path_info)


@admin.register(AccessAttempt)
class AttemptAdmin(ReadOnly, AccessAttemptAdmin):
    """Deleting an attempt lets its person in again."""

    list_display = ("attempt_time", "username", "ip_address", "device", "failures_since_start", "status")
    actions = ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser


@admin.register(AccessLog)
class SignInAdmin(ReadOnly, AccessLogAdmin):
    list_display = ("attempt_time", "username", "way", "ip_address", "device", "logout_time")
    list_filter = ("attempt_time", "logout_time")


@admin.register(AccessFailureLog)
class FailureAdmin(ReadOnly, AccessFailureLogAdmin):
    list_display = ("attempt_time", "username", "way", "ip_address", "device", "locked_out")
    list_filter = ("attempt_time", "locked_out")
