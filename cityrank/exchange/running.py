"""Reading and writing of imports for those who wait at a page: short work at once, long work beside the request.

A file of 100,000 rows takes seconds. It is read by a thread of its own, and whoever waits looks at the progress that it
notes in the import, which also stops it. What a server that was stopped leaves behind can be begun again.
"""

import logging
import threading
from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import connection
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from cityrank.exchange.importing import BadFile, apply_import, preview
from cityrank.exchange.models import Import
from cityrank.publishing.refusals import Refused

log = logging.getLogger(__name__)

# What is larger takes longer than somebody waits for a page.
LARGE_FILE = 300_000
LARGE_IMPORT = 5_000
# The name of the threads, so that a test can wait for them.
THREAD = "cityrank-import"
State = Import.State


def read(import_: Import) -> None:
    """Preview an import; a large file beside the request, so that it may still be at it afterwards.

    Raises `BadFile` and `Refused` as `preview` does; what happens beside the request is said in `problem`.
    """
    _run(import_, lambda: preview(import_), State.READING, aside=import_.file.size > LARGE_FILE)


def write(import_: Import, by: User | None) -> None:
    """Apply a previewed import; many rows beside the request. Raises `Refused` as `apply_import` does."""
    many = import_.new + import_.changed > LARGE_IMPORT
    _run(import_, lambda: apply_import(import_, by), State.IMPORTING, aside=many)


def _run(import_: Import, action: Callable[[], object], state: str, *, aside: bool) -> None:
    if not aside:
        action()
        return
    # Said before the thread has begun, so that the next page does not show what was before.
    open_ = (State.READING, State.PREVIEWED, State.IMPORTING, State.FAILED)
    Import.objects.filter(pk=import_.pk, state__in=open_).update(state=state, problem="", done=0, total=0)
    arguments = [import_.pk, action, state, get_language()]
    threading.Thread(target=_aside, args=arguments, name=THREAD).start()


def _aside(key: int, action: Callable[[], object], state: str, language: str | None) -> None:
    try:
        with override(language):
            try:
                action()
            except BadFile:
                pass  # said in the import already
            except Refused as refused:
                # Whoever reads is refused only where somebody has cancelled it, or reads it anew.
                if state == State.IMPORTING:
                    _say(key, state, str(refused))
            except Exception:  # nobody else sees what happens in a thread
                log.exception("import %s failed", key)
                _say(key, state, _("Something went wrong on the server; nothing was written. Try it again."))
    finally:
        connection.close()


def _say(key: int, state: str, problem: str) -> None:
    """Note why it went no further, unless it was cancelled or done meanwhile."""
    if state == State.READING:
        Import.objects.filter(pk=key, state=state).update(state=State.FAILED, problem=problem)
    else:
        open_ = (State.PREVIEWED, State.IMPORTING)
        Import.objects.filter(pk=key, state__in=open_).update(state=State.PREVIEWED, problem=problem)
