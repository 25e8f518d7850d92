"""Certificates: a form for their number, what a number stands for, and the certificate itself as PDF."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cityrank.exchange.documents.certificates import certificates_of, certificates_pdf
from cityrank.exchange.documents.composing import date_of
from cityrank.exchange.documents.keeping import kept
from cityrank.exchange.documents.numbers import LONGEST, Misspelt, Unfitting, parse
from cityrank.exchange.documents.verifying import NoCertificate, Verified, verify
from cityrank.exchange.writing import disposition
from cityrank.pages.scope import site_of
from cityrank.publishing.gate import Withdrawn, open_gate


def certificates(request: HttpRequest) -> HttpResponse:
    """The form; what is no number is said to be misspelt where it was typed."""
    typed = request.GET.get("number", "").strip()
    if not typed:
        return render(request, "pages/certificates.html", {"longest": LONGEST})
    try:
        number = parse(typed)
    except Misspelt as misspelt:
        return _absent(request, typed, misspelt)
    return HttpResponseRedirect(_address(str(number)))


def certificate(request: HttpRequest, certificate: str) -> HttpResponse:
    """What the certificate states, and whether it still holds."""
    found = _verified(request, certificate)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "pages/certificate.html", {"verified": found, "award": found.recipient.award})


def certificate_pdf(request: HttpRequest, certificate: str) -> HttpResponse:
    """The certificate as PDF, set once and kept; one that does not hold leads to the page that says so."""
    found = _verified(request, certificate, pdf=True)
    if isinstance(found, HttpResponse):
        return found
    if not found.is_current:
        return HttpResponseRedirect(_address(str(found.number)))
    one = certificates_of(found.release, [found.recipient], site=site_of(request))
    day = date_of(found.release)
    response = HttpResponse(kept((one, day), "pdf", lambda: certificates_pdf(one, day)), "application/pdf")
    name = f"certificate-{found.number}.pdf"
    response["Content-Disposition"] = disposition(name, name)
    response["X-Robots-Tag"] = "noindex"
    return response


def _verified(request: HttpRequest, typed: str, *, pdf: bool = False) -> Verified | HttpResponse:
    """Return what the number stands for, or the page that says why there is nothing: 404, or 410 with the reason."""
    try:
        found = verify(typed)
    except Misspelt as misspelt:
        return _absent(request, typed, misspelt)
    except NoCertificate:
        return _absent(request, typed)
    except Withdrawn as withdrawn:
        return _withdrawn(request, withdrawn, str(parse(typed)))
    if str(found.number) != typed:
        return HttpResponseRedirect(_address(str(found.number), pdf=pdf))
    return found


def _address(number: str, *, pdf: bool = False) -> str:
    return reverse("pages:certificate-pdf" if pdf else "pages:certificate", args=[number])


def _absent(request: HttpRequest, typed: str, misspelt: Misspelt | None = None) -> HttpResponse:
    context = {
        "typed": typed[: LONGEST + 1],
        "is_misspelt": misspelt is not None,
        "is_unfitting": isinstance(misspelt, Unfitting),
        "longest": LONGEST,
    }
    return render(request, "pages/certificate_absent.html", context, status=404)


def _withdrawn(request: HttpRequest, withdrawn: Withdrawn, number: str) -> HttpResponse:
    release = withdrawn.release
    context = {
        "number": number,
        "release": release,
        "current": open_gate().releases.filter(edition=release.edition).first(),
        "longest": LONGEST,
    }
    return render(request, "pages/certificate_withdrawn.html", context, status=410)
