"""The one style sheet of the public pages, put together from the files in `styles/` in the order of their names.

A reader's browser fetches one file; whoever works on it finds one file for each part of the site. Static files are
found here by `runserver`, by WhiteNoise in development and by `collectstatic`, so nobody has to build anything. For
tables on the pages of others there is the same sheet in a light and in a dark theme.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

from cityrank.pages import theming


def composed() -> str:
    """Return the text of the sheet, without what only those read who work on it: comments and indents."""
    parts = sorted((settings.BASE_DIR / "styles").glob("*.css"))
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


SHEETS: dict[str, Callable[[str], str]] = {
    "css/cityrank.css": str,
    "css/cityrank-light.css": theming.light,
    "css/cityrank-dark.css": theming.dark,
}


class OneSheet(BaseFinder):
    """Finds `css/cityrank.css` and its themes, which are written to `var/` whenever a part has changed."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in SHEETS:
            return []
        found = str(self._written(path))
        return [found] if find_all else found

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path in SHEETS:
            self._written(path)
            yield path, FileSystemStorage(self._folder())

    def _folder(self) -> Path:
        return Path(settings.VAR_DIR) / "composed"

    def _written(self, path: str) -> Path:
        file, text = self._folder() / path, SHEETS[path](composed())
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Renamed into place: another process may be reading it.
            fresh = file.with_suffix(f".{id(self)}.new")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)
        return file
