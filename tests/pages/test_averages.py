"""Group averages: printed beside computed, and every contradiction in words."""

import re
from decimal import Decimal

from tests.factories import awards, scores
from tests.pages.conftest import Reader

PAGE = "/en/editions/2017-2018/averages/"


def tables_in(page: str) -> str:
    return "".join(re.findall(r"<table.*?</table>", page))


def test_a_change_that_is_not_the_difference_is_explained(read: Reader, release: object) -> None:
    page = read(PAGE)
    assert "The bulletin contradicts itself: Provincial capitals" in page
    assert "a change of +8.74 percentage points" in page
    assert "The difference of the two values is +7.64" in page
    assert "off by +1.10" in page


def test_a_change_that_agrees_is_not_marked(read: Reader, db: None) -> None:
    draft = awards.empty_draft()
    scores.average(draft, printed_change=Decimal("7.64"))
    awards.publish_unattended(draft, reason="第一版")
    page = read(PAGE)
    assert "contradict" not in page
    assert tables_in(page).count("+7.64") == 3


def test_a_fall_has_a_minus_sign(read: Reader, db: None) -> None:
    draft = awards.empty_draft()
    figures = {"printed_value": "50.00", "printed_previous": "51.50", "printed_change": "-1.50"}
    scores.average(draft, **{name: Decimal(figure) for name, figure in figures.items()})
    awards.publish_unattended(draft, reason="第一版")
    assert tables_in(read(PAGE)).count("\u22121.50") == 3


def test_missing_figures_are_said_to_be_missing(read: Reader, db: None) -> None:
    draft = awards.empty_draft()
    scores.average(draft, printed_previous=None, printed_change=None, top_n=None)
    awards.publish_unattended(draft, reason="第一版")
    page = read(PAGE)
    assert "not printed" in page
    assert "None" not in page


def test_another_n_and_another_name_than_the_tables_are_pointed_out(read: Reader, release: object) -> None:
    page = read(PAGE)
    assert "The average is over the first 20, the table shows the first 50." in page
    assert (
        'The text says “<span lang="zh-Hans">省会城市</span>”, the table “<span lang="zh-Hans">地级市</span>”.'
        in page
    )


def test_the_number_in_a_label_is_no_difference(read: Reader, db: None) -> None:
    draft = awards.empty_draft()
    table = scores.ranking(awards.series(draft, 8), state="not_transcribed")
    scores.average(draft, about=table, printed_label="前50名地级市", top_n=50)
    awards.publish_unattended(draft, reason="第一版")
    assert "The text says" not in read(PAGE)
