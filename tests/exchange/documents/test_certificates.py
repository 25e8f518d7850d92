"""Certificates: one for each recipient of the current release, specimens of a draft, nothing of what is past."""

import time

import pytest

from awards.models import Award, Recipient, Release
from cityrank.exchange.documents.certificates import (
    certificates_of,
    number_of,
    recipients_of,
    release_certificates,
)
from cityrank.exchange.documents.numbers import parse
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import start_draft, withdraw_release
from tests.exchange.documents.pdfs import metadata_of, pages_of
from tests.factories import awards, registry
from tests.factories.corrections import correct


def test_each_recipient_has_a_page_with_all_that_it_states(bundled: Release) -> None:
    begun = time.perf_counter()
    pages = pages_of(release_certificates(bundled, site="https://example.org"))
    assert time.perf_counter() - begun < 30
    recipients = list(recipients_of(bundled))
    assert len(pages) == len(recipients) == 127
    for page, row in zip(pages, recipients, strict=True):
        number = number_of(bundled, row)
        assert row.printed_name in page
        assert row.award.title_printed in page
        assert "".join(row.award.title_en.split()) in page
        assert "".join(row.subject.place.english_name.split()) in page
        assert number in page
        assert f"https://example.org/certificates/{number}/" in page
        assert "中国信息化研究与促进网、国衡智慧城市科技研究院" in page
        assert "2018年7月30日" in page


def test_the_number_says_which_recipient_it_is(bundled: Release) -> None:
    award = Award.objects.of_release(bundled).get(slug="smart-small-towns-50")
    number = parse(number_of(bundled, award.recipients.get(position=25)))
    assert (number.label, number.release, number.series, number.award, number.recipient) == (
        "2017-2018",
        1,
        5,
        2,
        25,
    )


def test_one_certificate_says_in_its_title_whose_it_is(release: Release) -> None:
    rows = recipients_of(release).filter(pk=Recipient.objects.first().pk)
    content = release_certificates(release, rows)
    assert len(pages_of(content)) == 1
    assert metadata_of(content)["Title"] == "第1镇 · 最具影响力智慧城市"


def test_the_same_certificates_are_the_same_bytes(release: Release) -> None:
    assert release_certificates(release) == release_certificates(release)


def test_without_an_address_of_the_site_the_number_stands_alone(release: Release) -> None:
    (page,) = pages_of(release_certificates(release))
    assert "20172018-01-01-01-001-" in page
    assert "http" not in page


def test_a_draft_gives_specimens_to_the_office_and_nothing_to_others(release: Release) -> None:
    draft = start_draft(release.edition)
    with pytest.raises(Refused):
        certificates_of(draft)
    pages = pages_of(release_certificates(draft, site="https://example.org", office=True))
    assert pages
    assert all("SPECIMEN样本" in page and "20172018" not in page and "http" not in page for page in pages)


def test_a_release_that_was_replaced_or_withdrawn_gives_none(release: Release) -> None:
    second = correct(release)
    release.refresh_from_db()
    with pytest.raises(Refused, match=r"\b1\b|第 ?1"):
        certificates_of(release, office=True)
    assert certificates_of(second)
    withdraw_release(second, reason="有误")
    second.refresh_from_db()
    with pytest.raises(Refused):
        certificates_of(second, office=True)


def test_a_release_without_recipients_is_refused(db: None) -> None:
    with pytest.raises(Refused):
        release_certificates(awards.empty_draft(), office=True)


def test_a_name_that_nobody_has_resolved_is_printed_as_it_is(db: None) -> None:
    draft = awards.empty_draft()
    made = awards.award(awards.series(draft), "a")
    Recipient.objects.create(award=made, position=1, printed_name="无名镇")
    (page,) = pages_of(release_certificates(draft, office=True))
    assert "无名镇" in page


def test_long_names_stay_on_one_page_and_hostile_ones_stay_text(db: None) -> None:
    draft = awards.empty_draft()
    long, hostile = "很长的名称" * 23, '#panic("x") $x$ [a] *b*'
    town = registry.town("441881120", "下\U00031cea镇")
    awards.award(
        awards.series(draft),
        "a",
        [(long, registry.hangzhou()), (hostile, registry.xihu()), (town.name_zh, town)],
    )
    pages = pages_of(release_certificates(draft, office=True))
    assert len(pages) == 3
    assert long in pages[0]
    assert "".join(hostile.split()) in pages[1]
    assert "下[U+31CEA]镇" in pages[2]
    assert "字体缺少U+31CEA" in pages[2]
