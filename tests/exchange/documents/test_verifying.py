"""What a certificate is worth: current, replaced with and without the award, withdrawn, or never issued."""

import pytest

from awards.models import Award, Recipient, Release
from cityrank.exchange.documents.certificates import number_of
from cityrank.exchange.documents.numbers import CertificateNumber, Misspelt
from cityrank.exchange.documents.verifying import NoCertificate, verify
from cityrank.publishing.gate import Withdrawn
from cityrank.publishing.workflow import withdraw_release
from tests.factories.corrections import correct


def first(release: Release) -> Recipient:
    return Recipient.objects.of_release(release).select_related("award__series").order_by("pk")[0]


def test_a_certificate_of_the_current_release_holds(release: Release) -> None:
    found = verify(number_of(release, first(release)))
    assert found.is_current
    assert found.recipient == first(release)
    assert found.current_number == str(found.number)


def test_one_of_a_replaced_release_leads_to_the_current_one(release: Release) -> None:
    number = number_of(release, first(release))
    Award.objects.filter(release=release)
    second = correct(release, winner="更正镇")
    found = verify(number)
    assert not found.is_current
    assert found.current == second
    # The correction gave the award to another town.
    assert found.still is None
    assert found.current_number == ""


def test_one_whose_award_was_kept_has_a_new_number(db: None) -> None:
    from tests.factories import awards

    release = awards.published_edition(rows=2)
    kept = (
        Recipient.objects.of_release(release)
        .select_related("award__series")
        .get(award__slug="award-2", position=2)
    )
    number = number_of(release, kept)
    correct(release)
    found = verify(number)
    assert found.still is not None
    assert found.still.subject_id == kept.subject_id
    assert found.current_number == str(CertificateNumber("2017-2018", 2, 1, 2, 2))


def test_a_withdrawn_release_is_said_to_be_one_for_every_number_of_it(release: Release) -> None:
    withdraw_release(release, reason="数据有误")
    for number in (number_of(release, first(release)), str(CertificateNumber("2017-2018", 1, 9, 9, 9))):
        with pytest.raises(Withdrawn):
            verify(number)


def test_where_the_last_release_was_withdrawn_the_one_before_it_stays_replaced(release: Release) -> None:
    number = number_of(release, first(release))
    withdraw_release(correct(release), reason="数据有误")
    found = verify(number)
    assert (found.is_current, found.current, found.still, found.current_number) == (False, None, None, "")


@pytest.mark.parametrize(
    "number",
    [
        CertificateNumber("2017-2018", 1, 1, 1, 99), CertificateNumber("2017-2018", 1, 1, 9, 1),
        CertificateNumber("2017-2018", 1, 9, 1, 1), CertificateNumber("2017-2018", 99999, 1, 1, 1),
        CertificateNumber("2016", 1, 1, 1, 1), CertificateNumber("2017-2018", 1, 1, 1, 99999),
    ],
    ids=str,
)  # fmt: skip
def test_a_number_that_nothing_published_has_is_no_certificate(
    release: Release, number: CertificateNumber
) -> None:
    with pytest.raises(NoCertificate):
        verify(str(number))


def test_a_draft_has_no_certificates(draft: Release) -> None:
    with pytest.raises(NoCertificate):
        verify(number_of(draft, first(draft)))


def test_a_misspelt_number_is_not_looked_up(django_assert_num_queries: object, db: None) -> None:
    with django_assert_num_queries(0), pytest.raises(Misspelt):
        verify("20172018-01-01-01-001-00")
