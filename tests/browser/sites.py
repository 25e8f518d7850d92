"""Whole sites for readers: a server in the settings of production, with a database that was filled by commands.

What the tests in `test_public_*.py` meet is what readers meet: hashed static files, compressed pages, the strict
policy, no page of a debugger.
"""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.factories import bundled

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@dataclass
class Site:
    """A running site: `url` without a slash at its end, and who may show its tables in a frame."""

    url: str
    neighbour: str
    process: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=20)


def write_gazetteer(folder: Path) -> None:
    """Write the gazetteer without most of its townships, which are nine tenths of it."""
    folder.mkdir()
    bundled.write_gazetteer_part(
        folder, more=lambda row: row["level"] != "township" or row["id"].startswith("3301")
    )


def started(folder: Path, *commands: str) -> Site:
    """Fill a database in a folder by commands of manage.py and serve it. `GAZETTEER` stands for the files in it."""
    port, next_door = free_port(), free_port()
    environment = _environment(folder, port, next_door)
    gazetteer = folder / "gazetteer"
    write_gazetteer(gazetteer)
    for command in ("collectstatic --noinput", "migrate", *commands):
        words = [str(gazetteer) if word == "GAZETTEER" else word for word in command.split()]
        _run([sys.executable, "manage.py", *words, "--verbosity", "0"], environment)
    server = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*server, "--workers", "1", "--blocking-threads", "2", "cityrank.wsgi:application"],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    site = Site(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{next_door}", process)
    _wait_for(site, folder)
    return site


def _environment(folder: Path, port: int, next_door: int) -> dict[str, str]:
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "DEBUG": "false",
        "HTTPS": "false",
        "SECRET_KEY": "for-the-browser-tests-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMBED_ORIGINS": f"http://127.0.0.1:{next_door}",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "LOG_LEVEL": "WARNING",
        # The settings of the tests would come along otherwise.
        "DJANGO_SETTINGS_MODULE": "cityrank.settings",
    }
    return {**os.environ, **own}


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stdout}\n{done.stderr}")


def _wait_for(site: Site, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urlopen(site.url, timeout=PATIENCE).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    site.close()
    raise RuntimeError(f"The site did not answer:\n{(folder / 'server.log').read_text()}")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
