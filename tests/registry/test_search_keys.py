"""What a subject is found by, and that its keys follow it."""

import datetime as dt
from io import StringIO

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityrank.registry.models import Alias, City, Organisation, Place, SearchKey, Subject
from cityrank.registry.searching.keys import Named, keys_of
from cityrank.registry.searching.near import misspelt, sounding_alike
from cityrank.registry.searching.paths import along_path
from cityrank.registry.searching.writing import without_keys, write_all
from tests.factories import registry

pytestmark = pytest.mark.django_db

XIHU = Named("西湖区", "西湖", "", "xi hu qu", "330106", "county")


def found(text: str) -> list[str]:
    return [row.slug for row in Subject.objects.search(text)]


def texts_of(subject: Named) -> set[str]:
    return {key for key, _sort, _core in keys_of(subject)}


def test_every_end_of_a_name_is_a_key_and_every_syllable_of_its_stem_begins_one() -> None:
    assert {"西湖区", "湖区", "区", "xihuqu", "huqu", "xhq"} <= texts_of(XIHU)
    assert "qu" not in texts_of(XIHU)


def test_an_umlaut_is_kept_in_every_way_of_typing_it() -> None:
    named = Named("吕梁市", "吕梁", "Lüliang", "lü liang shi", "141100", "prefecture")
    assert {"lvliangshi", "luliangshi", "lyuliangshi", "lvliang"} <= texts_of(named)


@given(st.text(alphabet="西湖区鼓楼朝阳城abcü ", min_size=1, max_size=12), st.data())
def test_any_part_of_a_chinese_name_begins_one_of_its_keys(name: str, data: st.DataObject) -> None:
    whole = "".join(name.split()).replace("ü", "v")
    if not whole:
        return
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    keys = texts_of(Named(name, name, "", "", "x"))
    assert any(key.startswith(part) for key in keys)


@pytest.mark.parametrize(
    "asked",
    [
        "西",
        "湖",
        "湖区",
        "Xihu",
        "xī hú",
        "xi2hu2",
        "hu",
        "xhq",
        "XIHU DISTRICT",
        "西湖區",
        "330106",
        "ｘｉｈｕ",
    ],
)
def test_a_district_is_found_by_any_part_in_any_script(asked: str) -> None:
    registry.xihu()
    assert "330106" in found(asked)


def test_a_code_is_found_whole_and_not_as_the_beginning_of_others() -> None:
    registry.town()
    assert found("330106") == ["330106"]
    assert found("3301") == []


def test_another_name_is_found_by_its_sound_and_a_former_one_leads_to_the_place() -> None:
    Alias.objects.create(subject=registry.beijing(), text="北平", kind="former")
    assert found("北平") == found("beiping") == found("bp") == ["110000"]


def test_keys_follow_a_name_that_changes() -> None:
    place = registry.xihu()
    place.name_zh, place.pinyin = "东湖区", ""
    place.save()
    assert found("东湖") == ["330106"]
    assert found("西湖") == found("xihu") == []


def test_keys_follow_other_names_that_come_change_and_go() -> None:
    alias = Alias.objects.create(subject=registry.hangzhou(), text="临安府")
    assert found("临安府") == ["330100"]
    alias.text = "钱塘"
    alias.save()
    assert (found("临安府"), found("钱塘")) == ([], ["330100"])
    alias.delete()
    assert found("钱塘") == []


def test_keys_follow_a_place_saved_as_a_city_and_an_organisation() -> None:
    registry.hangzhou()
    city = City.objects.get(slug="330100")
    city.name_en = "Hangchow"
    city.save()
    Organisation.objects.create(slug="icbc", name_zh="工商银行", name_en="ICBC")
    assert found("hangchow") == ["330100"]
    assert found("icbc") == found("gsyh") == ["icbc"]


def test_keys_go_with_their_subject() -> None:
    registry.organisation().delete()
    assert not SearchKey.objects.filter(key__startswith="腾讯").exists()


def test_a_former_place_stands_after_one_that_exists_from_the_day_it_ends() -> None:
    registry.place("330195", "台州区", "county", registry.hangzhou())
    newer = registry.place("330196", "台州区", "county", registry.hangzhou())
    first = Place.objects.get(slug="330195")
    first.valid_to = dt.date(2000, 1, 1)
    first.save()
    weights = dict(SearchKey.objects.filter(key="台州区").values_list("subject", "weight"))
    assert weights[newer.pk] < weights[first.pk]


def test_all_keys_written_at_once_are_those_that_followed_their_subjects() -> None:
    registry.renamed_county()
    registry.zone()
    registry.app()
    Alias.objects.create(subject=registry.beijing(), text="Peking", kind="english")
    columns = ("key", "sort", "core", "weight", "listed", "subject")
    followed = set(SearchKey.objects.values_list(*columns))
    assert write_all() == len(followed)
    assert set(SearchKey.objects.values_list(*columns)) == followed


def test_missing_keys_are_noticed_and_written() -> None:
    place = registry.hangzhou()
    SearchKey.objects.filter(subject=place).delete()
    assert list(without_keys()) == [place.subject_ptr]
    messages = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert any(message.id == "registry.W001" for message in messages)
    with pytest.raises(CommandError, match="cannot find 1 "):
        call_command("rebuild_search", check=True)

    call_command("rebuild_search", missing=True, stdout=StringIO())

    assert not without_keys().exists()
    assert found("hangzhou") == ["330100"]
    said = StringIO()
    call_command("rebuild_search", check=True, stdout=said)
    assert "every subject" in said.getvalue()


# --- nearly right ---------------------------------------------------------------------------------------------------


def slips(word: str) -> st.SearchStrategy[str]:
    """Draw a word with one letter missing, added, mistaken or exchanged with its neighbour."""
    letters = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
    at = st.integers(0, len(word) - 1)
    return st.one_of(
        at.map(lambda i: word[:i] + word[i + 1 :]),
        st.tuples(at, letters).map(lambda drawn: word[: drawn[0]] + drawn[1] + word[drawn[0] :]),
        st.tuples(at, letters).map(lambda drawn: word[: drawn[0]] + drawn[1] + word[drawn[0] + 1 :]),
        st.integers(0, len(word) - 2).map(lambda i: word[:i] + word[i + 1] + word[i] + word[i + 2 :]),
    )


def test_any_slip_in_the_pinyin_of_a_city_finds_it() -> None:
    cities = {"hangzhou": registry.hangzhou(), "wenzhou": registry.wenzhou(), "taizhou": registry.taizhou()}

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(cities)).flatmap(lambda name: st.tuples(st.just(name), slips(name))))
    def finds(drawn: tuple[str, str]) -> None:
        name, typed = drawn
        keys = {*misspelt(typed), *Subject.objects.search(typed).values_list("pk", flat=True)}
        assert cities[name].pk in keys

    finds()


@pytest.mark.parametrize("typed", ["hnz", "wxyz", "", "杭州", "%%%%%"])
def test_short_words_and_what_is_near_to_nothing_are_no_slips(typed: str) -> None:
    registry.hangzhou()
    assert misspelt(typed) == []


def test_other_characters_of_the_same_sound_lead_to_the_name() -> None:
    registry.hangzhou()
    assert sounding_alike("航州") == sounding_alike("航洲市") == [registry.hangzhou().pk]
    assert sounding_alike("航") == sounding_alike("hang") == []


# --- along a path ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "浙江杭州西湖区",
        "浙江省杭州市西湖区",
        "杭州西湖",
        "浙江 西湖",
        "hangzhouxihu",
        "zhejiang hang zhou xi hu",
        "Xihu District, Hangzhou",
        "xihu hangzhou",
        "浙江省西",
    ],
)
def test_a_path_leads_to_its_last_name_with_any_level_left_out(path: str) -> None:
    registry.xihu()
    assert registry.xihu().pk in [subject for subject, _closeness, _weight in along_path(path)]


@pytest.mark.parametrize("path", ["河南西湖", "henan xihu", "西湖区杭州市人", "", "西湖"])
def test_what_is_no_path_leads_nowhere(path: str) -> None:
    registry.renamed_county()
    registry.xihu()
    assert along_path(path) == []
