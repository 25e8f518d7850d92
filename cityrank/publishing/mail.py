"""E-mail in both languages. A mail server that fails or does not answer stands in nobody's way."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import override

log = logging.getLogger(__name__)

LANGUAGES = ("zh-hans", "en")
# The name of the threads that send, so that a test can wait for them.
THREAD = "cityrank-mail"


def written(template: str, to: str, values: Callable[[], dict[str, Any]]) -> EmailMessage:
    """Return a message in Chinese and below it in English; its first line is the subject.

    `values` is called in each of the languages.
    """
    parts = []
    for language in LANGUAGES:
        with override(language):
            parts.append(render_to_string(f"mail/{template}.txt", values()).strip())
    return EmailMessage(parts[0].splitlines()[0], "\n\n--\n\n".join(parts), to=[to])


def send(messages: Sequence[EmailMessage]) -> bool:
    """Send messages over one connection; say whether they went out."""
    try:
        with get_connection() as connection:
            connection.send_messages(list(messages))
    except Exception:  # whatever a mail server or its library comes up with
        log.exception("%s messages could not be sent", len(messages))
        return False
    return True


def send_aside(messages: Sequence[EmailMessage]) -> None:
    """Send without letting the answer wait for the mail server."""
    if messages:
        threading.Thread(target=send, args=[messages], name=THREAD).start()
