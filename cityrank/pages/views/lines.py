"""One award or ranking over the years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cityrank.publishing.gate import open_gate
from cityrank.results.continuity import Gap, past_of


def line(request: HttpRequest, slug: str) -> HttpResponse:
    gate = open_gate()
    line = get_object_or_404(gate.lines(), slug=slug)
    past = past_of(gate, line)
    context = {
        "line": line,
        "past": past,
        "years": [(year, isinstance(year, Gap)) for year in past.years],
        "newest": past.kept[0],
        "oldest": past.kept[-1],
    }
    return render(request, "pages/line.html", context)
