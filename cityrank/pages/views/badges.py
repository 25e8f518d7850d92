"""The badge of a winner as SVG, by the number of its certificate."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cityrank.exchange.documents.numbers import Misspelt, parse
from cityrank.exchange.documents.verifying import NoCertificate, Verified, verify
from cityrank.pages.scope import site_of
from cityrank.pages.taking import badges
from cityrank.pages.taking.badges import THEMES, Badge
from cityrank.pages.templatetags.demo import demo_mark
from cityrank.pages.templatetags.pages import concrete, en_dash, language_tag, shown_as
from cityrank.publishing.gate import Withdrawn


def badge(request: HttpRequest, certificate: str) -> HttpResponse:
    """Draw what the certificate says. Of one that does not hold, draw that: a badge never says more than is true."""
    try:
        found = verify(certificate)
    except (Misspelt, NoCertificate):
        return _answer(request, _absent(request), status=404)
    except Withdrawn:
        return _answer(request, _gone(request, str(parse(certificate)), _("Withdrawn")), status=410)
    number = str(found.number)
    if (found.current_number and found.current_number != number) or number != certificate:
        return _leading_to(request, found.current_number or number)
    if not found.is_current:
        return _answer(request, _gone(request, number, _("Replaced by a correction")), status=410)
    return _answer(request, _holding(request, found))


def _leading_to(request: HttpRequest, number: str) -> HttpResponse:
    """A correction gives the same award another number; the badge that somebody shows already goes on with it."""
    theme = _theme(request)
    query = f"?theme={theme}" if theme != "light" else ""
    return HttpResponseRedirect(reverse("pages:badge", args=[number]) + query)


def _holding(request: HttpRequest, found: Verified) -> Badge:
    row, label = found.recipient, en_dash(found.release.edition.label)
    award = row.award
    name = shown_as(concrete(row.subject), row.printed_name) if row.subject else row.printed_name
    values = {"name": name, "award": award.title, "edition": label, "number": found.number}
    return Badge(
        title=award.title,
        above=f"{demo_mark()}{label}",
        name=name,
        foot=_("Certificate %(number)s") % values,
        description=_(
            "%(name)s received the award “%(award)s” of the edition %(edition)s. Certificate %(number)s."
        )
        % values,
        address=_certificate(request, str(found.number)),
        language=language_tag(),
    )


def _gone(request: HttpRequest, number: str, why: str) -> Badge:
    text = _("This certificate does not hold any more")
    return Badge(
        title=text,
        above=why,
        name="",
        foot=_("Certificate %(number)s") % {"number": number},
        description=f"{text}: {why}.",
        address=_certificate(request, number),
        language=language_tag(),
        holds=False,
    )


def _absent(request: HttpRequest) -> Badge:
    text = _("There is no certificate with this number")
    return Badge(
        title=text,
        above="",
        name="",
        foot="",
        description=text,
        address=site_of(request) + reverse("pages:certificates"),
        language=language_tag(),
        holds=False,
    )


def _certificate(request: HttpRequest, number: str) -> str:
    return site_of(request) + reverse("pages:certificate", args=[number])


def _theme(request: HttpRequest) -> str:
    theme = request.GET.get("theme", "")
    return theme if theme in THEMES else "light"


def _answer(request: HttpRequest, badge: Badge, status: int = 200) -> HttpResponse:
    drawing = badges.drawn(badge, _theme(request))
    response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8", status=status)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
