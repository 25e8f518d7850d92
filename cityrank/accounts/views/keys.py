"""Passkeys: the last second factor stays where one is required."""

from typing import Any

from allauth.mfa.webauthn.views import EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy

from cityrank.accounts.second_factor import may_remove, why_not

BACK = reverse_lazy("mfa_index")


class RemoveKey(RemoveWebAuthnView):
    success_url = BACK

    def form_valid(self, form: Any) -> HttpResponse:
        if not may_remove(self.get_object()):
            messages.error(self.request, why_not())
            return HttpResponseRedirect(str(BACK))
        response: HttpResponse = super().form_valid(form)
        return response


class EditKey(EditWebAuthnView):
    success_url = BACK
