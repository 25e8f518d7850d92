"""What follows from events of other packages: a sign-in, a changed password, a closed account."""

import time
from typing import Any

from allauth.account.signals import password_reset
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessFailureLog
from axes.signals import user_locked_out
from axes.utils import reset
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from cityrank.accounts import sessions
from cityrank.accounts.adapters import SIGNED_IN_AT


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="cityrank-signed-in")
    user_locked_out.connect(refused_while_locked, dispatch_uid="cityrank-locked-out")
    password_reset.connect(password_was_reset, dispatch_uid="cityrank-password-reset")


def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = time.time()
    if request.session.session_key:
        sessions.mark(request.session.session_key)


def refused_while_locked(request: HttpRequest, username: str | None, ip_address: str, **kwargs: Any) -> None:
    """Log the attempts during a lock too; django-axes writes down only those that lead to it."""
    if request.axes_failures_since_start is not None:  # type: ignore[attr-defined]
        return
    AxesProxyHandler.update_request(request)
    AccessFailureLog.objects.create(
        username=username,
        ip_address=ip_address,
        user_agent=request.axes_user_agent,  # type: ignore[attr-defined]
        http_accept=request.axes_http_accept,  # type: ignore[attr-defined]
        path_info=request.axes_path_info,  # type: ignore[attr-defined]
        locked_out=True,
    )


def password_was_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever can read the mail of an account is its owner: other sessions end, and a lock is lifted."""
    sessions.end_all(user)
    reset(username=user.get_username())
