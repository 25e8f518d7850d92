import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from cityrank.registry.models import (
    Alias,
    App,
    City,
    Organisation,
    Place,
    PlaceTier,
    Subject,
    Succession,
    Town,
)
from tests.factories import registry

pytestmark = pytest.mark.django_db


def test_a_place_derives_its_stem_pinyin_and_keys_from_its_name() -> None:
    place = registry.hangzhou()
    assert (place.stem, place.pinyin, place.pinyin_key, place.initials) == (
        "杭州",
        "hang zhou shi",
        "hangzhoushi",
        "hzs",
    )
    assert place.kind == Subject.Kind.PLACE


def test_a_pinyin_that_somebody_entered_is_kept() -> None:
    place = registry.place("331100", "丽水市", "prefecture", registry.zhejiang(), pinyin="li shui shi")
    place.save()
    assert place.pinyin_key == "lishuishi"


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "西湖区"), ("en", "Xihu")])
def test_a_name_is_read_in_the_language_of_the_reader(language: str, shown: str) -> None:
    with override(language):
        assert registry.xihu().name == shown


def test_an_established_english_name_comes_before_the_romanised_one() -> None:
    with override("en"):
        assert str(registry.beijing()) == "Beijing"


def test_a_zone_without_an_english_name_is_romanised_word_by_word_as_in_its_identifier() -> None:
    assert registry.zone().english_name == "Yunqi Xiaozhen"
    assert registry.zone("other-name", "云栖小镇").english_name == "Yunqixiaozhen"


def test_a_place_knows_its_province_and_its_full_path() -> None:
    town = registry.town()
    assert town.province == registry.zhejiang()
    assert town.path_zh == "浙江省杭州市西湖区三墩镇"
    assert registry.zhejiang().province is None


def test_a_zone_without_a_code_is_a_place_with_a_parent() -> None:
    zone = registry.zone()
    assert (zone.code, zone.level, zone.parent) == ("", "zone", registry.xihu())


def test_a_place_below_a_country_needs_a_parent() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(slug="x", name_zh="某市", level="prefecture")


def test_a_place_cannot_belong_to_one_of_its_own_level_or_below() -> None:
    place = registry.place("330199", "某区", "county", registry.xihu())
    with pytest.raises(ValidationError) as caught:
        place.clean()
    assert "parent" in caught.value.message_dict


def test_a_code_has_one_current_holder_and_any_number_of_former_ones() -> None:
    registry.xihu()
    registry.place(
        "330106", "旧区", "county", registry.hangzhou(), slug="330106-1999", valid_to=dt.date(1999, 12, 31)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        registry.place("330106", "另一区", "county", registry.hangzhou(), slug="330106-b")


def test_a_place_cannot_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        registry.place(
            "330197", "某区", "county", valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2019, 1, 1)
        )


def test_a_former_place_leads_to_its_successor() -> None:
    old, new = registry.renamed_county()
    assert list(old.successors.all()) == [new]
    assert list(new.predecessors.all()) == [old]
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(predecessor=old, successor=old, kind="renamed")


def test_a_tier_begins_once_even_when_its_year_is_unknown() -> None:
    PlaceTier.objects.create(place=registry.beijing(), tier="municipality")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceTier.objects.create(place=registry.beijing(), tier="municipality")


def test_a_name_stands_once_for_a_subject() -> None:
    Alias.objects.create(subject=registry.beijing(), text="北平")
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(subject=registry.beijing(), text="北平")


def test_cities_and_towns_are_places_seen_through_their_kind() -> None:
    registry.municipality_tier(registry.beijing())
    county_city = registry.place("330182", "建德市", "county", registry.hangzhou())
    town, zone = registry.town(), registry.zone()
    assert set(City.objects.values_list("slug", flat=True)) == {"110000", "330100", county_city.slug}
    assert set(Town.objects.values_list("slug", flat=True)) == {town.slug, zone.slug}


@pytest.mark.parametrize("proxy", [City, Place])
def test_the_history_of_a_place_is_one_whichever_way_it_is_saved(proxy: type[Place]) -> None:
    place = proxy.objects.get(pk=registry.hangzhou().pk)
    place.name_en = "Hangchow"
    place.save()
    assert place.history.count() == 2
    delta = place.history.first().diff_against(place.history.last())
    assert [change.field for change in delta.changes] == ["name_en"]


def test_organisations_and_apps_are_subjects_too() -> None:
    app = registry.app()
    assert {subject.kind for subject in Subject.objects.all()} == {"organisation", "app"}
    assert app.operator == Organisation.objects.get()
    assert App.objects.get().name == "微信"
