"""`manage.py check_translations` finds what a Chinese reader would meet in English."""

import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from cityrank.registry.management.commands import check_translations


@pytest.fixture
def catalogue(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one template and one complete, compiled catalogue."""
    for name in check_translations.CODE:
        (tmp_path / name).mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Winners" %}', encoding="utf-8"
    )
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    settings.LOCALE_PATHS, settings.BASE_DIR = [tmp_path / "locale"], tmp_path
    write(path, polib.POEntry(msgid="Winners", msgstr="获奖者"))
    return path


def write(path: Path, *entries: polib.POEntry, compiled: bool = True) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.extend(entries)
    catalogue.save(str(path))
    if compiled:
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def faults(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(CommandError):
        call_command("check_translations")
    return capsys.readouterr().err


def test_a_complete_and_compiled_catalogue_passes(catalogue: Path) -> None:
    call_command("check_translations")


def test_an_untranslated_text_is_a_fault(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(catalogue, polib.POEntry(msgid="Winners", msgstr=""))
    assert "untranslated: 'Winners'" in faults(capsys)


def test_a_fuzzy_translation_is_a_fault(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(catalogue, polib.POEntry(msgid="Winners", msgstr="胜者", flags=["fuzzy"]))
    assert "fuzzy: 'Winners'" in faults(capsys)


def test_a_compiled_file_that_says_something_else_is_a_fault(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(catalogue, polib.POEntry(msgid="Winners", msgstr="获奖名单"), compiled=False)
    assert "make compile-messages" in faults(capsys)
    call_command("check_translations", "--compile")
    call_command("check_translations")


@pytest.mark.skipif(not shutil.which("xgettext"), reason="only gettext can say what the code asks for")
def test_a_text_that_was_never_collected_is_a_fault(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(catalogue, polib.POEntry(msgid="Another", msgstr="别的"))
    assert "not in any catalogue: 'Winners'" in faults(capsys)


def test_a_project_without_a_catalogue_does_not_pass(catalogue: Path) -> None:
    catalogue.unlink()
    with pytest.raises(CommandError, match="make messages"):
        call_command("check_translations")
