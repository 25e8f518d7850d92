"""The reading report: all of it as plain values, and in words."""

import json

import pytest

from cityrank.exchange.bulletin.elements import Became
from cityrank.exchange.bulletin.matching import match
from cityrank.exchange.bulletin.report import BECAME, as_data, as_text
from tests.exchange.bulletin.builders import Bulletin
from tests.factories import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin() -> Bulletin:
    registry.hangzhou()
    return (
        Bulletin()
        .noise("首页 > 新闻")
        .award("2019年度中国最具影响力智慧城市", ["杭州", "乌有"])
        .ranking("地市得分排名(前50强)", [("杭州", 1, "80.10")], expected=1)
        .average("地级城市", "66.90")
        .noise("乱码", Became.NOT_UNDERSTOOD)
    )


def test_every_way_a_piece_can_become_something_has_a_word() -> None:
    assert set(BECAME) == set(Became)


def test_the_report_is_json_with_figures_and_names_as_printed(bulletin: Bulletin) -> None:
    data = json.loads(json.dumps(as_data(match(bulletin.reading())), ensure_ascii=False))

    assert data["rankings"][0]["rows"][0]["score"] == "80.10"
    assert data["averages"][0]["value"] == "66.90"
    assert [winner["printed"] for winner in data["awards"][0]["winners"]] == ["杭州", "乌有"]
    assert data["awards"][0]["winners"][0]["subject"] == "330100"
    assert "".join(piece["text"] for piece in data["pieces"]) == bulletin.reading().document.text.replace(
        "\n", ""
    )
    assert data["document"]["characters_unaccounted"] == 0


def test_the_counts_say_what_was_resolved_and_what_is_open(bulletin: Bulletin) -> None:
    counts = as_data(match(bulletin.reading()))["counts"]

    wanted = {
        "awards": 1,
        "recipients": 2,
        "recipients_resolved": 1,
        "rankings_complete": 1,
        "questions_open": 1,
    }
    assert {name: counts[name] for name in wanted} == wanted
    assert (counts["pieces_furniture"], counts["pieces_not_understood"]) == (1, 1)


def test_questions_carry_their_choices_and_answers(bulletin: Bulletin) -> None:
    key = "place:most-influential:2:乌有"
    (question,) = as_data(match(bulletin.reading(), {key: "open"}))["questions"]

    assert (question["key"], question["answer"], question["default"]) == (key, "open", "open")
    assert [choice["value"] for choice in question["choices"]] == ["open", "drop"]


def test_in_a_terminal_every_piece_stands_in_a_line_and_open_questions_at_the_end(bulletin: Bulletin) -> None:
    lines = list(as_text(match(bulletin.reading())))

    for piece in bulletin.reading().pieces:
        text = bulletin.reading().text_of(piece.span).replace("\t", " ")
        assert any(line.lstrip().startswith(f"{piece.span.line} ") and text in line for line in lines)
    assert lines.index("  place:most-influential:2:乌有") > lines.index(
        next(line for line in lines if "乱码" in line)
    )
