"""A process that is killed in the middle of an import leaves nothing half-saved, and the next one succeeds."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cityrank.exchange.importing import open_import, preview
from cityrank.exchange.models import Import
from scores.models import Ranking
from tests.exchange.tabular import empty_table, imported, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
ROOT = Path(__file__).parents[2]
HEADINGS = ("名次", "城市", "得分")
BEFORE = text_of([HEADINGS, (1, "杭州", "90.00"), (2, "宁波", "80.00")])
FILE = text_of(
    [HEADINGS, (1, "杭州", "91.20"), (2, "宁波", "88.50"), (3, "温州", "80.00"), (4, "台州", "70.00")]
)

# What the other process does; it says where it is, and waits there to be killed.
PROGRAM = """
import os, sys, time
import django
from django.conf import settings
settings.MEDIA_ROOT = os.environ["KEPT_FILES"]
django.setup()
from cityrank.exchange.importing import apply_import, preview
from cityrank.exchange.models import Import
from cityrank.exchange.planning import storing
from scores.models import Ranking, Score

storing._PIECE = 1
import_ = Import.objects.latest("pk")

def count():
    ranking = Ranking.objects.get()
    rows = sorted(f"{row.position}{row.printed_name}{row.shown_score}" for row in Score.objects.all())
    print(import_.rows.count(), ranking.state, Score.history.count(), *rows, flush=True)

def wait(done, total):
    if done == total - int(sys.argv[2]):
        print("here", flush=True)
        time.sleep(600)

match sys.argv[1]:
    case "preview": preview(import_, wait)
    case "apply": apply_import(import_, None, wait)
    case "count": count()
    case "again": apply_import(preview(import_), None); count()
    case "finish": apply_import(import_, None); count()
"""


@pytest.fixture
def database(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """A function that starts the program on a copy of the test's database, or on PostgreSQL on the database itself."""
    settings.MEDIA_ROOT = tmp_path / "media"
    started: list[subprocess.Popen] = []
    file = tmp_path / "copy.sqlite3"

    def start(*arguments: str) -> subprocess.Popen:
        if connection.vendor == "sqlite" and not file.exists():
            with sqlite3.connect(file) as copy:
                connection.connection.backup(copy)
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{file}" if connection.vendor == "sqlite" else address(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "KEPT_FILES": str(tmp_path / "media"),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", PROGRAM, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def address() -> str:
    values = connection.settings_dict
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    return f"postgres://{values['USER']}{password}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def kill_at(process: subprocess.Popen) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def said(process: subprocess.Popen) -> str:
    assert process.stdout is not None
    return process.communicate(timeout=120)[0].strip()


OLD = "1杭州90.00 2宁波80.00"
NEW = "1杭州91.20 2宁波88.50 3温州80.00 4台州70.00"


@pytest.fixture
def table(database: Any) -> Ranking:
    made = empty_table()
    imported(BEFORE, made)
    return made


@pytest.mark.parametrize("rows_left", ["4", "2", "0"], ids=["at the begin", "after the changed", "after all"])
def test_killed_while_it_writes(table: Ranking, database: Any, rows_left: str) -> None:
    import_, _new = open_import("scores", FILE, by=None, release=table.release, into=table)
    preview(import_)
    kill_at(database("apply", rows_left))
    assert said(database("count", "0")) == f"4 partial 2 {OLD}"
    assert said(database("finish", "0")) == f"4 complete 6 {NEW}"


def test_killed_while_it_reads(table: Ranking, database: Any) -> None:
    open_import("scores", FILE, by=None, release=table.release, into=table)
    kill_at(database("preview", "2"))
    assert said(database("count", "0")) == f"2 partial 2 {OLD}"
    assert said(database("again", "0")) == f"4 complete 6 {NEW}"
    assert Import.objects.count() == 2
