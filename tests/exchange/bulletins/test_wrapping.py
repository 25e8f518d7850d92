"""A text that was broken at a fixed width reads like the same text unbroken; lines that only look so are left alone."""

import pytest

from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.elements import Reading
from cityrank.exchange.bulletin.formats.wrapping import columns, unwrapped
from cityrank.exchange.bulletin.reading import read_bulletin
from tests.exchange.bulletins.composing import compose


def broken(text: str, width: int) -> str:
    """Return a text broken at a number of columns, as an e-mail or a PDF breaks it."""
    lines = []
    for line in text.splitlines():
        rest = line.strip()
        while columns(rest) > width:
            cut = next(place for place in range(len(rest), 0, -1) if columns(rest[:place]) <= width)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return "\n".join(lines)


def winners(reading: Reading) -> dict[str, list[str]]:
    return {award.title_printed: [each.printed for each in award.winners] for award in reading.awards}


def read(text: str) -> Reading:
    return read_bulletin(read_document(text.encode(), "a.txt"))


@pytest.mark.parametrize("width", [80, 84, 100])
def test_a_broken_bulletin_reads_like_the_whole_one(width: int) -> None:
    whole, again = read(compose().text), read(broken(compose().text, width))
    assert winners(again) == winners(whole)
    assert [citation.text for citation in again.citations] == [citation.text for citation in whole.citations]
    assert [average.value for average in again.averages] == [average.value for average in whole.averages]
    assert again.unaccounted() == []


def test_a_text_that_is_not_broken_is_returned_as_it_is() -> None:
    assert unwrapped(compose().text) == compose().text


def test_rows_of_winners_of_one_width_stay_rows() -> None:
    rows = "\n".join(
        "哈尔滨市、石家庄市、秦皇岛市、连云港市、马鞍山市、景德镇市、张家界市、葫芦岛市" for _row in range(12)
    )
    assert unwrapped(rows) == rows
