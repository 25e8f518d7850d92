"""`make demo-reset` may only ever lose the embedded database."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cityrank.registry.management.commands import drop_database


class Connection:
    """Stands in for Django's: the real one must survive this test."""

    def __init__(self, vendor: str, name: str) -> None:
        self.vendor, self.settings_dict = vendor, {"NAME": name}

    def close(self) -> None:
        pass


@pytest.fixture
def var(tmp_path: Path, settings: object) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    return settings.VAR_DIR


def test_the_embedded_database_goes_with_its_journal_and_nothing_else(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cityrank.sqlite3", "cityrank.sqlite3-wal", "cityrank.sqlite3-shm", "secret-key"):
        (var / name).touch()
    monkeypatch.setattr(drop_database, "connection", Connection("sqlite", str(var / "cityrank.sqlite3")))
    call_command("drop_database")
    assert [path.name for path in var.iterdir()] == ["secret-key"]


def test_a_sqlite_file_elsewhere_is_left_alone_unless_forced(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "precious.sqlite3"
    elsewhere.touch()
    monkeypatch.setattr(drop_database, "connection", Connection("sqlite", str(elsewhere)))
    with pytest.raises(CommandError, match="FORCE=1"):
        call_command("drop_database")
    assert elsewhere.exists()
    call_command("drop_database", "--force")
    assert not elsewhere.exists()


def test_a_database_on_a_server_is_left_alone(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drop_database, "connection", Connection("postgresql", "cityrank"))
    with pytest.raises(CommandError, match="FORCE=1"):
        call_command("drop_database")
