"""Printed names at a date: the place of that date, and what became of it."""

import datetime as dt

import pytest

from cityrank.registry.models import Succession
from cityrank.registry.resolver import How, Outcome, Resolution, resolve
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def slugs(resolution: Resolution) -> list[str]:
    return [candidate.slug for candidate in resolution.candidates]


def why(resolution: Resolution) -> str:
    return " ".join(str(candidate.why) for candidate in resolution.candidates)


def test_a_name_of_its_time_is_the_place_of_that_time_and_leads_to_todays() -> None:
    old, _new = make.renamed_county()

    resolution = resolve("孟津县", on=dt.date(2018, 7, 30))

    assert resolution.subject_id == old.pk
    assert resolution.how == (How.EXACT,)
    assert [place.slug for place in resolution.successors] == ["410308"]


def test_an_old_name_at_a_later_date_is_the_place_it_became(english: None) -> None:
    _old, new = make.renamed_county()

    resolution = resolve("洛阳市孟津县", on=dt.date(2022, 1, 1))

    assert resolution.subject_id == new.pk
    assert How.FORMER_NAME in resolution.how
    assert "continued as" in str(resolution.reason)


def test_a_new_name_at_an_earlier_date_is_the_place_it_was(english: None) -> None:
    old, _new = make.renamed_county()

    resolution = resolve("孟津区", on=dt.date(2018, 7, 30))

    assert resolution.subject_id == old.pk
    assert How.LATER_NAME in resolution.how
    assert "At that date" in str(resolution.reason)


def test_without_a_date_a_former_name_is_found_and_said_to_be_former(english: None) -> None:
    old, _new = make.renamed_county()

    resolution = resolve("孟津县")

    assert resolution.subject_id == old.pk
    assert resolution.how == (How.EXACT, How.FORMER_NAME)
    assert "former place" in str(resolution.reason)
    assert "Today: 河南省洛阳市孟津区" in str(resolution.reason)


def test_without_a_date_todays_place_comes_before_a_former_one_of_the_same_name() -> None:
    make.place("330199", "杭州市", "prefecture", make.zhejiang(), valid_to=dt.date(1990, 12, 31))
    make.hangzhou()

    assert resolve("杭州市").is_found
    assert slugs(resolve("杭州市")) == ["330100", "330199"]


def test_the_name_of_a_place_that_was_merged_is_not_the_place_it_became_part_of(english: None) -> None:
    beijing = make.beijing()
    new = make.place("110101", "东城区", "county", beijing)
    old = make.place("110103", "崇文区", "county", beijing, valid_to=dt.date(2010, 6, 30))
    Succession.objects.create(predecessor=old, successor=new, kind="abolished-into")

    resolution = resolve("崇文区", on=dt.date(2018, 7, 30))

    assert resolution.outcome == Outcome.UNKNOWN
    assert slugs(resolution) == ["110103", "110101"]
    assert "existed only until 2010-06-30" in why(resolution)
    assert [place.slug for place in resolve("崇文区").successors] == ["110101"]


def test_in_the_year_of_a_change_the_old_name_still_holds_where_only_years_are_known(english: None) -> None:
    shandong = make.place("370000", "山东省", "province")
    laiwu = make.place("371200", "莱芜市", "prefecture", shandong, valid_to=dt.date(2017, 12, 31))

    assert resolve("莱芜市", on=dt.date(2018, 7, 30)).subject_id == laiwu.pk
    assert "not recorded" in str(resolve("莱芜市", on=dt.date(2018, 7, 30)).reason)
    assert resolve("莱芜市", on=dt.date(2019, 7, 30)).outcome == Outcome.UNKNOWN
