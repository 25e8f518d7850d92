"""The bulletin as a Word document: headings, tables and languages are real ones."""

import io
import re
from zipfile import ZipFile

import docx
import pytest

from awards.models import Release
from cityrank.exchange.documents.composing import compose
from cityrank.exchange.documents.structure import Heading
from cityrank.exchange.documents.word import as_word
from cityrank.publishing.workflow import start_draft
from tests.factories import awards, registry


def opened(content: bytes) -> object:
    return docx.Document(io.BytesIO(content))


def xml_of(content: bytes, name: str = "word/document.xml") -> str:
    with ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_are_headings(bundled: Release, language: str) -> None:
    document = compose(bundled, language)
    file = opened(as_word(document))
    shown = [(row.text, row.style.name) for row in file.paragraphs if row.style.name.startswith("Heading")]
    assert shown == [
        (one.text, f"Heading {one.level}") for one in document.blocks if isinstance(one, Heading)
    ]
    assert file.paragraphs[0].style.name == "Title"


def test_names_and_figures_stand_in_it(bundled: Release) -> None:
    text = "\n".join(row.text for row in opened(as_word(compose(bundled, "zh"))).paragraphs)
    assert "苏州、丽江、南京、三亚、洛阳、秦皇岛" in text
    assert "平均得分率为73.54%" in text


def test_the_header_row_of_a_table_is_repeated(release: Release) -> None:
    content = as_word(compose(release, "en"))
    (table,) = opened(content).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Rank", "Name", "As printed", "Score (of 100)"]
    assert table.rows[1].cells[0].text == "Leading (1–30)"
    assert [cell.text for cell in table.rows[2].cells][-1] == "90.00"
    assert xml_of(content).count("<w:tblHeader/>") == 1


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_language_and_fonts_are_named(release: Release, language: str, tag: str) -> None:
    content = as_word(compose(release, language))
    styles = xml_of(content, "word/styles.xml")
    normal = re.search(r'<w:style [^>]*w:styleId="Normal".*?</w:style>', styles, re.DOTALL)[0]
    assert 'w:eastAsia="Microsoft YaHei"' in normal
    assert f'<w:lang w:val="{tag}" w:eastAsia="zh-CN"/>' in normal
    assert opened(content).core_properties.language == tag
    assert opened(content).core_properties.author == "CityRank"


def test_a_draft_has_its_mark_in_the_head_of_every_page(release: Release) -> None:
    marked = opened(as_word(compose(start_draft(release.edition), "zh")))
    assert marked.sections[0].header.paragraphs[0].text == "草稿 · 未发布 · 请勿引用"
    assert opened(as_word(compose(release, "zh"))).sections[0].header.paragraphs[0].text == ""


def test_the_same_release_gives_the_same_bytes(release: Release) -> None:
    assert as_word(compose(release, "zh")) == as_word(compose(release, "zh"))


def test_what_xml_cannot_hold_is_left_out(db: None) -> None:
    draft = awards.empty_draft(title_zh="通报\x0b<&>")
    awards.award(awards.series(draft), "a", [("杭\x1f州", registry.hangzhou())])
    text = "\n".join(row.text for row in opened(as_word(compose(draft, "zh"))).paragraphs)
    assert "通报<&>" in text
    assert "杭州" in text
