"""One's own sessions, each of which can be ended."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cityrank.accounts.sessions import end_one, end_others, sessions_of
from cityrank.registry.numbers import key_in


@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    user, key = cast(User, request.user), request.session.session_key
    if request.method == "POST":
        _end(request, user, key)
        return HttpResponseRedirect(reverse("usersessions_list"))
    return render(request, "account/sessions.html", {"lines": sessions_of(user, key)})


def _end(request: HttpRequest, user: User, key: str | None) -> None:
    asked = request.POST.get("session", "")
    if asked == "others":
        count = end_others(user, key)
        said = ngettext("%(count)s other session was ended.", "%(count)s other sessions were ended.", count)
        messages.success(request, said % {"count": count})
    elif end_one(user, key_in(asked)):
        messages.success(request, _("The session was ended."))
    else:
        messages.info(request, _("That session had ended already."))
