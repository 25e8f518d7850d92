"""Where the winners come from: by province, and the places that won most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages.scope import Scope, reads_release


@reads_release
def by_province(request: HttpRequest, scope: Scope) -> HttpResponse:
    return render(request, "pages/winners_by_province.html", {"scope": scope})


def most_awarded(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/most_awarded.html")
