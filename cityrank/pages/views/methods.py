"""What an edition measured and how, and what does not agree in its bulletin."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages.scope import Scope, reads_release
from cityrank.publishing.gate import open_gate
from cityrank.results.comparability import gate_before
from cityrank.results.methods import method_of


@reads_release
def method(request: HttpRequest, scope: Scope) -> HttpResponse:
    others = gate_before(scope.release) if scope.is_frozen else open_gate()
    context = {
        "scope": scope,
        "method": method_of(scope.gate, others, scope.release),
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "pages/method.html", context)
