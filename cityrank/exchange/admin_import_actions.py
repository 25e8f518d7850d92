"""The buttons of an import, and what is downloaded of it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import FileResponse, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityrank.exchange import running
from cityrank.exchange.admin_import_frame import address
from cityrank.exchange.importing import BadFile, cancel_import, may_import, undo_import
from cityrank.exchange.models import Import
from cityrank.exchange.refused_rows import write_refused
from cityrank.exchange.responses import send_file
from cityrank.exchange.writing import MEDIA_TYPES, disposition
from cityrank.publishing.refusals import Refused

PROBLEMS = (BadFile, Refused, OSError)


def confirm(request: HttpRequest, import_: Import) -> None:
    """Write the rows. Raises `Refused`."""
    running.write(import_, cast(User, request.user))
    import_.refresh_from_db()
    if import_.state == Import.State.DONE:
        count = import_.new + import_.changed
        text = ngettext("%(count)s row was written.", "%(count)s rows were written.", count)
        messages.success(request, text % {"count": count})


def read_again(request: HttpRequest, import_: Import) -> None:
    """Read the kept file anew, against what the draft holds now. Raises `Refused` and `BadFile`."""
    may_import(import_.declared, cast(User, request.user), import_.release, import_.into)
    running.read(import_)


def cancel(request: HttpRequest, import_: Import) -> None:
    """Give it up, or stop it while it is at work. Raises `Refused`."""
    try:
        cancel_import(import_, cast(User, request.user))
    except OperationalError as error:
        # SQLite lets one write at a time, and a large import takes longer than anybody waits for it.
        text = _("The rows are being written at this moment. Wait for the end; then it can be undone.")
        raise Refused(text) from error
    messages.info(request, _("Given up. Nothing of the file was written."))


def undo(request: HttpRequest, import_: Import) -> None:
    """Put the rows back as they were. Raises `Refused`."""
    undone = undo_import(import_, cast(User, request.user))
    values = {"restored": undone.restored, "removed": undone.removed, "kept": len(undone.kept)}
    text = _("Undone: %(restored)s rows as they were before, %(removed)s removed, %(kept)s kept.") % values
    messages.success(request, text)


def progress_view(request: HttpRequest, import_: Import) -> JsonResponse:
    """Return how far it is, for the page that waits."""
    at_work = import_.state in (Import.State.READING, Import.State.IMPORTING)
    return JsonResponse({"at_work": at_work, "done": import_.done, "total": import_.total})


def file_view(request: HttpRequest, import_: Import) -> HttpResponseBase:
    """Send the kept file, to be stored and never shown by a browser, whatever it may hold."""
    try:
        response = FileResponse(import_.file.open(), content_type="application/octet-stream")
    except OSError:
        return _gone(request, import_)
    response["Content-Disposition"] = disposition(import_.original_name, f"import-{import_.pk}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def refused_view(request: HttpRequest, import_: Import) -> HttpResponseBase:
    """Send the refused rows with what is wrong with each."""
    try:
        return send_file(
            lambda file: write_refused(import_, file), MEDIA_TYPES["xlsx"], f"refused-{import_.pk}.xlsx"
        )
    except OSError:
        return _gone(request, import_)
    except BadFile as bad:
        messages.error(request, str(bad))
        return HttpResponseRedirect(address("change", import_))


def _gone(request: HttpRequest, import_: Import) -> HttpResponseRedirect:
    messages.error(request, _("The kept file is not there any more."))
    return HttpResponseRedirect(address("change", import_))
