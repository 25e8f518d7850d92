"""What is known of one place through the editions."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Release
from cityrank.publishing.gate import frozen_gate, open_gate
from cityrank.registry.models import Place, Succession
from cityrank.results.place_standings import Standing
from cityrank.results.records import Record, record_of
from tests.factories import awards, corrections, registry
from tests.factories.records import city, publish

pytestmark = pytest.mark.django_db


def record(place: Place) -> Record:
    return record_of(open_gate(), place)


def newest(place: Place) -> Standing:
    return record(place).courses[0].newest


def test_a_place_that_received_nothing_has_an_empty_record(release: Release) -> None:
    assert not record(registry.wenzhou())


def test_a_standing_tells_its_distance_to_median_and_best() -> None:
    publish("2018-2019", [(city(1), "90.00"), (city(2), "80.50"), (city(3), "70.10"), (city(4), "60.00")])
    one = newest(city(3))
    assert (one.rank, one.of) == (3, 4)
    assert (one.from_best, one.from_median) == (Decimal("-19.90"), Decimal("-5.20"))
    assert one.percentile == Decimal("37.5")


def test_who_has_no_score_has_neither_rank_nor_distance_nor_percentile() -> None:
    publish("2018-2019", [(city(1), "90.00"), (city(2), None)])
    one = newest(city(2))
    assert (one.rank, one.percentile, one.from_best) == (None, None, None)
    assert one.of == 1


@pytest.mark.parametrize("fields", [{"cutoff": 3}, {"state": "partial", "expected_count": 5}])
def test_where_not_everybody_is_in_the_table_no_percentile_is_known(fields: dict) -> None:
    publish("2018-2019", [(city(1), "90.00"), (city(2), "80.00"), (city(3), "70.00")], **fields)
    assert newest(city(2)).rank == 2
    assert newest(city(2)).percentile is None


def test_ties_are_counted() -> None:
    publish("2018-2019", [(city(1), "90.0"), (city(2), "80.0"), (city(3), "80.0")])
    assert [newest(city(number)).tied for number in (1, 2, 3)] == [0, 1, 1]


def test_two_rows_above_and_two_below_are_its_neighbours() -> None:
    publish("2018-2019", [(city(number), str(100 - number)) for number in range(1, 8)])
    one = newest(city(4))
    assert [(row.rank, row.row.subject) for row in one.above] == [
        (2, city(2).subject_ptr),
        (3, city(3).subject_ptr),
    ]
    assert [row.rank for row in one.below] == [5, 6]


def test_a_rise_is_told_where_the_years_compare() -> None:
    publish("2017-2018", [(city(1), "90"), (city(2), "80"), (city(3), "70")])
    publish("2018-2019", [(city(3), "95"), (city(1), "90"), (city(2), "85")])
    assert (newest(city(3)).rise, newest(city(3)).gain) == (2, Decimal(25))
    assert newest(city(1)).rise == -1


def test_no_rise_is_told_where_the_maximum_or_the_method_changed() -> None:
    publish("2016-2017", [(city(1), "90"), (city(2), "80")])
    publish("2017-2018", [(city(2), "95"), (city(1), "90")], max_score=Decimal(105))
    publish("2018-2019", [(city(1), "95"), (city(2), "90")], max_score=Decimal(105), method_changed=True)
    course = record(city(1)).courses[0]
    assert [one.rise for one in course.standings] == [None, None, None]
    assert [bool(one.before.comparability.reasons) for one in course.standings[:2]] == [True, True]


def test_an_edition_in_which_it_is_not_in_the_table_is_a_step_without_a_standing() -> None:
    publish("2016-2017", [(city(2), "80")])
    publish("2017-2018", [(city(1), "90"), (city(2), "80")])
    publish("2018-2019", [(city(2), "80")])
    steps = record(city(1)).courses[0].steps
    # What was before it came is not part of its course.
    assert [(step.ranking.release.edition.label, len(step.standings)) for step in steps] == [
        ("2018-2019", 0),
        ("2017-2018", 1),
    ]


def test_no_table_misses_a_place_after_its_end() -> None:
    old, _new = registry.renamed_county()
    publish("2019-2020", [(city(1), "90"), (old, "80")])
    for label in ("2020-2021", "2022-2023"):
        publish(label, [(city(1), "90")])
    steps = record(old).courses[0].steps
    assert [step.ranking.release.edition.label for step in steps] == ["2020-2021", "2019-2020"]


def test_results_of_a_former_place_belong_to_the_story_and_are_marked() -> None:
    old, new = registry.renamed_county()
    publish("2017-2018", [(city(1), "90"), (old, "80")])
    publish("2021-2022", [(new, "95"), (city(1), "90")])
    found = record(new)
    assert [one.former and one.former.place for one in found.standings] == [None, old]
    assert found.courses[0].newest.rise == 1
    # The former place does not tell what came after it.
    assert [one.release.edition.label for one in record(old).standings] == ["2017-2018"]


def test_a_place_that_took_over_from_two_has_no_rank_before() -> None:
    old, new = registry.renamed_county()
    Succession.objects.create(predecessor=city(5), successor=new, kind="merged")
    publish("2017-2018", [(city(1), "90"), (old, "80"), (city(5), "70")])
    publish("2021-2022", [(new, "95"), (city(1), "90")])
    found = record(new)
    assert found.courses[0].newest.rise is None
    assert {one.former.place for one in found.standings if one.former} == {old, city(5)}


def test_a_place_that_somebody_entered_for_a_draft_is_nobodys_former_place() -> None:
    publish("2017-2018", [(city(1), "90")])
    secret = registry.zone("secret-zone", "绝密小镇", public=False)
    Succession.objects.create(predecessor=secret, successor=city(1), kind="renamed")
    assert record(city(1)).formers == ()


def test_a_draft_adds_nothing(release: Release) -> None:
    town = registry.town("330106101", "第1镇")
    before = record(town)
    awards.secret_draft(release)
    assert record(town) == before


def test_what_a_correction_changed_is_marked_on_the_row_and_stays_told_when_it_was_taken_away(
    release: Release,
) -> None:
    place = registry.place("339901", "第1市", "prefecture", registry.zhejiang())
    former_winner = registry.town("330106101", "第1镇")
    corrections.correct(release, score="88.80")
    changed = record(place).courses[0].newest.corrections
    assert [(one.field, one.old, one.new) for one in changed] == [("printed_score", "90.00", "88.80")]
    lost = record(former_winner)
    assert lost.awards == ()
    assert [(one.field, one.old) for one in lost.corrections] == [("subject", "第1镇 (330106101)")]


def test_a_frozen_release_knows_nothing_of_later_corrections(release: Release) -> None:
    place = registry.place("339901", "第1市", "prefecture", registry.zhejiang())
    corrections.correct(release, score="88.80")
    found = record_of(frozen_gate("2017-2018", 1), place)
    assert found.courses[0].newest.score == Decimal("90.00")
    assert found.corrections == ()


def test_a_record_costs_the_same_for_three_editions_as_for_one() -> None:
    costs, middle = [], city(3)
    for label in ("2017-2018", "2018-2019", "2019-2020"):
        publish(label, [(city(number), str(99 - number)) for number in range(1, 6)])
        with CaptureQueriesContext(connection) as queries:
            assert record(middle).standings
        costs.append(len(queries))
    assert costs == [9, 9, 9]
