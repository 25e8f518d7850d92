"""A bulletin of the layout of 2017-2018 is read as the facts that it was composed from."""

import html
import io
from decimal import Decimal
from typing import Any

import docx
import pytest

from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.elements import Became, Reading
from cityrank.exchange.bulletin.reading import read_bulletin
from tests.exchange.bulletins.composing import OVER_SCORES, TITLE, citation_of, compose


def as_text(text: str) -> bytes:
    return text.encode()


def as_page(text: str) -> bytes:
    """Return the lines as paragraphs of a page, pictures as pictures, the page's own words in its own elements."""
    lines = [line for line in text.splitlines() if line.strip()]
    around = [f"<div>{lines[0]}</div>", *(f"<footer>{line}</footer>" for line in lines[-3:])]
    inside = [
        f'<img alt="{line}">' if line.endswith(".jpg") else f"<p>{html.escape(line)}</p>"
        for line in lines[1:-3]
    ]
    return "<html><body>{}<main>{}</main>{}</body></html>".format(
        around[0], "".join(inside), "".join(around[1:])
    ).encode()


def as_word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


FORMS = {"a.txt": as_text, "a.html": as_page, "a.docx": as_word, "a.md": as_text}


@pytest.fixture(scope="module", params=FORMS)
def reading(request: pytest.FixtureRequest) -> Reading:
    return read_bulletin(read_document(FORMS[request.param](compose().text), request.param))


def test_awards_have_their_titles_periods_counts_and_winners_in_order(reading: Reading) -> None:
    read = [
        (award.title_listed, award.title_printed, award.period_listed, award.period_printed,
         [winner.printed for winner in award.winners])
        for award in reading.awards
    ]  # fmt: skip
    assert read == [
        (entry["title_listed"], entry["title_printed"], entry["period_listed"], entry["period_printed"],
         [recipient["printed"] for recipient in entry["recipients"]])
        for entry in compose().awards
    ]  # fmt: skip
    assert [award.expected for award in reading.awards] == [None] * 8 + [25, 50]
    assert sum(len(award.winners) for award in reading.awards) == 127


def test_eight_series_hold_them_and_only_the_last_has_a_title_of_its_own(reading: Reading) -> None:
    assert [series.number for series in reading.series] == list(range(1, 9))
    assert [series.title for series in reading.series] == [""] * 7 + [OVER_SCORES]
    assert [award.series for award in reading.awards] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [ranking.series for ranking in reading.rankings] == [6, 6, 7, *[8] * 6]


def test_citations_are_verbatim_and_one_is_shared(reading: Reading) -> None:
    composed = compose()
    citations = {citation.key: citation for citation in reading.citations}
    headings = {entry["key"]: entry["heading"] for entry in composed.data["citations"]}
    for award, entry in zip(reading.awards, composed.awards, strict=True):
        assert citations[award.citation].text == citation_of(entry, composed.awards)
        assert citations[award.citation].heading == headings[entry["citation"]]
    assert len(citations) == 9
    assert reading.awards[8].citation == reading.awards[9].citation


def test_tables_that_are_pictures_keep_their_captions_and_cut_offs(reading: Reading) -> None:
    read = [
        (each.title_listed, each.title_printed, each.state, each.caption, each.cutoff, each.expected)
        for each in reading.rankings
    ]
    assert read == [
        (entry["title_listed"], entry["title_printed"], entry["state"], entry["image_caption"],
         entry.get("cutoff"), entry.get("expected_count"))
        for entry in compose().rankings
    ]  # fmt: skip


def test_the_first_three_of_a_table_are_known_by_name_alone(reading: Reading) -> None:
    rows = {ranking.title_printed: ranking.rows for ranking in reading.rankings if ranking.rows}
    (printed,) = ([row.printed for row in each] for each in rows.values())
    assert printed == ["腾讯", "阿里巴巴", "百度"]
    assert {(row.rank, row.score) for each in rows.values() for row in each} == {(None, None)}


def test_averages_have_their_figures_as_printed_and_know_their_table(reading: Reading) -> None:
    composed = compose()
    tables = {ranking.key: ranking.title_printed for ranking in reading.rankings}
    titles = {entry["slug"]: entry["title_printed"] for entry in composed.rankings}
    read = [
        (each.printed_label, each.value, each.previous, each.change, each.top_n, tables[each.ranking])
        for each in reading.averages
    ]
    assert read == [_average(entry, titles) for entry in composed.data["averages"]]


def _average(entry: dict[str, Any], titles: dict[str, str]) -> tuple[Any, ...]:
    figures = (Decimal(entry[name]) for name in ("value", "previous", "change"))
    return (entry["printed_label"], *figures, entry.get("top_n"), titles[entry["ranking"]])


def test_the_head_names_the_edition_its_dates_and_who_stands_behind_it(reading: Reading) -> None:
    data = compose().data
    names = {entry["id"]: [entry["name_zh"], *entry["aliases"]] for entry in data["organisations"]}
    head = reading.head
    assert (head.label, head.title) == ("2017-2018", TITLE)
    assert (head.announced_on, head.published_on) == ("2018-07-30", "2018-07-31")
    assert (head.publisher, head.author) == ("雷锋网", "王刚")
    assert [organiser.role for organiser in reading.organisers] == [
        each["role"] for each in data["organisers"]
    ]
    for organiser, entry in zip(reading.organisers, data["organisers"], strict=True):
        assert organiser.printed in names[entry["organisation"]]


def test_findings_and_methods_keep_their_words(reading: Reading) -> None:
    kinds = [(section.kind, section.number, section.series) for section in reading.sections]
    assert kinds == [("finding", 1, None), ("finding", 2, None), ("finding", 3, None),
                     ("method", 1, 6), ("method", 2, 7)]  # fmt: skip
    assert reading.sections[0].title == "县城里的窗口少排队,手机上的事项多办成。"
    assert reading.sections[0].body.endswith("居民在家里就能查到进度。")


def test_the_page_around_it_is_furniture_and_nothing_is_left_over(reading: Reading) -> None:
    furniture = [reading.text_of(piece.span) for piece in reading.pieces_that(Became.FURNITURE)]
    assert furniture == ["当前位置:首页 > 城市 > 正文", "相关阅读", "热门推荐",
                         "关于我们 | 联系我们 | 版权声明 | 网站地图"]  # fmt: skip
    assert reading.unaccounted() == []
    assert reading.pieces_that(Became.NOT_UNDERSTOOD) == []


def test_what_is_odd_about_it_is_said(reading: Reading) -> None:
    assert [notice.key.partition(":")[0] for notice in reading.notices] == [
        "leaders",
        "announced",
        "title-differs",
    ]


def test_blank_lines_change_nothing(reading: Reading) -> None:
    packed = "\n".join(line for line in compose().text.splitlines() if line.strip())
    again = read_bulletin(read_document(packed.encode(), "packed.txt"))
    assert [award.winners and [each.printed for each in award.winners] for award in again.awards] == [
        [each.printed for each in award.winners] for award in reading.awards
    ]
    assert [piece.became for piece in again.pieces] == [piece.became for piece in reading.pieces]
