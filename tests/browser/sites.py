"""Whole sites for readers: a server in the settings of production, with a database that was filled by commands.

What the tests in `test_public_*.py` meet is what readers meet: hashed static files, compressed pages, the strict
policy, no page of a debugger.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.factories import bundled

ROOT = Path(__file__).resolve().parents[2]
# In seconds: for a site to answer, and for one command to end, on a machine that does other things too.
PATIENCE = 60
LONGEST_COMMAND = 300
SERVER = (
    "granian --interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 2 cityrank.wsgi:application"
)


@dataclass(frozen=True)
class Site:
    """A running site: `url` without a slash at its end, and who may show its tables in a frame."""

    url: str
    neighbour: str


@dataclass(frozen=True)
class Foundation:
    """Static files as they are served, and a database with tables and places and nothing else."""

    static: Path
    database: Path

    @classmethod
    def laid(cls, folder: Path) -> "Foundation":
        made = cls(folder / "static", folder / "site.sqlite3")
        gazetteer = folder / "gazetteer"
        write_gazetteer(gazetteer)
        environment = _environment(made.database, made.static, folder / "media")
        for command in (
            ["collectstatic", "--noinput"],
            ["migrate"],
            ["load_gazetteer", "--directory", gazetteer],
        ):
            _run([*map(str, command)], environment)
        return made


def write_gazetteer(folder: Path) -> None:
    """Write the gazetteer without most of its townships, which are nine tenths of it."""
    folder.mkdir()
    bundled.write_gazetteer_part(
        folder, more=lambda row: row["level"] != "township" or row["id"].startswith("3301")
    )


@contextmanager
def started(folder: Path, foundation: Foundation, *commands: str) -> Iterator[Site]:
    """Fill a database of its own by commands of manage.py and serve it. Charts are drawn when a page asks for them."""
    port, next_door = free_port(), free_port()
    site = Site(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{next_door}")
    database = folder / "site.sqlite3"
    shutil.copy(foundation.database, database)
    environment = _environment(database, foundation.static, folder / "media")
    environment |= {"SITE_URL": site.url, "EMBED_ORIGINS": site.neighbour}
    for command in commands:
        _run(command.split(), environment)
    log = folder / "server.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *SERVER.split(), "--port", str(port)],
            cwd=ROOT, env=environment, stdout=file, stderr=file,
        )  # fmt: skip
    try:
        _wait_for(site, process, log)
        yield site
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=20)


def _environment(database: Path, static: Path, media: Path) -> dict[str, str]:
    own = {
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "false",
        "HTTPS": "false",
        "SECRET_KEY": "for-the-browser-tests-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(static),
        "MEDIA_ROOT": str(media),
        "LOG_LEVEL": "WARNING",
        # The settings of the tests would come along otherwise.
        "DJANGO_SETTINGS_MODULE": "cityrank.settings",
    }
    return {**os.environ, **own}


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity", "0"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST_COMMAND,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def _wait_for(site: Site, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(site.url, timeout=PATIENCE).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The site did not answer:\n{log.read_text()}")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
