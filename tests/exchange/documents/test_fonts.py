"""The shipped font: what it has, and what happens with what it lacks."""

import pytest

from cityrank.exchange.documents import fonts
from cityrank.exchange.documents.characters import texts, wanted
from cityrank.exchange.documents.wording import EN, ZH

# In no version of the source font: the first characters of 𬮤山镇, 𨻧隍镇 and 𰝟渡镇, the second of 下𱳪镇.
LACKING = {"\U0002cba4", "\U00028ee7", "\U00031cea", "\U0003075f"}


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_every_character_of_the_gazetteer_and_of_the_editions_has_a_glyph(path: object) -> None:
    assert set(fonts.missing(path.read_text("utf-8"))) <= LACKING


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_the_words_of_the_documents_have_glyphs(words: object) -> None:
    assert fonts.missing(repr(vars(words)).replace("\\u3000", "\u3000")) == []


def test_the_templates_have_glyphs() -> None:
    for template in (fonts.FOLDER.parents[1] / "documents" / "typst").glob("*.typ"):
        assert fonts.missing(template.read_text("utf-8")) == []


def test_both_weights_have_the_same_characters() -> None:
    assert fonts.covered(fonts.REGULAR) == fonts.covered(fonts.BOLD)


def test_what_people_write_is_there() -> None:
    assert fonts.missing("深圳 臺灣 Nǐ hǎo, lǜ — “Zürich” · 《通报》①※ → − 73.54%") == []
    # The rest of what the list asks for stands in no Chinese font: rare Latin letters, signs of mathematics.
    assert len(fonts.missing(wanted())) < 0.07 * len(wanted())


def test_a_character_without_a_glyph_is_written_out() -> None:
    assert fonts.printable("下\U00031cea镇") == "下[U+31CEA]镇"
    assert fonts.printable("北京") == "北京"
