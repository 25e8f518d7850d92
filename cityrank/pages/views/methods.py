"""What an edition measured and how, and what does not agree in its bulletin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages.scope import Scope, reads_release


@reads_release
def method(request: HttpRequest, scope: Scope) -> HttpResponse:
    return render(request, "pages/method.html", {"scope": scope})
