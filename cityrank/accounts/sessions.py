"""The sessions of a person: listed, kept up to date, ended."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from axes.models import AccessLog
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cityrank.accounts.devices import client_address, describe

# "Last seen" is true to the minute; a write for every request would be too dear.
SECONDS = 60


@dataclass(frozen=True)
class SessionLine:
    row: UserSession
    is_current: bool

    @property
    def device(self) -> str:
        return describe(self.row.user_agent)


def sessions_of(user: User, current_key: str | None = None) -> list[SessionLine]:
    """Return the sessions that are alive, the present one first; rows of others are cleared away."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at"))
    kept = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
    )
    alive = {session.session_key for session in kept if _belongs(session, user)}
    dead = [row.pk for row in rows if row.session_key not in alive]
    if dead:
        UserSession.objects.filter(pk__in=dead).delete()
    lines = [SessionLine(row, row.session_key == current_key) for row in rows if row.session_key in alive]
    return sorted(lines, key=lambda line: not line.is_current)


def _belongs(session: Session, user: User) -> bool:
    """A session dies when the password changes; Django finds out by this hash."""
    known = session.get_decoded().get(HASH_SESSION_KEY, "")
    return constant_time_compare(known, user.get_session_auth_hash())


def see(request: HttpRequest) -> None:
    """Write down from where a session was last used, at most once a minute."""
    key = request.session.session_key
    if not key or not mark(key):
        return
    seen = {
        "user": request.user,
        "ip": client_address(request),
        "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
        "last_seen_at": timezone.now(),
    }
    if not UserSession.objects.filter(session_key=key).update(**seen):
        UserSession.objects.get_or_create(session_key=key, defaults=seen)


def mark(key: str) -> bool:
    """Note that a session was seen; say whether that was the first time for a minute."""
    return bool(cache.add(f"cityrank-session-seen-{_hash(key)}", True, SECONDS))


def end_one(user: User, pk: int) -> bool:
    """End one session of somebody; say whether there was one."""
    return bool(_end(UserSession.objects.filter(user=user, pk=pk)))


def end_others(user: User, current_key: str | None) -> int:
    """End all sessions of somebody but the present one; return how many were alive."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=current_key))


def end_all(user: User) -> int:
    return _end(UserSession.objects.filter(user=user))


@transaction.atomic
def _end(rows: Iterable[UserSession]) -> int:
    keys = [row.session_key for row in rows]
    ended = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).count()
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    open_log = AccessLog.objects.filter(logout_time=None, session_hash__in=[_hash(key) for key in keys])
    open_log.update(logout_time=timezone.now())
    return ended


@transaction.atomic
def rekey(old: str, new: str) -> None:
    """Follow a session that was given another key, as it is when its owner changes the password."""
    UserSession.objects.filter(session_key=new).delete()
    UserSession.objects.filter(session_key=old).update(session_key=new)
    AccessLog.objects.filter(logout_time=None, session_hash=_hash(old)).update(session_hash=_hash(new))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
