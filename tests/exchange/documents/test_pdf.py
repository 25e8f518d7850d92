"""The bulletin as PDF: its text, its properties, and that it is the same file every time."""

import re

import pytest

from awards.models import Award, Recipient, Release
from cityrank.exchange.documents.composing import compose
from cityrank.exchange.documents.content import english_name
from cityrank.exchange.documents.pdf import as_pdf
from cityrank.publishing.workflow import start_draft
from tests.exchange.documents.pdfs import metadata_of, pages_of
from tests.factories import awards, registry, scores


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_names_everybody(bundled: Release, language: str) -> None:
    text = "".join(pages_of(as_pdf(compose(bundled, language))))
    for row in Recipient.objects.of_release(bundled).select_related("subject__place"):
        name = row.printed_name if language == "zh" else english_name(row.subject)
        assert "".join(name.split()) in text
    for award in Award.objects.of_release(bundled):
        assert award.title_printed in text
    assert "73.54%" in text


@pytest.mark.parametrize(
    ("language", "title", "tag"),
    [("zh", "评估结果通报", b"/Lang(zh-CN)"), ("en", "Bulletin on", b"/Lang(en)")],
)
def test_it_says_what_it_is(bundled: Release, language: str, title: str, tag: bytes) -> None:
    content = as_pdf(compose(bundled, language))
    properties = metadata_of(content)
    assert title in properties["Title"]
    assert properties["Author"] == "CityRank"
    assert tag in content
    # Tagged for screen readers, and PDF/A-2a.
    assert b"/MarkInfo" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content


def test_pages_are_numbered_and_name_the_release(bundled: Release) -> None:
    pages = pages_of(as_pdf(compose(bundled, "zh", "https://example.org")))
    for number, page in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in page
        assert "https://example.org/editions/2017-2018/releases/1/" in page
    assert "目录" in pages[0]
    assert all("第1版" in page for page in pages[1:])


def test_the_same_release_gives_the_same_bytes(release: Release) -> None:
    assert as_pdf(compose(release, "zh")) == as_pdf(compose(release, "zh"))
    assert as_pdf(compose(release, "zh")) != as_pdf(compose(release, "en"))


@pytest.mark.parametrize(
    ("language", "mark"), [("zh", "草稿·未发布·请勿引用"), ("en", "DRAFT·notpublished·donotcite")]
)
def test_every_page_of_a_draft_says_so(release: Release, language: str, mark: str) -> None:
    pages = pages_of(as_pdf(compose(start_draft(release.edition), language)))
    assert len(pages) > 1
    assert all(mark in page for page in pages)
    assert not any(mark in page for page in pages_of(as_pdf(compose(release, language))))


def test_a_character_that_the_font_lacks_is_told_and_never_a_box(db: None) -> None:
    draft = awards.empty_draft()
    awards.award(
        awards.series(draft), "a", [("下\U00031cea镇", registry.town("441881120", "下\U00031cea镇"))]
    )
    first, *rest = pages_of(as_pdf(compose(draft, "zh")))
    assert "本文件的字体没有下列字符，文中以代码表示：U+31CEA。" in first
    assert "下[U+31CEA]镇" in "".join(rest)
    assert "These" not in "".join(pages_of(as_pdf(compose(draft, "zh"))))


def test_nothing_in_a_name_is_taken_for_a_command(db: None) -> None:
    hostile = '#panic("x") $x$ *b* _i_ <l> @r `c` \\ // /* [a] {b} "q"'
    draft = awards.empty_draft(title_zh=hostile, title_en="")
    awards.award(
        awards.series(draft), "a", [(hostile, registry.hangzhou())], title_printed=hostile, title_en=""
    )
    text = "".join(pages_of(as_pdf(compose(draft, "zh"))))
    assert text.count("".join(hostile.split())) >= 3


def test_a_long_table_repeats_its_header(db: None) -> None:
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft), "cities", state="complete", cutoff=None)
    for place in range(1, 90):
        scores.score(table, place, None, 91 - place, printed_name=f"第{place}市")
    pages = pages_of(as_pdf(compose(draft, "zh")))
    with_rows = [page for page in pages if re.search(r"第\d+市", page)]
    assert len(with_rows) > 2
    assert all("得分（满分100）" in page for page in with_rows)
