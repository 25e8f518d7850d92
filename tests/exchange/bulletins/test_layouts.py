"""Bulletins in other layouts are read as what they say: winners in order, titles, rows, averages, citations."""

import re

import pytest

from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.elements import Reading
from cityrank.exchange.bulletin.reading import read_bulletin
from tests.exchange.bulletins.expecting import Sample, told
from tests.exchange.bulletins.samples import marked, texts

SAMPLES = [
    texts.two_levels(),
    texts.bands(),
    texts.tiers(),
    texts.tables(),
    texts.old_encoding(),
    texts.no_series(),
    marked.web_page(),
    marked.old_page(),
    marked.markdown(),
    marked.word(),
]

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def reading_of(sample: Sample) -> Reading:
    return read_bulletin(read_document(sample.content, sample.name))


@each_sample
def test_a_bulletin_is_read_as_what_it_says(sample: Sample) -> None:
    read = told(reading_of(sample))
    assert read.awards == sample.expected.awards
    assert read.tables == sample.expected.tables
    assert read.averages == sample.expected.averages
    assert read.series == sample.expected.series
    assert read.label == sample.expected.label


@each_sample
def test_only_what_is_odd_is_a_notice(sample: Sample) -> None:
    assert told(reading_of(sample)).notices == sample.expected.notices


@each_sample
def test_every_character_is_accounted_for(sample: Sample) -> None:
    reading = reading_of(sample)
    assert reading.unaccounted() == []
    for award in reading.awards:
        for winner in award.winners:
            assert re.sub(r"\s*\n\s*", "", reading.text_of(winner.span)) == winner.printed
