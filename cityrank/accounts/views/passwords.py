"""Changing the password ends the other sessions and keeps the present one."""

from typing import Any

from allauth.account.views import PasswordChangeView
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.urls import reverse_lazy

from cityrank.accounts.sessions import end_others, rekey


class ChangePassword(PasswordChangeView):
    success_url = reverse_lazy("account_change_password")

    def form_valid(self, form: Any) -> HttpResponse:
        old = self.request.session.session_key
        response: HttpResponse = super().form_valid(form)
        new = self.request.session.session_key
        if old and new and isinstance(self.request.user, User):
            rekey(old, new)
            end_others(self.request.user, new)
        return response
