"""Who moved in a ranking since an earlier edition."""

import re

import pytest

from cityrank.charts import drawing
from tests.factories import registry, years
from tests.pages.conftest import Reader

PAGE = f"/en/editions/2019/rankings/{years.LINE}/movers/"


@pytest.fixture(autouse=True)
def _without_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a chart looks like is another test's; drawing takes longer than all else here."""
    monkeypatch.setattr(drawing, "on_page", lambda *args, **names: None)


@pytest.fixture
def two_years(db: None) -> None:
    one, two, three, four, five = (years.city(number) for number in range(1, 6))
    years.published("2018", {one: "80", two: "70", three: "60", four: "60"})
    years.published("2019", {two: "85.5", one: "82", three: "61", five: "60"})


def moves_in(page: str) -> list[tuple[str, str]]:
    """Return the rows of the table as (name, ranks moved)."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", row)) for row in body.split("<tr>")[1:]]
    return [
        (re.search(r"第\d市", row)[0], re.search(r"(up|down) (\d+)|the same rank", row)[0]) for row in rows
    ]


def test_risers_stand_first_and_every_heading_sorts(read: Reader, two_years: None) -> None:
    assert moves_in(read(PAGE)) == [("第2市", "up 1"), ("第3市", "the same rank"), ("第1市", "down 1")]
    assert [name for name, _move in moves_in(read(f"{PAGE}?sort=-places"))] == ["第1市", "第3市", "第2市"]
    assert [name for name, _move in moves_in(read(f"{PAGE}?sort=rank"))] == ["第2市", "第1市", "第3市"]
    assert [name for name, _move in moves_in(read(f"{PAGE}?sort=change"))] == ["第2市", "第1市", "第3市"]
    assert moves_in(read(f"{PAGE}?sort=nonsense")) == moves_in(read(PAGE))


def test_the_sums_are_told_with_the_mean_change_of_those_in_both(read: Reader, two_years: None) -> None:
    page = read(PAGE)
    sums = dict(re.findall(r"<dt>(.*?)</dt> <dd>(.*?)</dd>", page.split('class="sums"')[1].split("</dl>")[0]))
    sums = {name.strip(): figure.strip() for name, figure in sums.items()}
    assert sums == {
        "rose": "1",
        "fell": "1",
        "kept their rank": "1",
        "new": "1",
        "gone": "1",
        "mean change of the score, of 3 with a score in both": "+6.17",  # (15.5 + 2 + 1) / 3
    }


def test_ties_say_that_they_are_ties(read: Reader, two_years: None) -> None:
    assert re.search(r"3 <span class=\"quiet\">tied</span>", read(PAGE))


def test_who_left_the_first_n_has_no_rank_after(read: Reader, db: None) -> None:
    one, two, three = (years.city(number) for number in range(1, 4))
    years.published("2018", {one: "80", two: "70"}, cutoff=2)
    years.published("2019", {one: "80", three: "75"}, cutoff=2)
    page = read(PAGE)
    assert "Left the first 2" in page
    assert "Which rank they have now is not known" in page


def test_years_that_do_not_compare_show_no_movement_but_why(read: Reader, db: None) -> None:
    one = years.city(1)
    years.published("2018", {one: "80"})
    years.published("2019", {one: "90"}, method_changed=True, method_note_en="Points are counted anew.")
    page = read(PAGE)
    assert "2018 and 2019 do not compare" in page
    assert "Points are counted anew." in page
    assert "<table" not in page
    assert "Largest rises" not in page


def test_an_edition_further_back_can_be_chosen(read: Reader, db: None) -> None:
    one, two = years.city(1), years.city(2)
    years.published("2017", {two: "90", one: "80"})
    years.published("2018", {one: "90", two: "80"})
    years.published("2019", {one: "90", two: "80"})
    assert dict(moves_in(read(PAGE)))["第1市"] == "the same rank"
    page = read(f"{PAGE}?from=2017")
    assert dict(moves_in(page))["第1市"] == "up 1"
    assert "releases/1/rankings/cities-50/movers/?from=2017" in page
    assert "No edition of that name has this ranking" in read(f"{PAGE}?from=1999")


def test_a_change_of_method_in_between_counts(read: Reader, db: None) -> None:
    one = years.city(1)
    years.published("2017", {one: "80"})
    years.published("2018", {one: "80"}, method_changed=True)
    years.published("2019", {one: "80"})
    assert "2017 and 2019 do not compare" in read(f"{PAGE}?from=2017")


def test_a_renamed_county_moves_under_its_new_name(read: Reader, db: None) -> None:
    old, new = registry.renamed_county()
    years.published("2018", {years.city(1): "80", old: "70"})
    years.published("2019", {new: "90", years.city(1): "80"})
    page = read(PAGE)
    assert "up</span> 1" in page
    assert "In one table only" not in page


def test_the_first_edition_says_that_nobody_can_have_moved(read: Reader, db: None) -> None:
    years.published("2019", {years.city(1): "80"})
    assert "nobody can have moved yet" in read(PAGE)
