"""Which two years of a ranking compare, and why others do not."""

from decimal import Decimal

import pytest
from django.utils import translation

from cityrank.publishing.errata.showing import value_label
from cityrank.publishing.gate import open_gate
from cityrank.results.comparability import (
    Comparability,
    compare_rankings,
    gate_before,
    previous_of,
    reach_of,
)
from scores.models import PeerGroup, Ranking
from tests.factories import awards, corrections, scores

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def table(label: str = "2018-2019", **fields: object) -> Ranking:
    """Return a table of the line cities-50 in an edition that nobody has published."""
    group = {name.removeprefix("group_"): fields.pop(name) for name in list(fields) if name[:6] == "group_"}
    made = scores.ranking(awards.series(awards.empty_draft(label), 8), rows=0, **fields)
    PeerGroup.objects.filter(pk=made.peer_group_id).update(**group)
    return Ranking.objects.select_related("release__edition", "line", "peer_group").get(pk=made.pk)


def compared(now: dict, before: dict | None = None) -> Comparability:
    return compare_rankings(table("2018-2019", **now), table("2017-2018", **(before or {})))


def test_two_years_of_one_ranking_under_the_same_rules_compare() -> None:
    found = compared({})
    assert found.comparable
    assert (found.reasons, found.caveats) == ([], [])


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ({"max_score": Decimal(105)}, "The maximum scores differ: 105 in 2018–2019, 100 in 2017–2018."),
        ({"unit": "percent"}, "The units differ: percent in 2018–2019, points in 2017–2018."),
        (
            {"method_changed": True, "method_note_en": "Weights are new."},
            "The method changed in 2018–2019. Weights are new.",
        ),
        (
            {"group_level": "county", "group_title_en": "Counties"},
            "The peer groups differ: “Counties” in 2018–2019, “Prefectures” in 2017–2018.",
        ),
        (
            {"group_tiers": ["pilot"]},
            "The peer group “Prefectures” is not what it was in 2017–2018: others are compared with each other.",
        ),
        (
            {"group_without_tiers": ["pilot"]},
            "The peer group “Prefectures” is not what it was in 2017–2018: others are compared with each other.",
        ),
        (
            {"group_definition_zh": "不含省会"},
            "The peer group “Prefectures” is not what it was in 2017–2018: others are compared with each other.",
        ),
        ({"peer_group": None}, "Who is compared with whom is not recorded for both years."),
        (
            {"state": "not_transcribed"},
            "The table of 2018–2019 was published as an image and has not been transcribed.",
        ),
        ({"state": "announced"}, "The table of 2018–2019 was announced and not printed."),
        ({"line": None}, "The two tables are not the same ranking in two years."),
    ],
)
def test_another_question_another_group_or_another_scale_is_not_compared(now: dict, reason: str) -> None:
    found = compared(now)
    assert not found.comparable
    assert found.reasons == [reason]


@pytest.mark.parametrize(
    ("now", "caveat"),
    [
        (
            {"cutoff": 30},
            "The tables of 2018–2019 and 2017–2018 end at different ranks, so that they compare down to rank 30.",
        ),
        (
            {"cutoff": None},
            "The tables of 2018–2019 and 2017–2018 end at different ranks, so that they compare down to rank 50.",
        ),
        ({"state": "partial"}, "The table of 2018–2019 is only partly transcribed."),
        ({"max_score": None}, "No maximum score is printed for the table of 2018–2019."),
        ({"unit": ""}, "No unit is printed for the table of 2018–2019."),
        ({"tie_rule": "dense"}, "Ties are ranked otherwise in 2018–2019 than in 2017–2018."),
    ],
)
def test_what_limits_a_comparison_is_said_and_does_not_forbid_it(now: dict, caveat: str) -> None:
    found = compared(now)
    assert found.comparable
    assert found.caveats == [caveat]


def test_it_does_not_matter_which_table_is_given_first() -> None:
    now = table("2018-2019", max_score=Decimal(105), method_changed=True, cutoff=20)
    before = table("2017-2018")
    assert compare_rankings(now, before) == compare_rankings(before, now)


def test_a_definition_that_moved_on_to_its_year_means_the_same() -> None:
    found = compared(
        {"group_definition_zh": "2018-2019年度的地级市"}, {"group_definition_zh": "2017-2018 年度的地级市"}
    )
    assert found.comparable


def test_a_change_of_method_in_an_edition_between_two_counts() -> None:
    now, changed, before = table("2019-2020"), table("2018-2019", method_changed=True), table("2017-2018")
    assert compare_rankings(now, before).comparable
    assert compare_rankings(now, before, [changed]).reasons == ["The method changed in 2018–2019."]
    # What changed with the earlier of the two is behind both.
    assert compare_rankings(now, changed, [before]).comparable


def test_a_line_that_went_on_as_another_is_the_same_ranking() -> None:
    now, before = table("2018-2019"), table("2017-2018", line=awards.line("former", "ranking"))
    assert not compare_rankings(now, before).comparable
    before.line.merged_into = now.line
    before.line.save()
    assert compare_rankings(now, before).comparable


def test_the_table_before_is_the_one_of_the_last_public_edition_that_has_the_ranking() -> None:
    for label in ("2016-2017", "2017-2018"):
        awards.published_edition(label)
    now = table("2018-2019")
    found = previous_of(open_gate(), now)
    assert found is not None
    assert found.release.edition.label == "2017-2018"
    earliest = previous_of(open_gate(), found)
    assert earliest is not None
    assert previous_of(open_gate(), earliest) is None


def test_an_unpublished_edition_is_nobodys_edition_before() -> None:
    table("2017-2018")
    assert previous_of(open_gate(), table("2018-2019")) is None


def test_a_release_looks_back_at_what_was_public_when_it_was_published() -> None:
    first = awards.published_edition("2017-2018")
    now = awards.published_edition("2018-2019")
    corrections.correct(first, score="55.55")
    ranking = Ranking.objects.select_related("release__edition", "line").get(release=now, slug="cities-50")
    then, today = previous_of(gate_before(now), ranking), previous_of(open_gate(), ranking)
    assert then is not None
    assert today is not None
    assert (then.release.number, today.release.number) == (1, 2)


def test_a_draft_looks_back_at_what_is_public_now() -> None:
    first = awards.published_edition("2017-2018")
    corrected = corrections.correct(first)
    now = table("2018-2019")
    found = previous_of(gate_before(now.release), now)
    assert found is not None
    assert found.release == corrected


def test_a_table_reaches_as_far_as_it_was_printed_and_read() -> None:
    assert reach_of(table(cutoff=30)) == 30
    assert reach_of(table("2017-2018", cutoff=None)) is None
    assert reach_of(table("2016-2017", state="partial")) == 0


@pytest.mark.parametrize(("stored", "shown"), [("True", "yes"), ("False", "no")])
def test_that_a_method_changed_is_an_erratum_in_words(stored: str, shown: str) -> None:
    assert value_label("ranking", "method_changed", stored) == shown
