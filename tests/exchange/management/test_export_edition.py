"""Editions out and in, as whoever types a command or reads its exit code sees it."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from awards.models import Edition, Release
from cityrank.exchange.formats import FORMATS
from cityrank.exchange.management.commands import export_edition, import_edition
from cityrank.exchange.management.progress import Terminal
from tests.factories import accounts, awards

pytestmark = pytest.mark.django_db


def export(*args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("export_edition", *args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def take(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_edition", str(path), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def refused(command: Any, *args: Any, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as error:
        command(*args, **options)
    return error.value


def test_without_options_the_current_release_becomes_a_package_here(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = export("2017-2018")
    assert "release 1 (published)" in told
    assert [path.name for path in tmp_path.iterdir()] == ["cityrank-2017-2018-release-1.zip"]


def test_json_tells_the_file_and_how_many_rows_each_table_has(release: Release, tmp_path: Path) -> None:
    told = json.loads(export("2017-2018", output=tmp_path / "x.zip", as_json=True))
    assert (told["edition"], told["release"], told["format"]) == ("2017-2018", 1, "package")
    assert told["rows"]["recipients"] == 1
    assert told["bytes"] == (tmp_path / "x.zip").stat().st_size


def test_a_workbook_has_headings_in_the_language_asked_for(release: Release, tmp_path: Path) -> None:
    export("2017-2018", format="xlsx", language="en", output=tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book["recipients"]["C1"].value == "name as printed"
    export("2017-2018", format="xlsx", output=tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx")["recipients"]["C1"].value == "printed_name"


def test_csv_files_stand_in_a_zip_and_open_in_a_spreadsheet(release: Release, tmp_path: Path) -> None:
    export("2017-2018", format="csv", language="en", output=tmp_path / "x.zip")
    with ZipFile(tmp_path / "x.zip") as archive:
        content = archive.read("scores.csv")
    assert content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0]["printed score"] == "90.00"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_bytes_again_and_keeps_drafts_in_the_office(
    draft: Release, tmp_path: Path, name: str
) -> None:
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        export("2017-2018", format=name, output=path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    error = refused(export, "2017-2018", format=name, release=2, output=tmp_path / "draft")
    assert error.returncode == 2
    assert not (tmp_path / "draft").exists()
    export("2017-2018", format=name, release=2, office=True, output=tmp_path / "draft")
    assert (tmp_path / "draft").stat().st_size > 0


@pytest.mark.parametrize(
    ("args", "options", "words"),
    [(["1999"], {}, "There are: 2017-2018"), (["2017-2018"], {"release": 9}, "no release 9")],
)
def test_what_is_not_there_ends_with_code_2(release: Release, args: list, options: dict, words: str) -> None:
    error = refused(export, *args, **options)
    assert error.returncode == 2
    assert words in str(error)


def test_an_edition_without_a_public_release_needs_a_word_more(db: None, tmp_path: Path) -> None:
    awards.empty_draft()
    assert "--office" in str(refused(export, "2017-2018"))
    assert "(draft)" in export("2017-2018", office=True, output=tmp_path / "x.zip")


def test_a_file_that_cannot_be_written_ends_with_code_1_and_leaves_nothing(
    release: Release, tmp_path: Path
) -> None:
    assert refused(export, "2017-2018", output=tmp_path / "nowhere" / "x.zip").returncode == 1
    (tmp_path / "folder").mkdir()
    assert refused(export, "2017-2018", output=tmp_path / "folder").returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


# --- and back ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def exported(release: Release, tmp_path: Path) -> Path:
    path = tmp_path / "x.zip"
    export("2017-2018", output=path)
    return path


def test_a_package_comes_in_as_a_draft(exported: Path) -> None:
    assert "release 2 of 2017-2018, a draft" in take(exported)
    assert Release.objects.get(number=2).status == "draft"


def test_a_dry_run_stores_nothing(exported: Path) -> None:
    told = json.loads(take(exported, dry_run=True, as_json=True))
    assert (told["stored"], told["release"], told["rows"]["recipients"]) == (False, 2, 1)
    assert Release.objects.count() == 1


def test_whoever_imports_must_be_known_and_be_allowed_to(exported: Path) -> None:
    assert refused(take, exported, by="nobody").returncode == 2
    accounts.user("auditor")
    assert refused(take, exported, by="auditor").returncode == 1
    accounts.user("publisher")
    take(exported, by="publisher")
    assert Release.objects.get(number=2).contributions.get().person.username == "publisher"


def test_faults_are_told_as_text_and_as_data(exported: Path) -> None:
    with ZipFile(exported) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["data/scores.csv"] = files["data/scores.csv"].replace(b"90.00", b"ninety")
    with ZipFile(exported, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    error = refused(take, exported, language="en")
    assert error.returncode == 1
    assert "data/scores.csv, row 2, column printed_score: Write a number" in str(error)

    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_edition", str(exported), as_json=True, stdout=out, stderr=io.StringIO())
    fault = json.loads(out.getvalue())["faults"][0]
    assert (fault["file"], fault["row"], fault["column"]) == ("data/scores.csv", 2, "printed_score")


def test_a_file_that_cannot_be_read_ends_with_code_2_and_no_package_with_1(db: None, tmp_path: Path) -> None:
    assert refused(take, tmp_path / "none.zip").returncode == 2
    (tmp_path / "text.zip").write_text("text")
    assert refused(take, tmp_path / "text.zip").returncode == 1


def test_an_edition_comes_into_an_empty_database(exported: Path) -> None:
    with transaction.atomic():
        Edition.objects.filter(label="2017-2018").update(label="2016")
        assert "release 1 of 2017-2018" in take(exported)
        transaction.set_rollback(True)


@pytest.mark.parametrize("module", [export_edition, import_edition])
def test_the_help_tells_exit_codes_and_examples(module: Any) -> None:
    told = module.Command().create_parser("manage.py", "command").format_help()
    assert "exit codes:" in told
    assert "examples:" in told
    assert all(name in told for name in ("--json", "--language"))


def test_progress_is_shown_on_a_terminal_and_nowhere_else() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen, pipe = Screen(), io.StringIO()
    for stream in (screen, pipe):
        terminal = Terminal(stream)
        terminal("scores", 45_000)
        terminal.done()
    assert "scores: 45,000" in screen.getvalue()
    assert pipe.getvalue() == ""
