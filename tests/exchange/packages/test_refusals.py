"""What is no package, or has something wrong in it, is refused with a sentence, and nothing of it is kept."""

import io
import json
from contextlib import suppress
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Award, Edition, Line, Release
from cityrank.exchange.packages import BadPackage, read_package, write_package
from cityrank.publishing.models import Contribution, Move
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Alias, Organisation, Place, Subject
from tests.factories import accounts, awards, registry

pytestmark = pytest.mark.django_db

Files = dict[str, bytes]


@pytest.fixture
def files() -> Files:
    """The files of a package of an edition that is not in the database any more; its subjects are."""
    release = awards.published_edition("2015")
    file = io.BytesIO()
    write_package(release, file)
    with ZipFile(file) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return {name: content.replace(b"2015", b"2014") for name, content in found.items()}


def packed(files: Files, folder: str = "") -> io.BytesIO:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return file


def counts() -> list[int]:
    kinds = (Edition, Release, Award, Subject, Place, Organisation, Alias, Line, Move, Contribution)
    return [kind.objects.count() for kind in kinds]


def faults(file: io.BytesIO) -> list[tuple[str, int, str]]:
    """Return where the faults are; nothing may be kept of the file, and every fault has a sentence."""
    before = counts()
    with pytest.raises(BadPackage) as refused:
        read_package(file)
    assert counts() == before
    assert all(fault.sentence.strip().endswith((".", "。", "?", "？")) for fault in refused.value.faults)
    return [(fault.file, fault.row, fault.column) for fault in refused.value.faults]


def test_a_package_becomes_a_draft(files: Files) -> None:
    draft = read_package(packed(files))
    assert (draft.edition.label, draft.number, draft.status) == ("2014", 1, "draft")
    assert draft.awards.get().recipients.get().printed_name == "第1镇"
    assert Move.objects.filter(release=draft).get().action == "start"


def test_whoever_takes_it_over_is_an_author_and_needs_the_right_to_start_a_draft(files: Files) -> None:
    with pytest.raises(Refused):
        read_package(packed(files), accounts.user("auditor"))
    publisher = accounts.user("publisher")
    draft = read_package(packed(files), publisher)
    assert list(Contribution.objects.filter(release=draft).values_list("person", flat=True)) == [publisher.pk]


def test_a_folder_around_the_files_does_no_harm(files: Files) -> None:
    assert read_package(packed(files, "results of 2014/")).edition.label == "2014"


def test_a_second_draft_is_refused_while_one_is_open(files: Files) -> None:
    read_package(packed(files))
    with pytest.raises(Refused):
        read_package(packed(files))


def test_what_the_registry_has_is_left_alone(files: Files) -> None:
    Organisation.objects.filter(slug="institute").update(website="https://own.example/")
    read_package(packed(files))
    assert Organisation.objects.get(slug="institute").website == "https://own.example/"


def test_another_subject_under_the_same_identifier_is_not_taken_for_it(files: Files) -> None:
    Subject.objects.filter(slug="institute").update(name_zh="另一家")
    assert [(file, column) for file, _row, column in faults(packed(files))] == [
        ("data/subjects.csv", "name_zh")
    ]
    Alias.objects.create(subject=Subject.objects.get(slug="institute"), text="研究院")
    assert read_package(packed(files)).is_editable


# What is changed in which file, and where the fault is found.
WRONG = [
    ("data/recipients.csv", "award-1,1,", "award-1,one,", ("data/recipients.csv", 2, "position")),
    ("data/recipients.csv", "award-1,1,", "award-9,1,", ("data/recipients.csv", 2, "award")),
    ("data/recipients.csv", "award-1,1,", ",1,", ("data/recipients.csv", 2, "award")),
    ("data/recipients.csv", "award-1,1,", "award-1,1,x,", ("data/recipients.csv", 2, "")),
    ("data/recipients.csv", "position", "rank", ("data/recipients.csv", 1, "rank")),
    ("data/scores.csv", ",90.00,", ",ninety,", ("data/scores.csv", 2, "printed_score")),
    ("data/scores.csv", ",90.00,", ",,", ("data/scores.csv", 2, "")),
    ("data/scores.csv", ",90.00,", ",99999999999999.00,", ("data/scores.csv", 2, "printed_score")),
    ("data/scores.csv", ",final,", ",finished,", ("data/scores.csv", 2, "status")),
    ("data/edition.csv", "2018-07-30", "2018-02-30", ("data/edition.csv", 2, "announced_on")),
    ("data/edition.csv", "2014,1,2014", "14,1,2014", ("data/edition.csv", 2, "edition")),
    ("data/edition.csv", "2014,1,2014,2014", "2014,1,2014,2013", ("data/edition.csv", 2, "edition")),
    ("data/averages.csv", "64.34", "6,4.34", ("data/averages.csv", 2, "")),
    ("data/averages.csv", ",20,", ",-20,", ("data/averages.csv", 2, "top_n")),
    ("data/organisers.csv", ",institute", ",330106", ("data/organisers.csv", 2, "organisation")),
    ("data/sources.csv", "bulletin,", "bull etin,", ("data/sources.csv", 2, "key")),
    ("data/rankings.csv", "cities-50,8,1,", "cities-50,77,1,", ("data/rankings.csv", 2, "series")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "where"), WRONG)
def test_a_fault_is_told_with_file_row_and_column(
    files: Files, name: str, old: str, new: str, where: tuple[str, int, str]
) -> None:
    before = files[name].decode()
    assert old in before
    files[name] = before.replace(old, new, 1).encode()
    assert where in faults(packed(files))


def test_a_row_that_stands_there_twice_is_found(files: Files) -> None:
    lines = files["data/recipients.csv"].splitlines(keepends=True)
    files["data/recipients.csv"] = b"".join([*lines, lines[-1]])
    assert faults(packed(files)) == [("data/recipients.csv", 3, "")]


def test_a_place_above_itself_is_refused(files: Files) -> None:
    Subject.objects.filter(slug="330106101").update(slug="moved")
    files["data/places.csv"] = files["data/places.csv"].replace(b",330106,,", b",330106101,,", 1)
    assert ("data/places.csv", "parent") in {(file, column) for file, _row, column in faults(packed(files))}


@pytest.mark.parametrize(
    "content",
    [b"", b"not a zip", b"PK\x03\x04" + b"\x00" * 60, b"\x00" * 1000],
    ids=["empty", "text", "broken", "zeros"],
)
def test_what_is_no_zip_is_refused(db: None, content: bytes) -> None:
    assert faults(io.BytesIO(content)) == [("", 0, "")]


@pytest.mark.parametrize(
    "described",
    [
        b"{}",
        b"[]",
        b"null",
        b"{",
        b"[" * 100_000,
        b'{"cityrank": {"format": 99}}',
        b'{"cityrank": 1}',
        b"\xff\xfe",
    ],
)
def test_a_description_that_is_not_ours_is_refused(files: Files, described: bytes) -> None:
    assert faults(packed(files | {"datapackage.json": described})) == [("datapackage.json", 0, "")]


def test_a_file_that_is_missing_is_named(files: Files) -> None:
    del files["data/awards.csv"]
    assert faults(packed(files)) == [("data/awards.csv", 0, "")]
    assert faults(packed({})) == [("", 0, "")]


def test_a_file_in_another_encoding_is_named(files: Files) -> None:
    files["data/series.csv"] = files["data/series.csv"].decode().encode("gb18030")
    assert faults(packed(files)) == [("data/series.csv", 0, "")]


def test_a_bomb_is_not_unpacked(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityrank.exchange.packages.opening.MOST_BYTES", 100_000)
    files["data/scores.csv"] = b"0" * 200_000
    assert faults(packed(files)) == [("", 0, "")]


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_says(files: Files) -> None:
    file = packed(files | {"data/scores.csv": b"0" * 5_000_000})
    content = bytearray(file.getvalue())
    lie = (5_000_000).to_bytes(4, "little")
    assert content.count(lie) >= 1
    assert faults(io.BytesIO(bytes(content.replace(lie, (100).to_bytes(4, "little"))))) != []


def test_more_files_than_a_package_has_or_one_name_twice_are_refused(files: Files) -> None:
    assert faults(packed({f"{number}.csv": b"" for number in range(300)})) == [("", 0, "")]
    file = packed(files)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(file, "a") as archive:
        archive.writestr("data/scores.csv", b"")
    assert faults(file) == [("", 0, "")]


def test_an_encrypted_zip_is_refused(files: Files) -> None:
    file = packed(files)
    content = bytearray(file.getvalue())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert faults(io.BytesIO(bytes(content))) == [("", 0, "")]


def test_names_that_lead_out_of_the_zip_lead_nowhere(files: Files, tmp_path: Any) -> None:
    file = packed(files | {"../../escaped.txt": b"x", "/etc/escaped": b"x"})
    with ZipFile(file, "a") as archive:
        link = ZipInfo("data/link.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert read_package(file).edition.label == "2014"


def test_no_change_of_a_package_breaks_the_import(files: Files) -> None:
    """Cut, doubled, exchanged or filled with anything: it is taken over whole or refused with a sentence."""
    names = sorted(name for name in files if name.endswith((".csv", ".json")))

    tricky = [b'"', b",", b"\r\n", b"\x00", b"=", b"-1", "市".encode()]
    before = counts()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        name=st.sampled_from(names),
        where=st.floats(0, 1),
        length=st.integers(0, 40),
        put=st.one_of(st.binary(max_size=12), st.sampled_from(tricky)),
    )
    def whole_or_refused(name: str, where: float, length: int, put: bytes) -> None:
        at = int(where * len(files[name]))
        changed = files[name][:at] + put + files[name][at + length :]
        with transaction.atomic():
            with suppress(BadPackage):
                read_package(packed(files | {name: changed}))
                transaction.set_rollback(True)
                return
            assert counts() == before

    whole_or_refused()


def test_the_description_is_json_that_others_read(files: Files) -> None:
    assert json.loads(files["datapackage.json"])["resources"][0]["name"] == "edition"


def test_a_zone_that_only_the_package_knows_is_entered_with_those_above_it(files: Files) -> None:
    Award.objects.exists()
    slug = registry.town("330106101").slug
    Subject.objects.filter(slug=slug).update(slug="moved", name_zh="别处")
    Place.objects.filter(slug="moved").update(code="")
    draft = read_package(packed(files))
    entered = draft.awards.get().recipients.get().subject.place
    assert (entered.slug, entered.name_zh, entered.parent.slug) == (slug, "第1镇", "330106")
    assert entered.province.slug == "330000"
