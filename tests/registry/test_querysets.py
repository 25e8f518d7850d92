import datetime as dt

import pytest

from cityrank.registry.models import Alias, Place, PlaceTier, Subject
from tests.factories import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> None:
    registry.hangzhou()
    registry.taizhou()
    registry.zone()
    Alias.objects.create(subject=registry.beijing(), text="北平", kind="former")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("杭州市", "330100"),
        ("杭州", "330100"),
        ("hangzhou", "330100"),
        ("Hang Zhou", "330100"),
        ("hz", "330100"),
        ("taizhou", "331000"),
        ("北平", "110000"),
        ("beijing", "110000"),
        ("330100", "330100"),
        ("栖小", "yunqi-xiaozhen"),
    ],
)
def test_a_subject_is_found_by_name_part_pinyin_initials_alias_and_code(
    places: None, asked: str, first: str
) -> None:
    assert Subject.objects.search(asked).first().slug == first


@pytest.mark.parametrize("asked", ["", "   ", "不存在", "zzzz", "%", "_", "\x00", "'"])
def test_what_is_not_there_is_not_found(places: None, asked: str) -> None:
    assert not Subject.objects.search(asked).exists()


def test_the_name_itself_comes_before_names_that_contain_it(places: None) -> None:
    registry.place("330191", "杭州市新城", "county", registry.hangzhou())
    assert [subject.slug for subject in Subject.objects.search("杭州市")] == ["330100", "330191"]


def test_among_equal_names_the_larger_and_the_present_place_comes_first() -> None:
    registry.place("330195", "台州镇", "township", registry.xihu())
    registry.place("330196", "台州区", "county", registry.hangzhou(), valid_to=dt.date(2000, 1, 1))
    registry.taizhou()
    for rows in (Subject.objects.search("台州"), Place.objects.search("台州")):
        assert [row.slug for row in rows] == ["331000", "330195", "330196"]


def test_a_name_of_2017_exists_in_2017_and_that_of_today_today() -> None:
    old, new = registry.renamed_county()
    then, now = dt.date(2018, 7, 30), dt.date(2026, 1, 1)
    assert set(Place.objects.valid_on(then).filter(level="county")) == {old}
    assert set(Place.objects.valid_on(now).filter(level="county")) == {new}
    assert old not in Place.objects.current()


def test_a_place_exists_on_its_first_and_on_its_last_day() -> None:
    old, new = registry.renamed_county()
    assert old in Place.objects.valid_on(old.valid_to)
    assert new in Place.objects.valid_on(new.valid_from)


def test_a_tier_is_held_for_its_years_only() -> None:
    PlaceTier.objects.create(place=registry.hangzhou(), tier="sub_provincial", from_year=1994, to_year=2020)
    years = [
        year for year in (1993, 1994, 2020, 2021) if Place.objects.with_tier("sub_provincial", year).exists()
    ]
    assert years == [1994, 2020]
