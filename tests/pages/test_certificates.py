"""The pages of certificates: the form, what holds, what was replaced, what was withdrawn, what never was."""

import pytest
from django.test import Client

from awards.models import Recipient, Release
from cityrank.exchange.documents.certificates import number_of
from cityrank.exchange.documents.numbers import CertificateNumber
from cityrank.publishing.workflow import withdraw_release
from tests.exchange.documents.pdfs import pages_of
from tests.factories.corrections import correct
from tests.pages.conftest import Reader


@pytest.fixture
def number(release: Release) -> str:
    return number_of(release, Recipient.objects.of_release(release).select_related("award__series").get())


def test_the_form_leads_to_the_certificate(client: Client, number: str) -> None:
    typed = number.replace("-", " ")
    for language in ("", "/en"):
        response = client.get(f"{language}/certificates/", {"number": typed})
        assert (response.status_code, response["Location"]) == (302, f"{language}/certificates/{number}/")


def test_an_address_that_was_typed_otherwise_leads_to_the_one(client: Client, number: str) -> None:
    for end in ("", "certificate.pdf"):
        response = client.get(f"/certificates/{number.replace('-', '.')}/{end}")
        assert (response.status_code, response["Location"]) == (302, f"/certificates/{number}/{end}")


def test_a_certificate_that_holds_says_whose_it_is(read: Reader, number: str) -> None:
    page = read(f"/en/certificates/{number}/")
    assert "This certificate holds." in page
    assert "Most influential smart cities" in page
    assert "第1镇" in page
    assert f'href="/en/certificates/{number}/certificate.pdf"' in page
    assert 'name="robots" content="noindex"' in page


def test_it_can_be_downloaded(client: Client, number: str) -> None:
    response = client.get(f"/certificates/{number}/certificate.pdf")
    assert response["Content-Type"] == "application/pdf"
    (page,) = pages_of(response.content)
    assert f"http://testserver/certificates/{number}/" in page
    assert client.get(f"/en/certificates/{number}/certificate.pdf").content == response.content


def test_a_misspelt_number_is_said_to_be_one(read: Reader, number: str) -> None:
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    for path in (f"/en/certificates/{wrong}/", f"/en/certificates/?number={wrong}", "/en/certificates/x/"):
        page = read(path, status=404)
        assert "This is no number of a certificate" in page
    assert f'value="{wrong}"' in read(f"/en/certificates/?number={wrong}", status=404)


def test_what_is_wrong_with_a_number_is_said_and_the_form_stands_beside_it(read: Reader, number: str) -> None:
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    page = read(f"/en/certificates/{wrong}/", status=404)
    assert "the last two digits do not fit the rest" in page
    assert 'name="number"' in page
    page = read("/en/certificates/?number=2017", status=404)
    assert "A number looks like 20172018-01-05-02-037-28" in page
    assert "do not fit" not in page


def test_a_number_that_nothing_has_is_said_to_be_that(read: Reader, number: str) -> None:
    absent = CertificateNumber("2017-2018", 1, 1, 1, 77)
    assert "There is no certificate with this number" in read(f"/en/certificates/{absent}/", status=404)


def test_markup_in_a_number_stays_text(client: Client, number: str) -> None:
    page = client.get("/certificates/", {"number": "<b>x</b>"}).content.decode()
    assert "<b>x" not in page


def test_a_replaced_certificate_says_what_became_of_the_award(
    client: Client, read: Reader, release: Release, number: str
) -> None:
    correct(release)
    page = read(f"/en/certificates/{number}/")
    assert "which a later one has replaced" in page
    assert "In release 2, the current one, this recipient does not have this award." in page
    assert "certificate.pdf" not in page
    response = client.get(f"/certificates/{number}/certificate.pdf")
    assert (response.status_code, response["Location"]) == (302, f"/certificates/{number}/")


def test_a_certificate_of_a_withdrawn_release_tells_the_reason(
    client: Client, read: Reader, release: Release, number: str
) -> None:
    withdraw_release(release, reason="数据有误")
    page = read(f"/en/certificates/{number}/", status=410)
    assert "This certificate does not hold any more" in page
    assert "数据有误" in page
    assert "第1镇" not in page
    assert 'name="number"' in page
    assert client.get(f"/certificates/{number}/certificate.pdf").status_code == 410


def test_the_page_of_an_award_leads_to_the_certificates(read: Reader, release: Release, number: str) -> None:
    assert f'href="/certificates/{number}/"' in read("/editions/2017-2018/awards/award-1/")
    correct(release)
    assert "/certificates/20172018" not in read("/editions/2017-2018/releases/1/awards/award-1/")


@pytest.mark.parametrize("ending", ["pdf", "docx", "txt"])
def test_the_edition_offers_its_bulletin(client: Client, read: Reader, release: Release, ending: str) -> None:
    frozen = f"/editions/2017-2018/releases/1/bulletin.{ending}"
    assert f'href="/editions/2017-2018/bulletin.{ending}"' in read("/editions/2017-2018/")
    assert f'href="{frozen}"' in read("/editions/2017-2018/releases/1/")
    before = b"".join(client.get(frozen).streaming_content)
    assert b"".join(client.get(f"/editions/2017-2018/bulletin.{ending}").streaming_content) == before
    correct(release)
    assert b"".join(client.get(frozen).streaming_content) == before
    assert b"".join(client.get(f"/editions/2017-2018/bulletin.{ending}").streaming_content) != before


def test_the_bulletin_of_a_withdrawn_release_is_gone(client: Client, release: Release) -> None:
    client.get("/editions/2017-2018/releases/1/bulletin.pdf")
    withdraw_release(release, reason="数据有误")
    assert client.get("/editions/2017-2018/releases/1/bulletin.pdf").status_code == 410
