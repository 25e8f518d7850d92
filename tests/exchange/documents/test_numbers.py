"""The number of a certificate: there and back, and what its check digits find."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cityrank.exchange.documents.numbers import CertificateNumber, Misspelt, parse

years = st.integers(1000, 9999)
labels = st.one_of(years.map(str), st.tuples(years, years).map(lambda two: f"{two[0]}-{two[1]}"))
parts = st.integers(1, 32767)
numbers = st.builds(CertificateNumber, labels, parts, parts, parts, parts)

# With less than 100 releases, series and awards every part has its least width.
few = st.integers(1, 99)
usual = st.builds(CertificateNumber, labels, few, few, few, st.integers(1, 999))


def refused(text: str) -> bool:
    try:
        parse(text)
    except Misspelt:
        return True
    return False


def test_a_number_can_be_read_by_people() -> None:
    assert str(CertificateNumber("2017-2018", 1, 5, 2, 37)) == "20172018-01-05-02-037-28"


def test_a_number_is_one_modulo_97_as_the_standard_wants() -> None:
    number = str(CertificateNumber("2019", 3, 1, 1, 1))
    assert int(number.replace("-", "10")) % 97 == 1


@given(numbers)
def test_what_is_written_is_read(number: CertificateNumber) -> None:
    assert parse(str(number)) == number


@given(numbers, st.data())
def test_a_wrong_digit_is_found(number: CertificateNumber, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.sampled_from([place for place, char in enumerate(text) if char != "-"]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    assert refused(text[:place] + digit + text[place + 1 :])


@given(numbers, st.data())
def test_two_neighbours_that_changed_places_are_found(number: CertificateNumber, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.integers(0, len(text) - 2))
    assume(text[place] != text[place + 1])
    assert refused(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


@given(usual, st.data())
def test_a_digit_left_out_is_found(number: CertificateNumber, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.sampled_from([place for place, char in enumerate(text) if char != "-"]))
    assert refused(text[:place] + text[place + 1 :])


@given(numbers, numbers)
def test_two_certificates_never_have_one_number(one: CertificateNumber, other: CertificateNumber) -> None:
    assert (str(one) == str(other)) == (one == other)


@pytest.mark.parametrize(
    "typed",
    [
        " 20172018-01-05-02-037-28 ", "20172018 01 05 02 037 28", "２０１７２０１８－０１－０５－０２－０３７－２８",
        "20172018–01–05–02–037–28", "20172018.01.05.02.037.28", "20172018 - 01 - 05 - 02 - 037 - 28",
    ],
)  # fmt: skip
def test_it_may_be_typed_as_people_type(typed: str) -> None:
    assert parse(typed) == CertificateNumber("2017-2018", 1, 5, 2, 37)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_misspelt(text: str) -> None:
    assert refused(text) or str(parse(text))


@pytest.mark.parametrize("typed", ["", "1", "20172018-1-5-2-37-28", "20172018-00-05-02-037-31", "x" * 5000])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refused(typed)
