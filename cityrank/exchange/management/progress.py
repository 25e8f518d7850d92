"""Progress of a command on the terminal of somebody who waits; a script that reads the output sees nothing of it."""

import time
from typing import IO, Any

WIDTH = 60
# Characters of the bar.
BAR = 24
# Seconds between two notes.
PAUSE = 0.2


class Terminal:
    """Call it with a name and a number, or `bar` where the end is known; `done` clears the line."""

    def __init__(self, stream: Any) -> None:
        # Django wraps the stream; what lies below it knows whether it is a terminal.
        self.stream: IO[str] = getattr(stream, "_out", stream)
        self.listens = bool(getattr(self.stream, "isatty", lambda: False)())
        self.last = 0.0

    def __call__(self, name: str, rows: int) -> None:
        if self.listens and time.monotonic() - self.last >= PAUSE:
            self.last = time.monotonic()
            self._show(f"{name}: {rows:,}")

    def bar(self, name: str, done: int, total: int) -> None:
        """Show how much of a known number is done; its end is shown whenever it comes."""
        if self.listens and (done >= total or time.monotonic() - self.last >= PAUSE):
            self.last = time.monotonic()
            part = min(done / total, 1) if total else 0
            self._show(f"{name} [{'#' * int(part * BAR):<{BAR}}] {part:4.0%}  {done:,}")

    def done(self) -> None:
        if self.listens:
            self._show("")

    def _show(self, text: str) -> None:
        self.stream.write(f"\r{text:<{WIDTH}}\r")
        self.stream.flush()
