"""The command that imports tables, as somebody in a terminal or a script sees it."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from awards.models import Recipient
from cityrank.exchange.management.progress import Terminal
from cityrank.exchange.models import Import
from cityrank.registry.models import Organisation
from scores.models import Ranking, Score
from tests.factories import accounts, awards, registry, scores

pytestmark = pytest.mark.django_db
GOOD = "名次,城市,得分\n1,杭州,91.20\n2,宁波,90.00\n"
BAD = GOOD + "3,乌有市,89.00\n"
INTO = ("--edition", "2017-2018", "--into", "cities-50")


@pytest.fixture
def table(settings: object, tmp_path: Path) -> Ranking:
    settings.MEDIA_ROOT = tmp_path / "media"
    draft = awards.empty_draft()
    for code, name in {"330100": "杭州市", "330200": "宁波市"}.items():
        registry.place(code, name, "prefecture", registry.zhejiang())
    awards.award(awards.series(draft, 1))
    return scores.ranking(awards.series(draft, 8), state="not_transcribed", cutoff=4)


@pytest.fixture
def file(table: Ranking, tmp_path: Path) -> Path:
    path = tmp_path / "得分.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    """Return exit code and what was printed; a CommandError counts as what it prints."""
    out = io.StringIO()
    try:
        call_command("import_table", *map(str, arguments), "--language", "en", stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, str(error)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def kept_files(settings: object) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_rows_are_written_and_undone_by_their_number(file: Path) -> None:
    code, said = run("scores", file, *INTO)
    number = Import.objects.get().pk

    assert (code, Score.objects.count()) == (0, 2)
    assert "2 new, 0 changed, 0 the same, 0 refused" in said
    assert f"number {number}" in said
    code, said = run("--undo", number)
    assert (code, Score.objects.count()) == (0, 0)
    assert "2 removed" in said


def test_a_dry_run_leaves_nothing_behind(
    file: Path, settings: object, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        code, said = run("scores", file, *INTO, "--dry-run")

    assert (code, "2 new" in said) == (0, True)
    assert (Score.objects.count(), Import.objects.count(), kept_files(settings)) == (0, 0, [])


def test_refused_rows_are_listed_and_hold_up_the_others_unless_partly_is_asked_for(file: Path) -> None:
    file.write_text(BAD, encoding="utf-8")
    code, said = run("scores", file, *INTO)
    assert (code, Score.objects.count(), Import.objects.count()) == (1, 0, 0)
    assert "4  乌有市" in said
    assert "Column B" in said

    code, _said = run("scores", file, *INTO, "--partly")
    assert (code, Score.objects.count()) == (1, 2)


def test_the_same_file_again_changes_nothing(file: Path) -> None:
    run("scores", file, *INTO)
    code, said = run("scores", file, *INTO)

    assert (code, "imported before" in said) == (0, True)
    assert Import.objects.count() == 1
    assert run("scores", file, *INTO, "--again")[0] == 0
    assert Import.objects.count() == 2


def test_the_report_is_one_json_object_with_old_and_new_of_each_change(file: Path) -> None:
    run("scores", file, *INTO)
    file.write_text(BAD.replace("90.00", "90.50"), encoding="utf-8")
    code, said = run("scores", file, *INTO, "--json", "--dry-run")
    report = json.loads(said)

    assert (code, report["state"], report["import"]) == (1, "looked at", None)
    assert report["counts"] == {"new": 0, "changed": 1, "same": 1, "refused": 1}
    changed, refused = report["rows"]
    assert [(one["old"], one["new"]) for one in changed["changes"]] == [("90.00", "90.50")]
    assert (refused["row"], refused["problems"][0]["column"]) == (4, "B")


def test_standard_input_is_read_and_the_registry_needs_no_edition(
    table: Ranking, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "slug,name_zh\nsome-company,某某公司\n".encode("gb18030")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    code, said = run("organisations", "-")

    assert code == 0
    assert "GB18030" in said
    assert Organisation.objects.get().name_zh == "某某公司"


def test_several_awards_are_filled_from_one_file(table: Ranking, tmp_path: Path) -> None:
    path = tmp_path / "winners.csv"
    path.write_text("奖项,城市\nmost-influential,杭州\n", encoding="utf-8")

    assert run("recipients", path, "--edition", "2017-2018")[0] == 0
    assert Recipient.objects.get().subject.slug == "330100"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scores",), "Name the kind"),
        (("scores", "FILE"), "Choose the draft"),
        (("scores", "FILE", "--edition", "1999"), "no draft"),
        (("scores", "FILE", "--edition", "2017-2018", "--into", "nowhere"), "cities-50"),
        (("places", "FILE", "--into", "cities-50"), "--into goes with"),
        (("scores", "nothing-here.csv", *INTO), "nothing-here.csv"),
        (("scores", "FILE", *INTO, "--by", "nobody"), "nobody"),
        (("scores", "FILE", *INTO, "--by", "auditor"), "role"),
        (("--undo", 99), "no import number 99"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence_and_writes_nothing(
    file: Path, arguments: tuple, said: str
) -> None:
    accounts.user("auditor")
    code, message = run(*(file if one == "FILE" else one for one in arguments))

    assert (code, said in message) == (2, True), message
    assert not Import.objects.exists()


def test_a_file_that_cannot_be_read_leaves_no_import(file: Path) -> None:
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    code, message = run("scores", file, *INTO)

    assert (code, "headings" in message) == (2, True)
    assert not Import.objects.exists()


def test_who_imports_is_kept_with_the_import(file: Path, table: Ranking) -> None:
    person = accounts.user("evaluator", "mei")
    accounts.takes_all(table.release, "mei")
    run("scores", file, *INTO, "--by", "mei")
    assert Import.objects.get().by == person


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_and_a_script_nothing() -> None:
    screen, pipe = _Screen(), io.StringIO()
    Terminal(screen).bar("reading", 100, 100)
    Terminal(pipe).bar("reading", 100, 100)

    assert ("100%" in screen.getvalue(), pipe.getvalue()) == (True, "")
