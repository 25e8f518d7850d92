"""Drawing with vl-convert, in a process beside this one.

The library needs some 100 MB and a second to start, and brings a whole JavaScript engine. In a process of its own it
costs nothing where nothing has to be drawn, it can be stopped when it takes too long, and if it falls, nothing falls
with it.
"""

import base64
import hashlib
import json
import logging
import subprocess
import sys
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cityrank.charts import worker
from cityrank.charts.chart import Spec
from cityrank.exchange.documents import fonts

log = logging.getLogger(__name__)

# A chart takes some 60 ms; the first one of a process about a second.
SECONDS = 20


class NotDrawn(Exception):
    """The program that draws has failed or taken too long."""


@cache
def edition_of_renderer() -> str:
    """Return what a drawing depends on beside its specification; another one makes all of them anew."""
    font = hashlib.sha256(fonts.REGULAR.read_bytes()).hexdigest()[:16]
    return f"vl-convert {version('vl-convert-python')}, Vega-Lite {worker.VEGA_LITE}, font {font}, cleaning 2"


def svg_of(spec: Spec) -> str:
    """Return the SVG of a specification as the library draws it. Raises `NotDrawn`."""
    return str(_program.ask({"spec": spec})["svg"])


def png_of(svg: str, scale: float = 2) -> bytes:
    """Return a picture of an SVG, `scale` dots to the pixel, in the shipped font. Raises `NotDrawn`."""
    return base64.b64decode(_program.ask({"svg": svg, "scale": scale})["png"])


class _Program:
    """The other process, started when it is first needed and again when it has ended."""

    def __init__(self) -> None:
        self.lock, self.process = threading.Lock(), None  # type: tuple[threading.Lock, subprocess.Popen[str] | None]

    def ask(self, wish: dict[str, Any]) -> dict[str, Any]:
        line = json.dumps(wish) + "\n"
        with self.lock:
            # It may have ended of idleness in the same moment: then once more with a new one.
            said = self._exchange(line) or self._exchange(line)
        if not said:
            raise NotDrawn("The program that draws does not answer.")
        answer: dict[str, Any] = json.loads(said)
        if "error" in answer:
            raise NotDrawn(answer["error"])
        return answer

    def _exchange(self, line: str) -> str:
        process = self._running()
        watch = threading.Timer(SECONDS, process.kill)
        watch.start()
        try:
            assert process.stdin
            assert process.stdout
            process.stdin.write(line)
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return ""
        finally:
            watch.cancel()

    def _running(self) -> "subprocess.Popen[str]":
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, str(Path(worker.__file__)), str(fonts.FOLDER)]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")  # noqa: S603
        return self.process


_program = _Program()
