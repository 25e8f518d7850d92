import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from awards.models import Attachment, Award, Edition, Recipient, Release
from tests.factories import awards, registry

pytestmark = pytest.mark.django_db


def test_releases_of_an_edition_are_numbered_by_themselves() -> None:
    assert awards.empty_draft().number == 1


@pytest.mark.parametrize("label", ["2017/2018", "17-18", "2017-18", "edition"])
def test_an_edition_is_called_by_its_years(label: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Edition(label=label, period_start=2017, period_end=2018).full_clean()
    assert "label" in caught.value.message_dict


def test_an_edition_does_not_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(label="2018", period_start=2018, period_end=2017)


def test_an_award_belongs_to_the_release_of_its_series() -> None:
    series = awards.series(awards.empty_draft())
    assert awards.award(series).release == series.release


def test_a_subject_receives_an_award_once() -> None:
    award = awards.award(awards.series(awards.empty_draft()), winners=[("杭州", registry.hangzhou())])
    with pytest.raises(IntegrityError), transaction.atomic():
        Recipient.objects.create(award=award, position=2, printed_name="杭州市", subject=registry.hangzhou())


def test_two_names_may_wait_to_be_resolved() -> None:
    award = awards.award(awards.series(awards.empty_draft()))
    for position in (1, 2):
        Recipient.objects.create(award=award, position=position, printed_name="某市", subject=None)
    assert award.recipients.count() == 2


def test_changing_a_published_row_is_refused_in_words(release: Release) -> None:
    award = Award.objects.filter(release=release).first()
    with pytest.raises(ValidationError, match="2017-2018"):
        award.full_clean()


def test_titles_that_differ_between_list_and_body_are_both_kept() -> None:
    series = awards.series(awards.empty_draft())
    award = awards.award(series, title_listed="2018年度奖", title_printed="2018-2019年度奖")
    assert award.titles_differ
    assert award.title == "2018-2019年度奖"


def test_every_change_of_a_draft_leaves_a_trace(draft: Release) -> None:
    award = Award.objects.filter(release=draft).first()
    award.title_en = "Another title"
    award.save()
    newest, before = award.history.all()[:2]
    assert [change.field for change in newest.diff_against(before).changes] == ["title_en"]


def test_an_attachment_remembers_what_its_file_held(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    scan = Attachment.objects.create(
        release=awards.empty_draft(),
        title="扫描件",
        file=SimpleUploadedFile("得分.txt", "杭州".encode("gb18030")),
    )
    assert scan.file.read().decode() == "杭州"
    assert scan.sha256 == hashlib.sha256("杭州".encode()).hexdigest()
    assert scan.file.name.startswith("attachments/")
