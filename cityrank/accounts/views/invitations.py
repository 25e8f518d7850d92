"""Opening an invitation: the secret of its link is shown once, then the account is made."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cityrank.accounts.forms import AcceptForm, LinkForm
from cityrank.accounts.invitations import accept, find, held
from cityrank.accounts.people import role_names
from cityrank.publishing.refusals import Refused

# Holds the hash of the secret between the two pages, in the session of whoever has shown it.
KEY = "cityrank_invitation"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Ask for the secret; a script on the page sends it by itself."""
    form, refusal, status = LinkForm(request.POST or None), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            invitation = find(form.cleaned_data["token"])
        except Refused as refused:
            form, refusal, status = LinkForm(), str(refused), 410
        else:
            request.session[KEY] = invitation.token_hash
            return HttpResponseRedirect(reverse("invitation_accept"))
    return render(request, "account/invitation.html", {"form": form, "refusal": refusal}, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accepting(request: HttpRequest) -> HttpResponse:
    """Ask for a user name and a password, and make the account."""
    token_hash = request.session.get(KEY, "")
    if not token_hash:
        return HttpResponseRedirect(reverse("invitation"))
    try:
        invitation = held(token_hash)
    except Refused as refused:
        return _refused(request, refused)
    form = AcceptForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            accept(invitation, username=data["username"], password=data["password1"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            request.session.pop(KEY, None)
            messages.success(request, _("Your account is ready. Sign in with your user name and password."))
            return HttpResponseRedirect(reverse("account_login"))
    context: dict[str, Any] = {
        "form": form,
        "invitation": invitation,
        "roles": role_names(list(invitation.roles.all())),
    }
    return render(request, "account/invitation_accept.html", context)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    request.session.pop(KEY, None)
    context = {"form": LinkForm(), "refusal": str(refused)}
    return render(request, "account/invitation.html", context, status=410)
