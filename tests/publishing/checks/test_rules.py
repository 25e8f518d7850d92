"""Every rule finds what it is for, and nothing beside it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from awards.models import Release
from cityrank.publishing.checks import RULES, Finding, findings
from cityrank.publishing.workflow import publish_unattended
from scores.models import PeerGroup
from tests.factories import awards, registry, scores
from tests.publishing.checks import cases_awards, cases_figures, cases_tables
from tests.publishing.checks.sound import (
    average,
    each,
    row,
    sound_draft,
    table,
    the_table,
)

CASES = cases_awards.CASES | cases_tables.CASES | cases_figures.CASES

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(settings: Any, tmp_path: Path) -> Release:
    settings.MEDIA_ROOT = tmp_path
    return sound_draft()


def asked(draft: Release, name: str) -> list[Finding]:
    return findings(Release.objects.get(pk=draft.pk), [RULES[name]])


def found(draft: Release, name: str) -> list[str]:
    """Return the rows that a rule finds."""
    return [finding.found.row for finding in asked(draft, name)]


def said(draft: Release, name: str) -> str:
    return asked(draft, name)[0].found.message


def test_every_rule_has_a_case_that_trips_it_and_one_that_does_not() -> None:
    assert set(CASES) == set(RULES)


def test_nothing_is_found_in_a_sound_draft(draft: Release) -> None:
    assert findings(draft) == []


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_the_row_that_breaks_it(draft: Release, name: str) -> None:
    CASES[name].trips(draft)
    assert found(draft, name) == [CASES[name].row]


@pytest.mark.parametrize("name", CASES)
def test_a_rule_lets_a_near_miss_pass(draft: Release, name: str) -> None:
    CASES[name].passes(draft)
    assert found(draft, name) == []


@pytest.mark.parametrize("name", CASES)
def test_a_finding_is_a_sentence_and_leads_to_its_row(draft: Release, name: str) -> None:
    CASES[name].trips(draft)
    one = asked(draft, name)[0].found
    assert one.message.endswith(("。", "."))
    assert "%(" not in one.message
    assert one.part


@pytest.mark.parametrize("name", CASES)
def test_what_was_acknowledged_in_one_language_is_acknowledged_in_the_other(
    draft: Release, name: str
) -> None:
    CASES[name].trips(draft)
    with override("en"):
        english = [finding.digest for finding in asked(draft, name)]
    assert [finding.digest for finding in asked(draft, name)] == english


# --- What is easily got wrong -----------------------------------------------------------------------------------


TIED = each(row(2, printed_score=89), row(3, printed_score=89))


@pytest.mark.parametrize(
    ("rule", "ranks"),
    [("min", (1, 2, 2, 4)), ("dense", (1, 2, 2, 3)), ("max", (1, 3, 3, 4)), ("ordinal", (1, 2, 3, 4))],
)
def test_ranks_that_follow_the_rule_for_ties_of_their_table_are_right(
    draft: Release, rule: str, ranks: tuple[int, ...]
) -> None:
    each(TIED, table(tie_rule=rule), *(row(n, printed_rank=rank) for n, rank in enumerate(ranks, 1)))(draft)
    assert found(draft, "rank-computed") == found(draft, "rank-gap") == []


def test_scores_that_only_rounding_makes_equal_are_no_tie(draft: Release) -> None:
    each(table(decimals=1), row(2, printed_score="88.64"), row(3, printed_score="88.61"))(draft)
    assert found(draft, "rank-computed") == []


def test_ranks_are_not_computed_while_a_score_could_not_be_read(draft: Release) -> None:
    row(1, printed_score=None, status="not_transcribed")(draft)
    assert found(draft, "rank-computed") == found(draft, "average-value") == []
    row(1, printed_rank=None, status="missing")(draft)  # took no part: the others move up
    assert found(draft, "rank-computed") == ["score:cities:2", "score:cities:3", "score:cities:4"]


def test_one_gap_is_one_finding_that_names_the_rank_after_it(draft: Release) -> None:
    each(row(3, printed_rank=4), row(4, printed_rank=5))(draft)
    assert said(draft, "rank-gap").rstrip("。. ").endswith("4")


def test_ranks_of_a_table_that_was_read_in_part_may_have_gaps(draft: Release) -> None:
    each(table(state="partial"), row(4, printed_rank=9))(draft)
    assert found(draft, "rank-gap") == found(draft, "rank-computed") == []


def test_a_label_with_a_percent_sign_is_only_a_label(draft: Release) -> None:
    CASES["band-rule"].trips(draft)
    assert "前10%" in said(draft, "band-rule")
    each(row(2, printed_name="100%(市)s"), table(title_printed="得分率%s", source=None))(draft)
    assert "得分率%s" in said(draft, "table-source")
    row(2, subject=None)(draft)
    assert "100%(市)s" in said(draft, "score-unresolved")


def test_a_place_that_came_only_after_the_edition_is_outside_of_the_peer_group(draft: Release) -> None:
    _former, later = registry.renamed_county()
    PeerGroup.objects.filter(release=draft).update(level="")
    row(2, subject=later)(draft)
    assert found(draft, "peer-group") == ["score:cities:2"]


def test_a_place_of_another_level_is_outside_of_the_peer_group(draft: Release) -> None:
    row(2, subject=registry.xihu())(draft)
    assert found(draft, "peer-group") == ["score:cities:2"]


def test_an_average_over_n_rows_takes_the_first_n(draft: Release) -> None:
    each(average(top_n=1, printed_value=90))(draft)
    assert found(draft, "average-value") == []
    average(top_n=None, printed_value="88.50")(draft)
    assert found(draft, "average-value") == []


def test_an_average_of_a_whole_group_cannot_be_computed_from_its_first_rows(draft: Release) -> None:
    each(average(top_n=None, printed_value=70), table(cutoff=4))(draft)
    assert found(draft, "average-value") == []


def test_an_average_is_rounded_half_up_as_tables_are_printed(draft: Release) -> None:
    each(row(1, printed_score="90.01"), row(2, printed_score="90.00"))(draft)  # 90.005
    average(printed_value="90.01")(draft)
    assert found(draft, "average-value") == []


def test_an_average_is_a_rate_of_the_maximum(draft: Release) -> None:
    each(table(max_score=120), average(printed_value="74.58"))(draft)
    assert found(draft, "average-value") == []


def test_an_average_over_more_rows_than_its_table_has_is_found(draft: Release) -> None:
    average(top_n=5)(draft)
    assert found(draft, "average-cutoff") == ["average:1"]


@pytest.mark.parametrize(
    ("label", "top_n", "expected"),
    [("省会城市", 9, ["average:1"]), ("前2名省会", 2, ["average:1"]), ("前3名省会", 3, [])],
)
def test_last_years_average_is_known_by_its_label_or_by_its_number_of_rows(
    draft: Release, label: str, top_n: int, expected: list[str]
) -> None:
    cases_figures.last_year("70.00", label, top_n)(draft)
    assert found(draft, "average-previous") == expected


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("智慧城市试点区县前30名", "区县得分排名(前30强)", ["average:1"]),
        ("区县", "直辖市所属区县得分排名", ["average:1"]),
        ("前二十名直辖市所属区县", "2017-2018年度直辖市所属区县得分排名", []),
        ("副省级城市", "省会城市(不包括副省级城市)得分排名", ["average:1"]),
        ("地级市", "地市得分排名", []),  # as the peer group is called
        ("前30名", "区县得分排名(前30强)", []),  # names no group
    ],
)
def test_an_average_and_its_table_name_one_group(
    draft: Release, label: str, title: str, expected: list[str]
) -> None:
    each(average(printed_label=label), table(title_printed=title))(draft)
    assert found(draft, "average-group") == expected


def test_the_edition_before_is_the_last_one_that_the_public_reads(draft: Release) -> None:
    cases_figures.last_year("80.00")(draft)
    former = Release.objects.current().get()
    unpublished = awards.empty_draft("2016-2017", number=2)
    line = the_table(draft).line
    copy = scores.ranking(awards.series(unpublished, 8), "cities", line=line)
    scores.average(unpublished, 1, copy, printed_value=Decimal("11.11"))
    much_older = awards.empty_draft("2014-2015")
    older = scores.ranking(awards.series(much_older, 8), "cities", state="announced", line=line)
    scores.average(much_older, 1, older, printed_value=Decimal("22.22"))
    publish_unattended(much_older)
    assert Release.objects.current().count() == 2
    assert former.edition.label == "2016-2017"
    assert found(draft, "average-previous") == []


# --- Cost -------------------------------------------------------------------------------------------------------


def queries(draft: Release) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        findings(Release.objects.select_related("edition").get(pk=draft.pk))
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(draft: Release) -> None:
    few = queries(draft)
    series = awards.series(draft, 8)
    for number in (1, 2, 3):
        another = scores.ranking(series, f"more-{number}", rows=9, max_score=10)
        scores.average(draft, number + 1, another)
        winners = [(f"{n}镇", registry.town(f"33010620{n}", f"{n}镇")) for n in range(1, 8)]
        awards.award(series, f"more-{number}", winners, expected_count=1)
    assert len(findings(draft)) > 50
    assert queries(draft) == few
