"""The instant that a request reads at.

A release becomes public at its hour on every process without anybody present, so what may be read depends on the
time. One request keeps one instant from its first query to its last: a page never shows half of the old release and
half of the new one.
"""

import datetime as dt
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone


@dataclass
class Reading:
    """One request's instant, and what was looked up at it."""

    at: dt.datetime
    found: dict[Hashable, Any] = field(default_factory=dict)


_reading: ContextVar[Reading | None] = ContextVar("cityrank_reading", default=None)


def now() -> dt.datetime:
    """Return the instant of the present request; outside of one, the time."""
    reading = _reading.get()
    return reading.at if reading else timezone.now()


def present() -> Reading | None:
    return _reading.get()


@contextmanager
def reading(at: dt.datetime | None = None) -> Iterator[Reading]:
    """Read everything inside the block at one instant."""
    token = _reading.set(Reading(at or timezone.now()))
    try:
        yield _reading.get()  # type: ignore[misc]
    finally:
        _reading.reset(token)
