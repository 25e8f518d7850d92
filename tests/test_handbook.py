"""The handbook and its pictures belong together, in both languages."""

import re
from pathlib import Path

import pytest
from PIL import Image

HANDBOOK = Path(__file__).resolve().parent.parent / "docs" / "handbook"
LANGUAGES = ("en", "zh")
LARGEST = 150_000


def pictures_named_in(language: str) -> list[str]:
    text = (HANDBOOK / f"{language}.md").read_text(encoding="utf-8")
    return re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_that_is_named_is_there_and_every_picture_is_named(language: str) -> None:
    there = {f"{language}/{path.name}" for path in (HANDBOOK / "images" / language).iterdir()}
    assert sorted(pictures_named_in(language)) == sorted(there)


def test_both_languages_show_the_same_pages_in_the_same_order() -> None:
    english, chinese = ([Path(name).name for name in pictures_named_in(language)] for language in LANGUAGES)
    assert english == chinese == sorted(english)


def test_both_languages_have_the_same_chapters() -> None:
    english, chinese = (
        re.findall(r"^## (\d+)\. ", (HANDBOOK / f"{language}.md").read_text(encoding="utf-8"), re.MULTILINE)
        for language in LANGUAGES
    )
    assert english == chinese == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("path", sorted(HANDBOOK.glob("images/*/*")), ids=lambda path: path.name)
def test_a_picture_is_small_enough_to_be_loaded_anywhere(path: Path) -> None:
    assert path.stat().st_size < LARGEST
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width <= 1280
