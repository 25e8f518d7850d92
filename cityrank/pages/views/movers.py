"""Who rose and who fell in a ranking since the edition before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cityrank.pages.scope import Scope, reads_release
from scores.models import Ranking


@reads_release
def movers(request: HttpRequest, scope: Scope, slug: str) -> HttpResponse:
    rankings = scope.gate.rows(Ranking).select_related("series", "line", "peer_group", "release__edition")
    context = {"scope": scope, "ranking": get_object_or_404(rankings, slug=slug)}
    return render(request, "pages/movers.html", context)
