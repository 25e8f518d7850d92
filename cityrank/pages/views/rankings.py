"""One table of ranks and scores, or the plain statement that its values are not known."""

from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from cityrank.pages import selectors
from cityrank.pages.corrections import corrections_of_part
from cityrank.pages.scope import Scope, reads_release
from cityrank.pages.templatetags.pages import path_to
from cityrank.publishing.gate import Gate, open_gate
from cityrank.results.comparability import gate_before
from cityrank.results.table_wish import Wish, asked_in, given_in
from cityrank.results.tables import Table, page_of_row, table_of
from scores.models import Ranking


@reads_release
def ranking(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    """The page; for htmx, which says so in a header, the table alone."""
    ranking = _ranking(scope, slug)
    table = table_of(scope.gate, ranking, asked_in(request.GET), earlier_gate(scope))
    is_part = wants_part(request)
    address = _address(request.path, table.wish)
    if not is_part and not table.notices and _is_untidy(request, table):
        response: HttpResponse = HttpResponseRedirect(address)
    elif is_part:
        response = render(
            request, "pages/_table_part.html", {"scope": scope, "ranking": ranking, "table": table}
        )
        response["HX-Push-Url"] = address
    else:
        response = render(request, "pages/ranking.html", _context(scope, ranking, table))
    patch_vary_headers(response, ["HX-Request"])
    return response


@reads_release
def row(request: HttpRequest, scope: Scope, slug: str, subject: str) -> HttpResponse:
    """The address of one row leads to the page of the table that it stands on, and to the row there."""
    found = page_of_row(scope.gate, _ranking(scope, slug), subject)
    if found is None:
        raise Http404
    page, anchor = found
    address = _address(path_to(scope.page("ranking", slug)), Wish(page=page))
    return HttpResponseRedirect(f"{address}#{anchor}")


def _ranking(scope: Scope, slug: str) -> Ranking:
    rankings = scope.gate.rows(Ranking).select_related(
        "series", "line", "peer_group", "source", "release__edition"
    )
    return get_object_or_404(rankings, slug=slug)


def earlier_gate(scope: Scope) -> Gate:
    """Return the gate to the editions that a page looks back at; a frozen page looks back from its own time."""
    return gate_before(scope.release) if scope.is_frozen else open_gate()


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in the history it wants the whole."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def _address(path: str, wish: Wish) -> str:
    query = wish.query()
    return f"{path}?{query}" if query else path


def _is_untidy(request: HttpRequest, table: Table) -> bool:
    """Whether the address says the same as another, shorter one: a form sends its empty fields too."""
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return urlencode(given_in(pairs), safe=",") != table.wish.query()


def _context(scope: Scope, ranking: Ranking, table: Table) -> dict:
    return {
        "scope": scope,
        "corrected": corrections_of_part(scope, "ranking", ranking.slug),
        "ranking": ranking,
        "table": table,
        "bands": table.bands,
        "averages": selectors.averages_of(scope.gate).filter(ranking=ranking),
        "other_years": selectors.other_years(open_gate(), ranking),
        "siblings": list(
            scope.gate.rows(Ranking)
            .filter(series=ranking.series_id)
            .select_related("peer_group")
            .order_by("position")
        ),
    }
