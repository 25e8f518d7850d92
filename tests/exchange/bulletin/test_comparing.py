"""Two releases compared in what a bulletin prints, and nothing else."""

import pytest

from awards.models import Award, Citation, Release
from cityrank.exchange.bulletin.comparing import difference_from_file, printed_difference, printed_tables
from cityrank.exchange.edition_file import BUNDLED
from cityrank.publishing.errata.tables import BY_NAME
from cityrank.publishing.refusals import Refused
from cityrank.publishing.workflow import start_draft
from tests.exchange.bulletin.builders import Bulletin


def test_what_is_compared_is_part_of_what_the_errata_compare() -> None:
    for table in printed_tables():
        assert set(table.fields) <= {*BY_NAME[table.of].fields, "number"}


def test_a_changed_translation_is_no_difference_and_a_changed_period_is_one(release: Release) -> None:
    draft = start_draft(release.edition)
    Award.objects.filter(release=draft).update(title_en="Another translation")
    assert printed_difference(release, draft) == []
    Award.objects.filter(release=draft).update(period_printed="2077年度")

    (change,) = printed_difference(release, draft)
    assert (change.of, change.field, change.new) == ("award", "period_printed", "2077年度")


def test_whose_words_a_citation_is_in_is_no_difference_but_the_words_are(release: Release) -> None:
    draft = start_draft(release.edition)
    Citation.objects.filter(release=draft).update(kind="verbatim")
    assert printed_difference(release, draft) == []
    Citation.objects.filter(release=draft).update(text_zh="原文。")

    assert [(change.of, change.field) for change in printed_difference(release, draft)] == [
        ("citation", "text_zh")
    ]


@pytest.mark.django_db
def test_comparing_with_a_file_leaves_nothing_behind() -> None:
    with pytest.raises(Refused):
        difference_from_file(Bulletin().reading(), {}, BUNDLED)
    assert not Release.objects.exists()
