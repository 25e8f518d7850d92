"""The command that imports a bulletin, as somebody in a terminal or a script sees it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from awards.models import Edition, Recipient
from cityrank.exchange.models import BulletinReading
from cityrank.publishing.models import Contribution
from tests.exchange.bulletin.texts import ANSWERS, BULLETIN, places
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    places()
    path = tmp_path / "bulletin.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"answers": ANSWERS}), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    """Return exit code and what was printed; a CommandError counts as what it prints."""
    out = StringIO()
    try:
        call_command("import_bulletin", *map(str, arguments), "--language", "en", stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, str(error)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_open_questions_are_listed_and_nothing_is_written(file: Path) -> None:
    code, said = run(file)

    assert code == 1
    assert "place:most-influential:2:吉林" in said
    assert "220200" in said
    assert not Edition.objects.exists()
    assert not BulletinReading.objects.exists()


def test_an_answers_file_is_written_filled_in_and_read(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    assert run(file, "--write-answers", path)[0] == 1
    text = path.read_text(encoding="utf-8")
    for key, value in ANSWERS.items():
        text = text.replace(f'"{key}" = ""', f'"{key}" = "{value}"')
    path.write_text(text, encoding="utf-8")

    assert run(file, "--answers", path, "--dry-run")[0] == 0
    assert not Edition.objects.exists()
    code, said = run(file, "--answers", path)
    assert (code, Recipient.objects.count()) == (0, 3)
    assert "2019, release 1" in said


def test_an_answers_file_that_is_there_is_not_written_over(file: Path, answers: Path) -> None:
    before = answers.read_bytes()
    assert run(file, "--write-answers", answers)[0] == 2
    assert answers.read_bytes() == before
    assert run(file, "--answers", answers, "--write-answers", answers, "--dry-run")[0] == 0
    assert json.loads(answers.read_text(encoding="utf-8"))["answers"] == ANSWERS


def test_json_is_the_whole_report_with_the_result(file: Path, answers: Path) -> None:
    code, said = run(file, "--json")
    assert (code, json.loads(said)["result"]) == (1, {"state": "questions"})
    code, said = run(file, "--answers", answers, "--json")

    data = json.loads(said)
    assert (code, data["result"]) == (0, {"state": "written", "edition": "2019", "release": 1})
    assert data["counts"]["recipients"] == 3
    assert data["document"]["characters_unaccounted"] == 0


def test_whoever_imports_is_an_author(file: Path, answers: Path) -> None:
    person = accounts.user("publisher", "mei")
    run(file, "--answers", answers, "--by", "mei")

    assert Contribution.objects.filter(person=person).exists()
    assert BulletinReading.objects.get().uploaded_by == person


@pytest.mark.parametrize("who", ["nobody", "evaluator"])
def test_who_is_not_there_or_may_not_is_refused(file: Path, answers: Path, who: str) -> None:
    accounts.user("evaluator")
    assert run(file, "--answers", answers, "--by", who)[0] == 2
    assert not Edition.objects.exists()


def test_the_same_file_again_says_where_it_went(file: Path, answers: Path) -> None:
    run(file, "--answers", answers)
    Edition.objects.update(label="2018")  # otherwise the edition would be asked about first
    code, said = run(file, "--answers", answers)

    assert code == 2
    assert "2018" in said
    assert BulletinReading.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4"])
def test_a_file_that_is_no_bulletin_is_refused_with_its_name(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    code, said = run(file)

    assert code == 2
    assert "bulletin.txt" in said


def test_a_missing_file_and_wrong_answers_are_refused(file: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "missing.txt")[0] == 2
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[answers]\n"count:smart-small-towns-50" = "maybe"\n', encoding="utf-8")
    code, said = run(file, "--answers", wrong)

    assert code == 2
    assert "wrong.toml, line 2" in said


def test_compared_with_an_edition_file_nothing_stays_behind(
    file: Path, answers: Path, tmp_path: Path
) -> None:
    edition = tmp_path / "edition.toml"
    edition.write_text("not toml", encoding="utf-8")

    assert run(file, "--answers", answers, "--compare", edition)[0] == 2
    assert not Edition.objects.exists()
