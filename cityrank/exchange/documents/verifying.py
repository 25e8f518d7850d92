"""What a certificate with a given number is worth today, as far as the public may know it."""

from dataclasses import dataclass

from awards.models import Recipient, Release
from cityrank.exchange.documents.certificates import number_of
from cityrank.exchange.documents.numbers import CertificateNumber, parse
from cityrank.publishing.gate import frozen_gate, open_gate


class NoCertificate(Exception):
    """The number is well-formed, and no certificate has it."""


@dataclass(frozen=True)
class Verified:
    """What a certificate states, and what of it holds.

    `current` is the edition's current release, None where the edition has none any more; `still` is the same
    recipient of the same award in it, None where that is no longer so.
    """

    number: CertificateNumber
    release: Release
    recipient: Recipient
    current: Release | None
    still: Recipient | None

    @property
    def is_current(self) -> bool:
        return self.current == self.release

    @property
    def current_number(self) -> str:
        """The number under which the current release certifies the same; empty where it does not."""
        return number_of(self.current, self.still) if self.current and self.still else ""


def verify(text: str) -> Verified:
    """Look up a number as somebody typed it.

    Raises `Misspelt` for what is no number, `NoCertificate` where there is none with it, and `Withdrawn` of the gate
    for every number of a release that is not public any more.
    """
    number = parse(text)
    try:
        gate = frozen_gate(number.label, number.release)
        release = gate.releases.select_related("edition").get()
        rows = gate.rows(Recipient).select_related("award__series", "award__citation", "subject__place")
        recipient = rows.get(
            award__series__number=number.series,
            award__position=number.award,
            position=number.recipient,
            subject__isnull=False,
        )
    except (Release.DoesNotExist, Recipient.DoesNotExist):
        raise NoCertificate(str(number)) from None
    current = open_gate().releases.filter(edition=release.edition).select_related("edition").first()
    still = recipient if current == release else _still(current, recipient)
    return Verified(number, release, recipient, current, still)


def _still(current: Release | None, recipient: Recipient) -> Recipient | None:
    if current is None:
        return None
    rows = open_gate().rows(Recipient).filter(award__release=current, subject=recipient.subject_id)
    return rows.filter(award__slug=recipient.award.slug).select_related("award__series").first()
