"""The frame of the next edition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.models import (
    Award,
    Citation,
    Edition,
    Fact,
    Organiser,
    Recipient,
    Release,
    Section,
    Series,
    Source,
)
from cityrank.publishing.models import Acknowledgement, Move
from cityrank.publishing.next_edition import shifted, start_next_edition, suggested_label
from cityrank.publishing.workflow import Refused
from scores.models import Band, GroupAverage, PeerGroup, Ranking, Score
from tests.factories import accounts, awards

pytestmark = pytest.mark.django_db

RESULTS = (Recipient, Score, GroupAverage, Citation, Source, Section, Fact, Acknowledgement)
FRAME = (Series, Award, Ranking, Band, PeerGroup, Organiser)


@pytest.fixture
def next_edition(release: Release) -> Release:
    return start_next_edition(release, "2018-2019", accounts.user("publisher"))


def test_the_structure_is_taken_along_and_no_result(release: Release, next_edition: Release) -> None:
    assert (next_edition.edition.label, next_edition.status, next_edition.number) == ("2018-2019", "draft", 1)
    for model in FRAME:
        assert model.objects.of_release(next_edition).count() == model.objects.of_release(release).count() > 0
    for model in RESULTS:
        assert not model.objects.of_release(next_edition).exists()
    assert set(Ranking.objects.of_release(next_edition).values_list("state", flat=True)) == {"announced"}


def test_the_former_edition_stays_as_it_was(release: Release) -> None:
    before = {model: list(model.objects.of_release(release).values()) for model in (*FRAME, *RESULTS)}
    start_next_edition(release, "2018-2019")
    assert {model: list(model.objects.of_release(release).values()) for model in (*FRAME, *RESULTS)} == before


def test_awards_and_rankings_stay_on_their_lines(release: Release, next_edition: Release) -> None:
    for model in (Award, Ranking):
        lines = {row.slug: row.line_id for row in model.objects.of_release(release)}
        assert {row.slug: row.line_id for row in model.objects.of_release(next_edition)} == lines
        assert None not in lines.values()


def test_rankings_keep_their_cut_off_peer_group_and_bands(release: Release, next_edition: Release) -> None:
    table = Ranking.objects.get(release=next_edition, slug="cities-50")
    assert (table.cutoff, table.peer_group.slug, table.peer_group.release) == (50, "cities", next_edition)
    assert list(table.bands.values_list("first_rank", "last_rank")) == [(1, 30)]


def test_titles_and_periods_move_on() -> None:
    draft = awards.empty_draft()
    titles = {
        "title_listed": "2018年度潜力城市",
        "title_printed": "2018-2019年度潜力城市",
        "title_en": "Potential 2018",
    }
    awards.award(
        awards.series(draft, title_zh="2017年系列"),
        period_listed="2018年度",
        period_printed="2018-2019年度",
        **titles,
    )
    following = start_next_edition(draft, "2018-2019")
    award = Award.objects.get(release=following)
    assert (award.title_listed, award.title_printed, award.title_en) == (
        "2019年度潜力城市",
        "2019-2020年度潜力城市",
        "Potential 2019",
    )
    assert (award.period_listed, award.period_printed) == ("2019年度", "2019-2020年度")
    assert award.series.title_zh == "2018年系列"
    assert following.title_zh == "2018-2019评估结果"


def test_the_title_of_a_peer_group_moves_on_and_the_year_of_a_fact_stays() -> None:
    draft = awards.empty_draft()
    for slug, title in (("cities", "2017-2018年参评城市"), ("pilots", "2012年公布的试点城市")):
        PeerGroup.objects.create(release=draft, slug=slug, title_zh=title, subject_kind="place")
    following = start_next_edition(draft, "2018-2019")
    titles = dict(PeerGroup.objects.of_release(following).values_list("slug", "title_zh"))
    assert titles == {"cities": "2018-2019年参评城市", "pilots": "2012年公布的试点城市"}


def test_a_gap_of_years_moves_titles_by_as_many() -> None:
    draft = awards.empty_draft()
    awards.award(awards.series(draft), title_printed="2017年度城市")
    following = start_next_edition(draft, "2020-2021")
    assert Award.objects.get(release=following).title_printed == "2020年度城市"


@given(
    st.lists(st.integers(1920, 2079) | st.sampled_from(["年度", "25强", "第1", "-", " "])),
    st.integers(-19, 20),
)
def test_years_moved_on_and_back_are_the_same_text(parts: list[int | str], years: int) -> None:
    text = "·".join(map(str, parts))
    assert shifted(shifted(text, years), -years) == text


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("25强", "25强"),
        ("12019", "12019"),
        ("2018年", "2019年"),
        ("T 2260", "T 2260"),
        ("1999-2000", "2000-2001"),
    ],
)
def test_only_years_are_moved(text: str, moved: str) -> None:
    assert shifted(text, 1) == moved


def test_the_next_label_is_suggested() -> None:
    assert (suggested_label("2017-2018"), suggested_label("2019")) == ("2018-2019", "2020")


@pytest.mark.parametrize("label", ["2017-2018", "next", "2019-2018", "", "20-21"])
def test_a_label_that_is_taken_or_no_year_is_refused_and_nothing_is_kept(
    release: Release, label: str
) -> None:
    with pytest.raises(Refused):
        start_next_edition(release, label)
    assert Edition.objects.count() == Release.objects.count() == 1


def test_only_a_coordinator_sets_up_an_edition(release: Release) -> None:
    for role in ("evaluator", "reviewer", "auditor"):
        with pytest.raises(Refused):
            start_next_edition(release, "2018-2019", accounts.user(role))
    assert Edition.objects.count() == 1


def test_the_log_says_where_the_structure_comes_from(next_edition: Release) -> None:
    move = Move.objects.get(release=next_edition)
    assert (move.action, move.by.username) == ("start", "publisher")
    assert "2017-2018" in move.reason


def test_the_history_names_who_set_it_up(next_edition: Release) -> None:
    assert (
        Award.objects.filter(release=next_edition).first().history.get().history_user.username == "publisher"
    )
