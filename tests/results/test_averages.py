"""Averages from the rows of tables, and the change told in three ways."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from cityrank.pages.selectors import averages_of
from cityrank.publishing.gate import Gate, open_gate
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Succession
from cityrank.registry.numbers import rounded
from cityrank.results.averages import Story, best, matched, rate, stories
from cityrank.results.statistics import Entry
from scores.models import Ranking
from tests.factories import registry, scores, years

pytestmark = pytest.mark.django_db


def entry(position: int, score: str | None, who: int | None = None) -> Entry:
    return Entry(position, position if who is None else who, position, Decimal(score) if score else None)


def story(label: str, points: dict, top_n: int | None = 2, printed: str = "80.00", **fields: object) -> Story:
    """Publish an edition with one average over the first `top_n` of its table, and return what is told of it."""
    release = years.draft(label, points, **fields)
    scores.average(
        release, about=Ranking.objects.get(release=release), top_n=top_n, printed_value=Decimal(printed)
    )
    publish_unattended(release, reason="第一版")
    gate = Gate(open_gate().releases.filter(pk=release.pk))
    rows = averages_of(gate).select_related("ranking__line", "ranking__release__edition")
    return stories(gate, open_gate(), rows)[0]


def test_a_rate_is_the_mean_in_percent_of_the_maximum() -> None:
    assert rate([Decimal(60), Decimal(90)], Decimal(120)) == Decimal("62.5")
    with pytest.raises(ValueError):
        rate([], Decimal(100))


def test_the_best_are_by_score_with_ties_in_the_order_of_the_table() -> None:
    rows = [entry(1, "70"), entry(2, None), entry(3, "80"), entry(4, "80")]
    assert [row.position for row in best(rows, 2)] == [3, 4]
    assert [row.position for row in best(rows, None)] == [3, 4, 1]


def test_only_those_in_both_lists_are_matched_a_former_place_as_its_successor() -> None:
    now, before = [entry(1, "80", 10), entry(2, "70", 20)], [entry(1, "60", 11), entry(2, "50", 30)]
    assert matched(now, before, {11: 10}) == [(Decimal(80), Decimal(60))]


def test_three_ways_tell_three_changes() -> None:
    one, two, three = (years.city(number) for number in (1, 2, 3))
    years.published("2018", {one: "80", two: "70", three: "60"})
    told = story("2019", {one: "84", three: "76", two: "10"})
    assert told.computed.value == 80
    assert told.same_members.n == 1  # the second of 2018 is not among the first two of 2019
    assert told.same_members.change == 4
    assert told.restated.change == 5  # (84 + 76) / 2 against (80 + 70) / 2
    assert told.restated.n == 2


def test_another_value_than_the_printed_one_is_told_at_its_decimals() -> None:
    one, two = years.city(1), years.city(2)
    assert not story("2018", {one: "80.004", two: "80.004"}).value_differs
    told = story("2019", {one: "80.01", two: "80.01"})
    assert told.value_differs
    assert rounded(told.computed.value or Decimal(), 2) == Decimal("80.01")


def test_a_renamed_county_is_the_same_member() -> None:
    old, new = registry.renamed_county()
    years.published("2018", {old: "60", years.city(1): "50"})
    told = story("2019", {new: "66", years.city(1): "52"})
    assert told.same_members.n == 2
    assert told.same_members.change == 4


def test_a_place_made_of_two_is_no_member_of_the_year_before() -> None:
    old, new = registry.renamed_county()
    other = registry.place("410323", "新安县", "county", old.parent)
    Succession.objects.create(predecessor=other, successor=new, kind="merged")
    years.published("2018", {old: "60", other: "58", years.city(1): "50"})
    told = story("2019", {new: "66", years.city(1): "52"}, top_n=None)
    assert told.same_members.n == 2  # the renamed one follows; the one that was merged into it does not
    assert told.same_members.change == 4


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"state": "not_transcribed"}, "published as an image"),
        ({"state": "announced"}, "announced and not printed"),
        ({"state": "partial"}, "only partly transcribed"),
        ({"max_score": None}, "No maximum score"),
        ({"top_n": None, "cutoff": 1}, "No N is printed"),
        ({"top_n": 5}, "1 rows with a score"),
    ],
)
def test_what_cannot_be_computed_says_why(fields: dict, why: str) -> None:
    with override("en"):
        told = story("2019", {years.city(1): "80"}, **fields)
    assert told.computed.value is None
    assert len(told.why_not) == 1
    assert why in told.why_not[0]


def test_years_that_do_not_compare_have_no_change_but_a_value() -> None:
    one, two = years.city(1), years.city(2)
    years.published("2018", {one: "80", two: "70"})
    told = story("2019", {one: "84", two: "76"}, method_changed=True)
    assert told.computed.value == 80
    assert told.same_members.change is None
    assert told.restated.change is None
    assert told.same_members.why_not == told.restated.why_not != ""
