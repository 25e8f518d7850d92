"""What became of places, and what they were before."""

import pytest

from cityrank.registry.models import Place, Succession
from cityrank.results.successors import former_of, one_to_one, present_of
from tests.factories import registry

pytestmark = pytest.mark.django_db


def follow(before: Place, after: Place, kind: str = "renamed") -> None:
    Succession.objects.create(predecessor=before, successor=after, kind=kind)


def county(code: str, **fields: object) -> Place:
    return registry.place(code, f"{code}县", "county", registry.hangzhou(), **fields)


def test_a_chain_of_renamings_leads_to_its_end_and_back() -> None:
    first, second, third = county("330121"), county("330122"), county("330123")
    follow(first, second)
    follow(second, third, "upgraded")
    assert present_of([first.pk, third.pk]) == {first.pk: third.pk, third.pk: third.pk}
    assert former_of([third.pk]) == {third.pk: [second.pk, first.pk]}


def test_a_place_that_was_split_stays_itself() -> None:
    whole, one, other = county("330121"), county("330122"), county("330123")
    follow(whole, one, "split")
    follow(whole, other, "split")
    assert present_of([whole.pk]) == {whole.pk: whole.pk}
    assert former_of([one.pk]) == {one.pk: []}


def test_merged_places_share_awards_and_no_ranks() -> None:
    one, other, whole = county("330121"), county("330122"), county("330123")
    follow(one, whole, "merged")
    follow(other, whole, "merged")
    assert present_of([one.pk, other.pk]) == {one.pk: whole.pk, other.pk: whole.pk}
    assert present_of([one.pk], same_only=True) == {one.pk: one.pk}
    assert former_of([whole.pk]) == {whole.pk: [one.pk, other.pk]}
    assert former_of([whole.pk], same_only=True) == {whole.pk: []}


def test_a_circle_has_an_end() -> None:
    one, other = county("330121"), county("330122")
    follow(one, other)
    follow(other, one)
    assert present_of([one.pk]) == {one.pk: other.pk}
    assert former_of([one.pk]) == {one.pk: [other.pk]}


def test_a_successor_entered_for_a_draft_is_not_known() -> None:
    one = county("330121")
    follow(one, registry.zone("hidden", "新区", public=False))
    assert present_of([one.pk]) == {one.pk: one.pk}


def test_rows_are_matched_one_to_one() -> None:
    present = {1: 9, 2: 9, 3: 8, 4: 7}
    # Two lead to 9, so neither is it; 3 is 8 today; 4 leads to nobody in the later table; 5 stands in both.
    assert one_to_one([1, 2, 3, 4, 5], [9, 8, 5], present) == {1: 1, 2: 2, 3: 8, 4: 4, 5: 5}
    assert one_to_one([8, 3], [8], present) == {8: 8, 3: 3}
