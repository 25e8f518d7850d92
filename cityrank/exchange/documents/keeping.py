"""Files that were made once and are kept, so that a reader does not wait while a document is set.

A file is named by the digest of all that goes into it: what it says, the templates, the program that sets it. What a
correction changes, in the release or in a name of the registry, therefore leads to another file, and an old one is
never served in its place. The files lie below MEDIA_ROOT, where nothing has an address; they may be deleted at will.
"""

import hashlib
import logging
import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from django.conf import settings

from cityrank.exchange.documents import fonts
from cityrank.exchange.documents.pdf import TEMPLATES

FOLDER = "documents"
# Raised when a program of today would make another file of the same content.
FORMAT = 1

logger = logging.getLogger(__name__)
# One document at a time in a process: ten readers of a new release wait for one setting of it, not for ten. Two
# processes may set the same one at once; both write the same bytes, and each puts them into place as a whole.
_setting = Lock()


def kept(content: object, suffix: str, make: Callable[[], bytes]) -> bytes:
    """Return the file made of `content`, from where it is kept or from `make`.

    The `repr` of the content has to say all that the file says, as that of a dataclass of plain values does.
    """
    path = Path(settings.MEDIA_ROOT) / FOLDER / f"{digest(content)}.{suffix}"
    if (found := _read(path)) is not None:
        return found
    with _setting:
        if (found := _read(path)) is not None:
            return found
        made = make()
        _write(path, made)
    return made


def digest(content: object) -> str:
    return hashlib.sha256(f"{FORMAT} {_program()} {content!r}".encode()).hexdigest()


@cache
def _program() -> str:
    """Return what says which program sets the documents: typst, the templates and the fonts."""
    parts = hashlib.sha256(version("typst").encode())
    for path in (*sorted(TEMPLATES.glob("*.typ")), fonts.REGULAR, fonts.BOLD):
        parts.update(path.read_bytes())
    return parts.hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, made: bytes) -> None:
    """Put a file into its place as a whole. A disk that is full costs the next reader time, and this one nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            file.write(made)
        os.replace(file.name, path)  # noqa: PTH105 - the name is a string already
    except OSError:
        logger.exception("A document could not be kept.")
