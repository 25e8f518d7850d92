"""The tables of the pages as CSV and XLSX, and a whole edition in one file."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext

from awards.models import Award, Recipient
from cityrank.exchange.columns import Sheet
from cityrank.exchange.formats import FORMATS, Options
from cityrank.exchange.responses import send_file, send_table
from cityrank.exchange.sheets import AVERAGES, RECIPIENTS, SCORES
from cityrank.exchange.writing import Rows, Table
from cityrank.pages.scope import Scope, reads_release, site_of
from scores.models import GroupAverage, Ranking, Score


@reads_release
def award(request: HttpRequest, scope: Scope, slug: str, suffix: str) -> HttpResponseBase:
    award = get_object_or_404(scope.gate.rows(Award), slug=slug)
    rows = scope.gate.rows(Recipient).filter(award=award)
    return _table(request, scope, RECIPIENTS, rows, suffix, award.title, slug)


@reads_release
def ranking(request: HttpRequest, scope: Scope, slug: str, suffix: str) -> HttpResponseBase:
    ranking = get_object_or_404(scope.gate.rows(Ranking), slug=slug)
    rows = scope.gate.rows(Score).filter(ranking=ranking)
    return _table(request, scope, SCORES, rows, suffix, ranking.title, slug)


@reads_release
def averages(request: HttpRequest, scope: Scope, suffix: str) -> HttpResponseBase:
    rows = scope.gate.rows(GroupAverage)
    return _table(request, scope, AVERAGES, rows, suffix, gettext("Group averages"), "averages")


@reads_release
def edition(request: HttpRequest, scope: Scope, wanted: str) -> HttpResponseBase:
    """The release of the page in one of the formats that the public is offered: package, workbook, bulletin."""
    if scope.is_preview:  # the office has more than readers will get
        return HttpResponseRedirect(reverse("admin:awards_release_download", args=[scope.release.pk]))
    how = Options(_language(), site=site_of(request))
    chosen = FORMATS[wanted]
    name = chosen.file_name(scope.release)
    return send_file(lambda file: chosen.write(scope.release, file, how), chosen.media_type, name)


def _table(
    request: HttpRequest, scope: Scope, sheet: Sheet, rows: object, suffix: str, title: str, slug: str
) -> HttpResponseBase:
    """Send rows with headings in the language of the page; spreadsheets need the byte order mark."""
    public = sheet.public()
    table = Table(Rows(public, public.ordered(rows)), suffix, _language(), bom=True)  # type: ignore[arg-type]
    label, number = scope.edition.label, scope.release.number
    return send_table(request, table, f"{title} ({label}-{number})", f"{label}-release-{number}-{slug}")


def _language() -> str:
    return get_language() or "en"
