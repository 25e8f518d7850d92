"""A certificate for each recipient: what the release says of it, with a number that anybody can look up.

Certificates exist for the current release of an edition. Of a release in preparation the office may print specimens,
which say so on every page and carry no number that would be found.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.models import Award, Organiser, Recipient, Release
from cityrank.exchange.documents import fonts
from cityrank.exchange.documents.composing import date_of
from cityrank.exchange.documents.content import english_name
from cityrank.exchange.documents.numbers import CertificateNumber
from cityrank.exchange.documents.pdf import printable, typeset
from cityrank.exchange.documents.wording import EN, ZH
from cityrank.publishing.refusals import Refused


@dataclass(frozen=True)
class Certificate:
    """What one page says. `address` is empty where the site has none; `is_specimen` where the release is not public."""

    number: str
    address: str
    title_zh: str
    title_en: str
    name_zh: str
    name_en: str
    period: str
    edition: str
    release: int
    announced: tuple[str, str]
    publishers: tuple[str, str]
    is_specimen: bool
    is_invented: bool = False

    def texts(self) -> str:
        return "".join(
            [
                self.title_zh,
                self.title_en,
                self.name_zh,
                self.name_en,
                self.period,
                *self.publishers,
                self.address,
            ]
        )


def certificates_of(
    release: Release, recipients: Iterable[Recipient] | None = None, *, site: str = "", office: bool = False
) -> list[Certificate]:
    """Return a certificate for each recipient of a release, or for those given, in the order of the bulletin.

    `recipients` come with award, series and subject. `site` is what the address begins with, SITE_URL by default.
    Raises `Refused` for a release that another has replaced or that was withdrawn, and unless it is for the `office`
    for one that is not public yet.
    """
    refuse_without_certificates(release, office=office)
    publishers = _publishers(release)
    rows = recipients_of(release) if recipients is None else recipients
    return [_certificate(release, row, publishers, site) for row in rows]


def refuse_without_certificates(release: Release, *, office: bool = False) -> None:
    """Raises `Refused` where a release has no certificates to give."""
    if release.is_current or (office and release.is_in_preparation):
        return
    values = {"number": release.number, "edition": release.edition.label}
    if release.is_in_preparation:
        raise Refused(
            _("Release %(number)s of %(edition)s is not published. Only the office may export it.") % values
        )
    raise Refused(
        _(
            "Release %(number)s of %(edition)s is not the current one any more. Certificates are given for the "
            "current release only."
        )
        % values
    )


def recipients_of(release: Release) -> Iterable[Recipient]:
    rows = Recipient.objects.of_release(release).select_related("award__series", "subject__place")
    return rows.order_by("award__series__number", "award__position", "position")


def certificates_pdf(certificates: list[Certificate], date: dt.date) -> bytes:
    """Return one PDF with a page for each certificate; the same certificates give the same bytes."""
    lacking = fonts.missing("".join(one.texts() for one in certificates))
    data = {
        "font": fonts.FAMILY,
        "title": "CityRank · 证书 Certificates"
        if len(certificates) != 1
        else _document_title(certificates[0]),
        "date": {"year": date.year, "month": date.month, "day": date.day},
        "missing": "、".join(map(fonts.code_point, lacking)),
        "certificates": [_page(one) for one in certificates],
    }
    return typeset("certificate.typ", printable(data) if lacking else data, date)


def release_certificates(
    release: Release, recipients: Iterable[Recipient] | None = None, *, site: str = "", office: bool = False
) -> bytes:
    """Return the certificates of a release as one PDF. Raises `Refused` as `certificates_of` does."""
    made = certificates_of(release, recipients, site=site, office=office)
    if not made:
        raise Refused(_("There is no recipient to print a certificate for."))
    return certificates_pdf(made, date_of(release))


def certificate_address(number: str, site: str = "") -> str:
    """Return where anybody can look the number up, or nothing where the site has no address of its own."""
    if not (site or settings.SITE_URL):
        return ""
    with override(settings.LANGUAGE_CODE):
        return (site or settings.SITE_URL) + reverse("pages:certificate", args=[number])


def number_of(release: Release, recipient: Recipient, award: Award | None = None) -> str:
    """Return the number of a recipient's certificate; `award` with its series spares looking them up."""
    award = award or recipient.award
    position = (award.series.number, award.position, recipient.position)
    return str(CertificateNumber(release.edition.label, release.number, *position))


def _certificate(release: Release, row: Recipient, publishers: tuple[str, str], site: str) -> Certificate:
    award = row.award
    is_specimen = not release.is_current
    number = "" if is_specimen else number_of(release, row)
    day = release.announced_on
    return Certificate(
        number=number,
        address=certificate_address(number, site) if number else "",
        title_zh=award.title_printed,
        title_en=award.title_en,
        name_zh=row.printed_name,
        name_en=english_name(row.subject),
        period=award.period_printed,
        edition=release.edition.label,
        release=release.number,
        announced=(ZH.day(day), EN.day(day)) if day else ("", ""),
        publishers=publishers,
        is_specimen=is_specimen,
        is_invented=release.edition.invented,
    )


def _publishers(release: Release) -> tuple[str, str]:
    rows = Organiser.objects.of_release(release).filter(role=Organiser.Role.PUBLISHER)
    found = [row.organisation for row in rows.select_related("organisation").order_by("position")]
    return "、".join(one.name_zh for one in found), "; ".join(english_name(one) for one in found)


def _document_title(certificate: Certificate) -> str:
    return f"{certificate.name_zh} · {certificate.title_zh}"


def _page(certificate: Certificate) -> dict[str, object]:
    values = dict(vars(certificate))
    # The period stands in most titles already.
    values["period"] = "" if certificate.period in certificate.title_zh else certificate.period
    return values
