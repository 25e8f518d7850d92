"""Answers files: read from TOML and JSON, refused with their line, and written to be filled in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityrank.exchange.bulletin.answers import (
    BadAnswers,
    check_answers,
    parse_answers,
    template,
    template_json,
)
from cityrank.exchange.bulletin.matching import match
from cityrank.exchange.bulletin.questions import About, Choice, Question
from tests.exchange.bulletin.builders import Bulletin
from tests.factories import registry

TEXT = '# towns\n[answers]\n"place:most-influential:1:乌有" = "open"\n"count:small" = ""\n'


def question(key: str, default: str | None = None) -> Question:
    choices = (Choice("open", "Leave it open"), Choice("110000", "北京市", "because"))
    return Question(key, About.PLACE, "Which?\nOf both.", "北京", 7, choices, default)


def test_answers_are_read_from_toml_and_json_and_empty_ones_answer_nothing() -> None:
    found = {"place:most-influential:1:乌有": "open"}
    as_json = json.dumps({"answers": {**found, "count:small": ""}}, ensure_ascii=False)

    assert parse_answers(TEXT, "a.toml") == found
    assert parse_answers(as_json, "a.json", is_json=True) == found


@pytest.mark.parametrize(
    ("text", "is_json", "said"),
    [
        ("[answers]\nbroken\n", False, "line 2"),
        ('{"answers": ', True, "line 1"),
        ("", False, "answers"),
        ("[]", True, "answers"),
        ('[answers]\n\n"count:small" = 3\n', False, "3"),
        ('{"answers": {\n"a": "x",\n"a": "y"}}', True, "2"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name_and_line(
    text: str, is_json: bool, said: str
) -> None:
    with pytest.raises(BadAnswers) as bad:
        parse_answers(text, "a.file", is_json=is_json)
    assert "a.file" in str(bad.value)
    assert said in str(bad.value)


@pytest.mark.django_db
def test_unknown_keys_and_impossible_values_are_refused_together_with_what_is_allowed() -> None:
    registry.hangzhou()
    reading = Bulletin().award("2019年度中国最具影响力智慧城市", ["乌有"]).reading()
    text = (
        '[answers]\n"place:most-influential:1:乌有" = "nowhere"\n"place:most-influential:9:乌有" = "open"\n'
    )
    matched = match(reading, parse_answers(text, "a.toml"))

    with pytest.raises(BadAnswers) as bad:
        check_answers(matched.asked, "a.toml", text)
    first, second = str(bad.value).splitlines()
    assert "nowhere" in first
    assert "open" in first
    assert "2" in first
    assert "place:most-influential:9:乌有" in second
    assert "place:most-influential:1:乌有" in second.split("9:乌有", 1)[1]


@pytest.mark.django_db
def test_an_answer_that_the_database_has_made_needless_is_no_mistake() -> None:
    registry.organisation("institute", "研究院")
    registry.hangzhou()
    reading = Bulletin().organiser("研究院").award("2019年度中国最具影响力智慧城市", ["杭州"]).reading()
    matched = match(reading, {"organisation:研究院": "create", "place:most-influential:1:杭州": "open"})

    check_answers(matched.asked)
    assert matched.names[0].subject == "330100"


@given(st.text(min_size=1, max_size=40).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_a_template_can_be_read_back_whatever_is_printed(printed: str) -> None:
    key = f"place:award:1:{printed}"
    for value in ("", "open"):
        expected = {key: value} if value else {}
        assert parse_answers(template([question(key)], {key: value}, "b.txt"), "a.toml") == expected
        as_json = template_json([question(key)], {key: value})
        assert parse_answers(as_json, "a.json", is_json=True) == expected


def test_a_template_shows_every_choice_and_marks_the_suggested_one() -> None:
    text = template([question("place:award:1:北京", "110000")], {}, "b.txt")

    assert '* "110000"  北京市 because' in text
    assert '- "open"  Leave it open' in text
    assert '"place:award:1:北京" = ""' in text
    assert [line for line in text.splitlines() if line and not line.startswith(("#", "[", '"'))] == []
