"""Loading gazetteer files: what is inserted, updated, left to people, refused."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cityrank.registry.gazetteer.files import COLUMNS, BadGazetteerFile, read
from cityrank.registry.gazetteer.load import LoadReport, load_gazetteer
from cityrank.registry.models import Alias, Organisation, Place, PlaceTier, Succession

Rows = list[list[str]]

PLACES: Rows = [
    ["cn", "", "country", "中国", "China", "zhong guo", "", "", ""],
    ["330000", "330000", "province", "浙江省", "Zhejiang", "zhe jiang sheng", "cn", "", ""],
    ["330100", "330100", "prefecture", "杭州市", "Hangzhou", "hang zhou shi", "330000", "", ""],
    ["330106", "330106", "county", "西湖区", "", "xi hu qu", "330100", "", ""],
    ["330184", "330184", "county", "余杭市", "", "yu hang shi", "330100", "1995-01-01", "2000-12-31"],
    ["330110", "330110", "county", "余杭区", "", "yu hang qu", "330100", "2001-01-01", ""],
    ["330106109", "330106109", "township", "三墩镇", "", "san dun zhen", "330106", "", ""],
]
ZONES: Rows = [
    [
        "yunqi-xiaozhen",
        "云栖小镇",
        "",
        "zone",
        "330106",
        "yun qi xiao zhen",
        "西湖云栖小镇|云栖",
        "",
        "",
        "In 转塘.",
    ],
]
SUCCESSIONS: Rows = [["330184", "330110", "2001-01-01", "upgraded"]]
TIERS: Rows = [["330100", "sub_provincial", "1994", "", ""], ["330100", "provincial_capital", "", "", ""]]
ALIASES: Rows = [["330100", "Hangchow", "english", "Former spelling"]]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write(tmp_path, "gazetteer.csv", PLACES)
    write(tmp_path, "zones.csv", ZONES)
    write(tmp_path, "successions.csv", SUCCESSIONS)
    write(tmp_path, "tiers.csv", TIERS)
    write(tmp_path, "aliases.csv", ALIASES)
    return tmp_path


def write(directory: Path, name: str, rows: Rows) -> None:
    with (directory / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS[name], *rows])


def changed(rows: Rows, identifier: str, **values: str) -> Rows:
    """Return gazetteer rows in which the row with this identifier has other values."""
    columns = COLUMNS["gazetteer.csv"]
    return [
        [values.get(column, value) for column, value in zip(columns, row, strict=True)]
        if row[0] == identifier
        else row
        for row in rows
    ]


def load(directory: Path) -> LoadReport:
    return load_gazetteer(directory, even_if_loaded=True)


@pytest.mark.django_db
def test_a_place_is_stored_with_everything_it_is_found_by(directory: Path) -> None:
    load(directory)

    place = Place.objects.get(slug="330110")
    assert (place.kind, place.level, place.code) == ("place", "county", "330110")
    assert (place.name_zh, place.stem) == ("余杭区", "余杭")
    assert (place.pinyin, place.pinyin_key, place.initials) == ("yu hang qu", "yuhangqu", "yhq")
    assert (place.parent.slug, place.province.slug) == ("330100", "330000")
    assert (str(place.valid_from), place.valid_to) == ("2001-01-01", None)
    assert place.from_gazetteer


@pytest.mark.django_db
def test_provinces_and_countries_stand_in_no_province_and_towns_in_that_of_their_city(
    directory: Path,
) -> None:
    load(directory)

    provinces = dict(Place.objects.values_list("slug", "province__slug"))
    assert (provinces["cn"], provinces["330000"]) == (None, None)
    assert (provinces["330106109"], provinces["yunqi-xiaozhen"]) == ("330000", "330000")


@pytest.mark.django_db
def test_a_loaded_place_equals_one_that_was_saved_by_hand(directory: Path) -> None:
    load(directory)
    fields = [field.name for field in Place._meta.concrete_fields]

    for place in Place.objects.all():
        before = {name: getattr(place, name) for name in fields}
        place.save()
        assert {name: getattr(place, name) for name in fields} == before


@pytest.mark.django_db
def test_successions_tiers_and_aliases_are_loaded_and_zones_bring_their_aliases(directory: Path) -> None:
    load(directory)

    assert [str(link) for link in Succession.objects.all()] == ["余杭市 → 余杭区"]
    assert set(PlaceTier.objects.values_list("tier", "from_year")) == {
        ("sub_provincial", 1994),
        ("provincial_capital", None),
    }
    assert set(Alias.objects.values_list("subject__slug", "text")) == {
        ("330100", "Hangchow"),
        ("yunqi-xiaozhen", "西湖云栖小镇"),
        ("yunqi-xiaozhen", "云栖"),
    }


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_leaves_no_history(directory: Path) -> None:
    load(directory)
    before = list(Place.objects.order_by("pk").values())

    report = load(directory)

    assert report.changed == 0
    assert report.places.unchanged == len(PLACES) + len(ZONES)
    assert list(Place.objects.order_by("pk").values()) == before
    assert not Place.history.exists()


@pytest.mark.django_db
def test_files_that_were_loaded_last_are_not_read_again(directory: Path) -> None:
    load_gazetteer(directory)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load_gazetteer(directory)

    assert report.skipped
    assert len(queries) == 1


@pytest.mark.django_db
def test_changed_files_are_read_again_and_only_what_differs_is_written(directory: Path) -> None:
    load_gazetteer(directory)
    write(directory, "gazetteer.csv", changed(PLACES, "330106", name_en="West Lake"))

    report = load_gazetteer(directory)

    assert (report.skipped, report.places.updated, report.places.inserted) == (False, 1, 0)
    assert Place.objects.get(slug="330106").name_en == "West Lake"


@pytest.mark.django_db
def test_a_new_place_can_stand_under_an_old_one_and_an_old_one_move_under_a_new(directory: Path) -> None:
    load(directory)
    moved = changed(PLACES, "330106109", parent="330118")
    write(
        directory,
        "gazetteer.csv",
        [*moved, ["330118", "330118", "county", "新区", "", "xin qu", "330100", "", ""]],
    )

    report = load(directory)

    assert (report.places.inserted, report.places.updated) == (1, 1)
    assert Place.objects.get(slug="330106109").parent.slug == "330118"


@pytest.mark.django_db
def test_a_place_that_somebody_edited_is_left_to_them(directory: Path) -> None:
    load(directory)
    place = Place.objects.get(slug="330106")
    place.name_en = "Xihu (West Lake)"
    place.save()
    write(directory, "gazetteer.csv", changed(PLACES, "330106", name_en="West Lake"))

    report = load(directory)

    assert report.places.left_to_people == 1
    assert Place.objects.get(slug="330106").name_en == "Xihu (West Lake)"


@pytest.mark.django_db
def test_a_place_that_somebody_entered_stays_even_under_an_identifier_of_the_files(directory: Path) -> None:
    write(directory, "gazetteer.csv", PLACES[:3])
    (directory / "zones.csv").unlink()
    (directory / "successions.csv").unlink()
    load(directory)
    hangzhou = Place.objects.get(slug="330100")
    Place.objects.create(slug="330106", name_zh="西湖新区", level="zone", parent=hangzhou)
    Place.objects.create(slug="my-zone", name_zh="某某园区", level="zone", parent=hangzhou)
    write(directory, "gazetteer.csv", PLACES)

    load(directory)

    assert Place.objects.get(slug="330106").name_zh == "西湖新区"
    assert Place.objects.filter(slug="my-zone").exists()


@pytest.mark.django_db
def test_what_somebody_deleted_does_not_come_back(directory: Path) -> None:
    load(directory)
    Alias.objects.get(text="云栖").delete()
    Place.objects.get(slug="330106109").delete()

    load(directory)

    assert not Alias.objects.filter(text="云栖").exists()
    assert not Place.objects.filter(slug="330106109").exists()


@pytest.mark.django_db
def test_a_tier_or_alias_that_somebody_edited_is_left_to_them(directory: Path) -> None:
    load(directory)
    tier = PlaceTier.objects.get(tier="sub_provincial")
    tier.note = "By decision of 1994"
    tier.save()
    write(directory, "tiers.csv", [["330100", "sub_provincial", "1994", "", "Changed"], *TIERS[1:]])

    report = load(directory)

    assert report.tiers.left_to_people == 1
    assert PlaceTier.objects.get(tier="sub_provincial").note == "By decision of 1994"


@pytest.mark.django_db
def test_when_a_code_gets_a_new_holder_the_old_place_keeps_its_row(directory: Path) -> None:
    load(directory)
    old = Place.objects.get(slug="330106")
    town = Place.objects.get(slug="330106109")
    rows = changed(PLACES, "330106", id="330106-2030", valid_to="2030-12-31")
    rows += [["330106", "330106", "county", "湖滨区", "", "hu bin qu", "330100", "2031-01-01", ""]]
    write(directory, "gazetteer.csv", rows)
    write(directory, "successions.csv", [*SUCCESSIONS, ["330106-2030", "330106", "2031-01-01", "renamed"]])

    load(directory)

    old.refresh_from_db()
    assert (old.slug, old.name_zh, str(old.valid_to)) == ("330106-2030", "西湖区", "2030-12-31")
    new = Place.objects.get(slug="330106")
    assert (new.name_zh, new.pk != old.pk) == ("湖滨区", True)
    assert [link.successor for link in old.succeeded_by.all()] == [new]
    town.refresh_from_db()
    assert town.parent == new


@pytest.mark.django_db
def test_an_identifier_of_an_organisation_is_refused(directory: Path) -> None:
    Organisation.objects.create(slug="yunqi-xiaozhen", name_zh="某公司")

    with pytest.raises(BadGazetteerFile, match=r"zones\.csv, row 2, column id"):
        load(directory)

    assert not Place.objects.exists()


@pytest.mark.parametrize(("values", "complaint"), [
    ({"valid_from": "2017-13-01"}, "column valid_from: not a date: '2017-13-01'"),
    ({"valid_from": "2017-01-01", "valid_to": "2016-12-31"}, "column valid_to: 2016-12-31 lies before valid_from"),
    ({"parent": "339999"}, "column parent: no place has the id '339999'"),
    ({"parent": ""}, "column parent: no place has the id ''"),
    ({"parent": "330106109"}, "column parent: a county cannot belong to a township"),
    ({"level": "country"}, "column parent: a country has no parent"),
    ({"level": "city"}, "column level: unknown level 'city'"),
    ({"code": "33010"}, "column code: 6 or 9 digits expected"),
    ({"name_zh": " "}, "column name_zh: a name is needed"),
    ({"id": "West Lake"}, "column id: small letters, digits and hyphens expected"),
    ({"id": "330100"}, "column id: 330100 stands in gazetteer.csv, row 4 too"),
])  # fmt: skip
def test_a_bad_place_is_refused_with_row_and_column(
    directory: Path, values: dict[str, str], complaint: str
) -> None:
    write(directory, "gazetteer.csv", changed(PLACES, "330106", **values))

    assert f"gazetteer.csv, row 5, {complaint}" in refusal(directory)


@pytest.mark.parametrize(("name", "rows", "complaint"), [
    ("gazetteer.csv", [*PLACES[:3], ["330106"], *PLACES[4:]], "row 5, column -: 1 values instead of 9"),
    ("zones.csv", [ZONES[0], ZONES[0]], "row 3, column id: yunqi-xiaozhen stands in zones.csv, row 2 too"),
    ("successions.csv", [["330184", "330110", "2001", "upgraded"]], "row 2, column date: cannot be read: '2001'"),
    ("successions.csv", [["330184", "330110", "", "became"]], "row 2, column kind: unknown kind 'became'"),
    ("successions.csv", [["330184", "330184", "", "renamed"]], "row 2, column successor: a place does not"),
    ("successions.csv", [*SUCCESSIONS, *SUCCESSIONS], "row 3, column successor: the same as successions.csv, row 2"),
    ("tiers.csv", [["330100", "sub_provincial", "old", "", ""]], "row 2, column from_year: cannot be read: 'old'"),
    ("tiers.csv", [["339999", "sub_provincial", "", "", ""]], "row 2, column place: no place has the id '339999'"),
    ("aliases.csv", [["330100", "Hangchow", "nickname", ""]], "row 2, column kind: unknown kind 'nickname'"),
])  # fmt: skip
def test_a_bad_file_is_refused_with_file_row_and_column(
    directory: Path, name: str, rows: Rows, complaint: str
) -> None:
    write(directory, name, rows)

    assert f"{name}, {complaint}" in refusal(directory)


def test_two_current_holders_of_one_code_are_refused(directory: Path) -> None:
    write(directory, "gazetteer.csv", changed(PLACES, "330106", code="330110"))

    assert "gazetteer.csv, row 7, column code: 330110 has another current holder in row 5" in refusal(
        directory
    )


def refusal(directory: Path) -> str:
    with pytest.raises(BadGazetteerFile) as error:
        read(directory)
    return str(error.value)


def test_a_wrong_header_is_named(directory: Path) -> None:
    text = (directory / "tiers.csv").read_text(encoding="utf-8")
    (directory / "tiers.csv").write_text(text.replace("from_year", "since"), encoding="utf-8")

    with pytest.raises(
        BadGazetteerFile, match=r"tiers\.csv, row 1, column since: the header must be place,tier,from_year"
    ):
        read(directory)


def test_only_the_places_must_be_there(directory: Path) -> None:
    for name in ("zones.csv", "successions.csv", "tiers.csv", "aliases.csv"):
        (directory / name).unlink()
    assert len(read(directory).places) == len(PLACES)

    (directory / "gazetteer.csv").unlink()
    with pytest.raises(BadGazetteerFile, match=r"gazetteer\.csv, row 1, column -: the file is not there"):
        read(directory)


def test_no_more_than_twenty_problems_are_listed(directory: Path) -> None:
    write(directory, "aliases.csv", [["339999", f"name {number}", "short", ""] for number in range(50)])

    with pytest.raises(BadGazetteerFile, match="and 30 more") as error:
        read(directory)

    assert len(error.value.problems) == 20


@pytest.mark.django_db
def test_nothing_is_written_when_a_file_is_bad(directory: Path) -> None:
    write(directory, "aliases.csv", [["339999", "nowhere", "short", ""]])

    with pytest.raises(CommandError, match=r"aliases\.csv, row 2, column place"):
        call_command("load_gazetteer", directory=directory)

    assert not Place.objects.exists()


@pytest.mark.django_db
def test_the_command_says_what_it_did_and_what_it_skipped(directory: Path) -> None:
    first, second, silent = StringIO(), StringIO(), StringIO()
    call_command("load_gazetteer", directory=directory, stdout=first)
    call_command("load_gazetteer", directory=directory, stdout=second)
    call_command("load_gazetteer", directory=directory, verbosity=0, stdout=silent)

    assert "places: 8 new, 0 updated, 0 unchanged, 0 left to people" in first.getvalue()
    assert second.getvalue() == "Gazetteer: these files are loaded already.\n"
    assert silent.getvalue() == ""


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_files(
    directory: Path, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    towns = [
        [f"3301061{n:02}", f"3301061{n:02}", "township", f"第{n}镇", "", "di zhen", "330106", "", ""]
        for n in range(9)
    ]
    with CaptureQueriesContext(connection) as few:
        load(directory)
    write(directory, "gazetteer.csv", [*PLACES, *(row for row in towns if row[0] != "330106109")])

    with django_assert_max_num_queries(len(few)):
        load(directory)
