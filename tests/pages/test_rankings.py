"""A ranking: its table, or the plain statement that there is none."""

import pytest

from awards.models import Release
from tests.factories import awards, registry, scores
from tests.pages.conftest import Reader

TABLE = "/en/editions/2017-2018/rankings/cities-50/"


@pytest.fixture
def draft_of_a_table(db: None) -> Release:
    return awards.empty_draft()


def test_rows_show_printed_rank_place_score_and_band(read: Reader, release: Release) -> None:
    page = read("/editions/2017-2018/rankings/cities-50/")
    assert 'href="/places/339901/">第1市</a>' in page
    assert "90.00" in page
    assert "<td>领先</td>" in page


def test_a_printed_rank_that_the_scores_contradict_shows_the_computed_one(
    read: Reader, draft_of_a_table: Release
) -> None:
    table = scores.ranking(awards.series(draft_of_a_table, 8), rows=2)
    table.scores.filter(position=2).update(printed_rank=5)
    awards.publish_unattended(draft_of_a_table, reason="第一版")
    page = read(TABLE)
    assert "computed: 2" in page
    assert "computed: 1" not in page


def test_an_image_that_nobody_has_transcribed_says_so_with_what_is_known(
    read: Reader, release: Release
) -> None:
    page = read("/en/editions/2017-2018/rankings/picture/")
    assert "Published as an image; its values have not been transcribed." in page
    assert "得分.jpg" in page
    assert "the first 50" in page
    assert "<dd> 50 </dd>" in page
    assert "<table" not in page


def test_a_ranking_that_was_only_announced_says_so(read: Reader, draft_of_a_table: Release) -> None:
    scores.ranking(awards.series(draft_of_a_table, 6), "common-apps", state="announced", cutoff=None)
    awards.publish_unattended(draft_of_a_table, reason="第一版")
    page = read("/en/editions/2017-2018/rankings/common-apps/")
    assert "Announced, but nothing was printed." in page
    assert "Published as an image" not in page


def test_rows_that_only_the_text_names_stand_without_rank_or_score(
    read: Reader, draft_of_a_table: Release
) -> None:
    table = scores.ranking(
        awards.series(draft_of_a_table, 6), "providers", state="not_transcribed", peer_group=None
    )
    scores.score(
        table, 1, registry.organisation(name_en="Tencent"), None,
        printed_rank=None, status="not_transcribed", note_en="Named in the text.",
    )  # fmt: skip
    awards.publish_unattended(draft_of_a_table, reason="第一版")
    page = read("/en/editions/2017-2018/rankings/providers/")
    assert 'href="/en/organisations/tencent/">Tencent</a>' in page
    assert "Named in the text." in page
    assert "<table" not in page


def test_a_partly_transcribed_table_says_how_much_is_there(read: Reader, draft_of_a_table: Release) -> None:
    scores.ranking(awards.series(draft_of_a_table, 8), rows=2, state="partial", expected_count=50)
    awards.publish_unattended(draft_of_a_table, reason="第一版")
    assert "2 of 50 rows have been transcribed." in read(TABLE)
