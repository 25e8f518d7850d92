"""The record of a place in sentences, in the language of the reader."""

import pytest
from django.utils.translation import override

from awards.models import Release
from cityrank.publishing.gate import open_gate
from cityrank.registry.models import Place
from cityrank.results.place_around import unread_tables
from cityrank.results.place_story import in_one, story_of
from cityrank.results.records import record_of
from tests.factories import awards, registry, scores
from tests.factories.records import city, publish

pytestmark = pytest.mark.django_db


def story(place: Place) -> str:
    with override("en"):
        return " ".join(story_of(record_of(open_gate(), place)))


def test_awards_and_rank_of_one_edition_are_told() -> None:
    publish("2018-2019", [(city(1), "90"), (city(2), "80")], winners=[city(2)])
    assert "received 1 award in 2018–2019." in story(city(2))
    assert f"In 2018–2019 {city(2).english_name} has rank 2 of 2 in “Prefectures”." in story(city(2))


def test_awards_of_several_editions_are_counted_together() -> None:
    for label in ("2017-2018", "2018-2019"):
        publish(label, [(city(1), "90")], winners=[city(1)])
    assert "received 2 awards in 2 editions, the last in 2018–2019." in story(city(1))


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (["95", "90", "70"], "That is 2 ranks better than in 2017–2018."),
        (["70", "95", "80"], None),
    ],
)
def test_a_movement_is_told_where_there_is_one(before: list[str], sentence: str | None) -> None:
    rows = sorted(zip([city(1), city(2), city(3)], before, strict=True), key=lambda row: -int(row[1]))
    publish("2017-2018", rows)
    publish("2018-2019", [(city(3), "95"), (city(2), "90"), (city(1), "70")])
    assert (sentence or "That is 1 rank better than in 2017–2018.") in story(city(3))


def test_no_movement_is_told_where_the_years_do_not_compare() -> None:
    publish("2017-2018", [(city(1), "90"), (city(2), "80")])
    publish("2018-2019", [(city(2), "90"), (city(1), "80")], method_changed=True)
    assert "better" not in story(city(2))


def test_of_a_table_that_is_cut_off_it_says_how_much_is_printed() -> None:
    publish("2018-2019", [(city(1), "90"), (city(2), "80")], cutoff=2)
    assert "has rank 2 in “Prefectures”, of which the first 2 are printed." in story(city(2))


def test_what_a_former_place_received_is_told_as_its() -> None:
    old, new = registry.renamed_county()
    publish("2017-2018", [(city(1), "90")], winners=[old])
    assert "Mengjin, which Mengjin took over from, received 1 award." in story(new)
    assert story(city(5)) == ""


def test_tables_that_nobody_could_read_are_named_for_places_of_their_level(release: Release) -> None:
    def unread(place: Place) -> list[str]:
        return [table.slug for table in unread_tables(open_gate(), record_of(open_gate(), place))]

    assert unread(registry.hangzhou()) == ["picture"]
    assert unread(registry.xihu()) == []


def test_a_table_for_a_tier_is_named_for_places_that_hold_it() -> None:
    draft = awards.empty_draft()
    group = scores.peer_group(draft, "capitals")
    group.level, group.tiers, group.without_tiers = "", ["provincial_capital"], ["sub_provincial"]
    group.save()
    scores.ranking(
        awards.series(draft, 8), "capitals", peer_group=group, state="not_transcribed", cutoff=None
    )
    awards.acknowledge_all(draft)
    awards.publish_unattended(draft, reason="第一版")
    place = registry.hangzhou()
    record = record_of(open_gate(), place)
    assert len(unread_tables(open_gate(), record, ["provincial_capital"])) == 1
    assert unread_tables(open_gate(), record, ["provincial_capital", "sub_provincial"]) == []
    assert unread_tables(open_gate(), record) == []


def test_chinese_sentences_follow_each_other_without_blanks() -> None:
    with override("zh-hans"):
        assert in_one(["甲。", "乙。"]) == "甲。乙。"
    with override("en"):
        assert in_one(["One.", "Two."]) == "One. Two."
