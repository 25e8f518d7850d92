"""Files become lines whatever they are stored in; what is no bulletin is refused with a sentence that names it."""

import io
import zipfile
from collections.abc import Iterator

import docx
import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cityrank.exchange.bulletin.documents import MOST_BYTES, UnreadableDocument, read_document
from cityrank.exchange.bulletin.elements import Document
from cityrank.exchange.bulletin.formats import word
from cityrank.exchange.bulletin.formats.lines import MOST_CHARACTERS
from tests.exchange.bulletins.samples import marked


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


TEXT = "2019年度最佳步行城市\n厦门、大连"


def shown(document: Document) -> list[tuple[str, str]]:
    return [(line.text, line.hint) for line in document.lines]


def page(body: str) -> Document:
    return read_document(f"<html><body>{body}</body></html>".encode(), "page.html")


def word_file(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_text_is_read_in_the_encoding_it_is_stored_in(encoding: str, said: str) -> None:
    document = read_document(TEXT.encode(encoding), "a.txt")
    assert (document.text, document.encoding, document.kind) == (TEXT, said, "text")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_lines_end_in_any_way(end: str) -> None:
    assert [line.text for line in read_document(f"甲{end}乙".encode(), "a.txt").lines] == ["甲", "乙"]


def test_lines_know_where_they_begin() -> None:
    document = read_document("甲乙\r\n\r\n丙".encode(), "a.txt")
    assert [(line.number, line.start) for line in document.lines] == [(1, 0), (2, 3), (3, 4)]
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)


def test_a_page_is_decoded_by_its_own_word_but_its_bytes_know_better() -> None:
    declared = '<html><meta charset="gb2312"><body>{}</body></html>'.format("厦门")
    assert read_document(declared.encode("gb18030"), "a.html").text == "厦门"
    assert read_document(declared.encode(), "a.html").text == "厦门"


def test_a_page_is_known_by_its_content_too() -> None:
    assert read_document("<!DOCTYPE html><p>厦门".encode(), "download").kind == "html"


def test_blocks_and_breaks_of_a_page_part_lines_and_scripts_are_left_out() -> None:
    document = page(
        "<script>甲</script><style>乙</style><p>厦门、<br>大<b>连</b></p><div>珠海<!-- 丙 --></div>"
    )
    assert shown(document) == [("厦门、", ""), ("大连", ""), ("珠海", "")]


def test_what_is_around_a_page_is_hinted_and_the_header_of_an_article_is_not() -> None:
    document = page(
        "<nav>菜单</nav><header>站名</header><article><header>题目</header></article><aside>旁</aside>"
    )
    assert shown(document) == [
        ("菜单", "furniture"),
        ("站名", "furniture"),
        ("题目", ""),
        ("旁", "furniture"),
    ]


def test_a_table_gives_rows_and_cells_that_span_rows_say_so_in_each() -> None:
    document = page(
        "<table><tr><th>梯队</th><th>城市</th></tr>"
        "<tr><td rowspan=2>第一</td><td>厦门</td></tr><tr><td>大连</td></tr></table>"
    )
    assert [line.cells for line in document.lines] == [("梯队", "城市"), ("第一", "厦门"), ("第一", "大连")]


def test_pictures_are_lines_with_their_text_or_the_name_of_their_file() -> None:
    document = page(
        '<img alt="得分排名" src="a.png"><img src="/x/%E5%BE%97%E5%88%86.jpg?v=1"><img src="data:x">'
    )
    assert shown(document) == [("得分排名", "picture"), ("得分.jpg", "picture")]


def test_ordered_lists_keep_the_numbers_that_a_browser_prints() -> None:
    assert [line.text for line in page("<ol start=3><li>厦门<li>大连</ol>").lines] == ["3. 厦门", "4. 大连"]


def test_a_page_nested_without_end_is_refused_and_not_cut_off() -> None:
    assert page("<div>" * 200 + "厦门" + "</div>" * 200 + "大连").text == "厦门\n大连"
    with pytest.raises(UnreadableDocument, match="nested too deeply"):
        page("<p>珠海</p>" + "<div>" * 5000 + "厦门" + "</div>" * 5000)


def test_markdown_knows_headings_rows_and_pictures() -> None:
    document = read_document(
        "# 题\n\n厦门、\n大连\n\n|名次|城市|\n|--|--|\n|1|厦门|\n\n![图](a.png)".encode(), "a.md"
    )
    assert shown(document) == [
        ("题", "heading"),
        ("厦门、", ""),
        ("大连", ""),
        ("名次\t城市", "row"),
        ("1\t厦门", "row"),
        ("图", "picture"),
    ]


def test_word_keeps_paragraphs_and_tables_in_order_and_what_was_inserted_under_review() -> None:
    document = docx.Document()
    document.add_heading("题目", 2)
    paragraph = document.add_paragraph("厦门、")
    run = paragraph.add_run("大连")
    inserted = paragraph._p.makeelement(word.qn("w:ins"), {})
    paragraph._p.append(inserted)
    inserted.append(run._r)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "1", "珠海"
    document.add_paragraph("末\t行")
    read = read_document(word_file(document), "a.docx")
    assert shown(read) == [("题目", "heading"), ("厦门、大连", ""), ("1\t珠海", "row"), ("末\t行", "")]
    assert [line.level for line in read.lines] == [2, 0, 0, 0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text"),
        (b" \n\t", "no text"),
        (b"%PDF-1.7 ...", "PDF"),
        (word.OLE_MARK + bytes(600), "password"),
        (bytes(range(256)) * 4, "UTF-8"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "UTF-8"),
        (("甲" * 10 + "\0").encode(), "UTF-8"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"x" * (MOST_BYTES + 1), "larger than 20 MB"),
        (b"x" * (MOST_CHARACTERS + 1), "too long"),
        (b"<html></html>", "no text"),
    ],
)
def test_what_is_no_bulletin_is_refused_with_a_sentence(content: bytes, why: str) -> None:
    name = "page.html" if content.startswith(b"<html") else "file.bin"
    with pytest.raises(UnreadableDocument, match=why) as refused:
        read_document(content, name)
    assert name in str(refused.value)


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def test_an_archive_of_something_else_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="not a Word document"):
        read_document(archive(**{"xl__workbook.xml": b"<x/>"}), "table.xlsx")


def test_an_archive_that_unpacks_without_end_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        read_document(archive(**{"word__document.xml": bytes(2_000_000)}), "bomb.docx")


def test_a_word_file_whose_parts_are_no_xml_is_damaged() -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_document(archive(**{"word__document.xml": b"<x/>", "[Content_Types].xml": b"<"}), "a.docx")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.md", "a.docx", ""]))
@example(b"<html><body><img src='http://[x'>\xe5\x8e\xa6", "a.html")
@example(b"<ol start=\xc2\xb2><li>x", "a.html")
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    _read_or_refuse(content, name)


@given(st.integers(0, 10**6), st.integers(0, 255), st.sampled_from([marked.word(), marked.web_page()]))
@settings(max_examples=150, deadline=None)
def test_a_file_with_a_wrong_byte_is_read_or_refused(place: int, value: int, sample: marked.Sample) -> None:
    content = bytearray(sample.content)
    content[place % len(content)] = value
    _read_or_refuse(bytes(content), sample.name)


@given(st.text(st.sampled_from("<>/=\"' abdilnoprtuv&;#厦门1\n"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_markup_is_read_or_refused(text: str) -> None:
    _read_or_refuse(text.encode(), "a.html")
    _read_or_refuse(text.encode(), "a.md")


def _read_or_refuse(content: bytes, name: str) -> None:
    try:
        document = read_document(content, name)
    except UnreadableDocument:
        return
    assert document.text.strip()
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)
    assert "\n".join(line.text for line in document.lines) == document.text
