"""Whatever is read, every character that is no white space lies in exactly one piece, and nothing is read twice."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.elements import Document, Line, Reading
from cityrank.exchange.bulletin.formats.lines import UnreadableDocument
from cityrank.exchange.bulletin.reading import read_bulletin

# Lines such as bulletins have, and some that only look so.
LINES = st.sampled_from(
    """
第一系列 2019年度最具温度智慧城市
第二系列
2019年度最佳服务智慧城区5强
2019年度智慧城市得分排名(前3强)
北京、上海、深圳
成都市；重庆市
1. 杭州
2、宁波
①大连
(一)综合奖
一、各地的路更平了。
二、主要结论
目录
获奖理由:
获奖点评:这里的树多了,路也好走了。
【推荐理由】
获奖城市:
北京和上海
西安市雁塔
区、长安区
名次 城市 得分
1 北京 90.5
2\t上海\t88
|3|广州|80|
|--|--|
第一梯队(1-30名)
31-75名:
85分以上
其余
得分排名.jpg
主办单位:甲研究院、乙促进会
时间:2019-01-02 来源:城市网
某网消息,7月1日,甲院、乙会联合发布《2019年度智慧城市评估报告》。
“2019年度智慧城市得分排名(前3强)”里,甲、乙、丙位居前三名。
地市平均得分率为70.5%,较上一年度的69.0%提高了1.5%。
依次为:
结果如下:
以上就是全文。
关于我们 | 联系我们
(((
、、、
2018-2019
等
""".split("\n")
)


def document_of(texts: list[str], hints: list[str]) -> Document:
    lines, start = [], 0
    for number, (text, hint) in enumerate(zip(texts, hints, strict=False), 1):
        cells = tuple(text.split("\t")) if hint == "row" else ()
        lines.append(Line(number, start, text, hint, 2 if hint == "heading" else 0, cells))
        start += len(text) + 1
    return Document("any.txt", "text", "utf-8", "\n".join(line.text for line in lines), tuple(lines))


def hold(reading: Reading) -> None:
    assert reading.unaccounted() == []
    text = reading.document.text
    for piece in reading.pieces:
        assert (
            text[piece.span.start : piece.span.end].strip() == text[piece.span.start : piece.span.end] != ""
        )
        assert text.count("\n", 0, piece.span.start) + 1 == piece.span.line
    for award in reading.awards:
        for winner in award.winners:
            assert re.sub(r"\s*\n\s*", "", reading.text_of(winner.span)) == winner.printed
    keys = [notice.key for notice in reading.notices]
    assert len(keys) == len(set(keys))
    known = {citation.key for citation in reading.citations} | {""}
    assert all(award.citation in known for award in reading.awards)


@given(
    st.lists(st.tuples(LINES, st.sampled_from(["", "", "", "", "heading", "row", "furniture", "picture"])))
)
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_lines_is_accounted_for(drawn: list[tuple[str, str]]) -> None:
    hold(read_bulletin(document_of([text for text, _hint in drawn], [hint for _text, hint in drawn])))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_accounted_for(text: str) -> None:
    try:
        document = read_document(b"\xef\xbb\xbf" + text.encode(), "any.txt")
    except UnreadableDocument:
        return
    hold(read_bulletin(document))


@given(
    st.lists(
        st.text(
            "北京上海市区县第一二三系列强名0123456789.、,;:：() \t|-—年度最具佳奖排得分平均《》“”等和",
            max_size=40,
        ),
        max_size=12,
    )
)
@settings(max_examples=400, deadline=None)
def test_any_text_of_the_characters_of_bulletins_is_accounted_for(texts: list[str]) -> None:
    hold(read_bulletin(document_of(texts, [""] * len(texts))))
