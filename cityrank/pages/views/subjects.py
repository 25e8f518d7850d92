"""Who is not a place: the companies and apps of the sixth series, and the organisers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cityrank.pages import selectors
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import App, Organisation


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        subject = selectors.organisation_at(slug)
    except Organisation.DoesNotExist:
        raise Http404 from None
    gate = open_gate()
    context = {
        "subject": subject,
        "aliases": selectors.aliases_of(subject),
        "awards": selectors.awards_won(gate, subject),
        "scores": selectors.scores_won(gate, subject),
        "apps": selectors.apps_of(subject),
        "organised": selectors.editions_organised(gate, subject),
    }
    return render(request, "pages/subject.html", context)


def app(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        subject = selectors.app_at(slug)
    except App.DoesNotExist:
        raise Http404 from None
    gate = open_gate()
    context = {
        "subject": subject,
        "aliases": selectors.aliases_of(subject),
        "awards": selectors.awards_won(gate, subject),
        "scores": selectors.scores_won(gate, subject),
        "operator": selectors.operator_of(subject),
    }
    return render(request, "pages/subject.html", context)
