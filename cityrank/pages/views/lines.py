"""One award or ranking over the years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cityrank.publishing.gate import open_gate


def line(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "pages/line.html", {"line": get_object_or_404(open_gate().lines(), slug=slug)})
