"""The page of a release from which the office takes it home: as package, workbook or CSV files."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, gettext_lazy

from awards.models import Release
from cityrank.exchange.formats import FORMATS, Options
from cityrank.exchange.packages.describing import is_public
from cityrank.exchange.responses import send_file
from cityrank.publishing.admin_release_pages import ReleasePage, page_address, render_release_page
from cityrank.publishing.refusals import Refused


def view(request: HttpRequest, release: Release) -> HttpResponse:
    context = {"formats": FORMATS.values(), "is_draft": not is_public(release)}
    return render_release_page(request, release, PAGE.name, "admin/cityrank/download.html", context)


def file_view(request: HttpRequest, release: Release, wanted: str) -> HttpResponseBase:
    """Send the release in a format, with what the office alone reads."""
    chosen = FORMATS.get(wanted)
    if chosen is None:
        return HttpResponseRedirect(page_address(release, PAGE.name))
    how = Options(get_language() or "en", office=True)
    try:
        return send_file(
            lambda file: chosen.write(release, file, how), chosen.media_type, chosen.file_name(release)
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(page_address(release, PAGE.name))


PAGE = ReleasePage(
    "download",
    gettext_lazy("download"),
    view,
    more=(
        (
            "<slug:wanted>/",
            "download_file",
            lambda *args, **rest: cast(HttpResponse, file_view(*args, **rest)),
        ),
    ),
)
