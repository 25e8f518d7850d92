"""Receive a scan: what it is is read from its content, and only a picture made anew from it is kept.

So no script, link, position or name that was hidden in the file survives, and no file is larger than it looks. What
takes much memory, and every PDF, is opened in a program of its own.
"""

import io
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pypdfium2
from django.utils.translation import gettext as _

from awards.scan_drawing import MOST_PAGES, MOST_PIXELS, Unfit, draw, picture_anew, size_of

MOST_BYTES = 20 * 1024 * 1024
MOST_TEXT = 2 * 1024 * 1024
# A larger picture is opened in the other program, so that uploads do not make the server's own memory grow.
PIXELS_HERE = 4_000_000
# Seconds that one file may take there.
PATIENCE = 60
# Of a progressive JPEG: each passage goes over all its pixels, and a few bytes can ask for one.
MOST_PASSAGES = 100

PNG, JPEG, PDF, TEXT = "image/png", "image/jpeg", "application/pdf", "text/plain"
FORMS = {"PNG": PNG, "JPEG": JPEG, "PDF": PDF}
# Nearly any bytes can be read as text in GB18030, so text is believed only of a file that says so.
TEXT_ENDINGS = (".txt", ".md", ".csv")
SUFFIXES = {PNG: ".png", JPEG: ".jpg", PDF: ".pdf", TEXT: ".txt"}


class BadScan(Exception):
    """The file is not kept; the text says what is wrong with it and what to do."""


@dataclass(frozen=True)
class CleanScan:
    content: bytes
    media_type: str
    page_count: int = 1

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.media_type]


def clean_scan(file: IO[bytes], name: str) -> CleanScan:
    """Return what may be kept of an uploaded file. Raises `BadScan`.

    `name` is what the message calls it; only of text is its ending believed.
    """
    content = file.read(MOST_BYTES + 1)
    try:
        if not content:
            raise Unfit("empty")
        if len(content) > MOST_BYTES:
            raise Unfit("bytes")
        form = _form(content)
        if form:
            return _drawn(content, form)
        if name.lower().endswith(TEXT_ENDINGS):
            return CleanScan(_text(content), TEXT)
        raise Unfit("type")
    except Unfit as unfit:
        raise BadScan(sentence(unfit, name)) from unfit


def _form(content: bytes) -> str:
    """Return what a file is by its first bytes; "" for none of the forms that are drawn."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "PDF" if content.startswith(b"%PDF-") else ""


def _drawn(content: bytes, form: str) -> CleanScan:
    _refuse_unfinished(content, form)
    if form == "PDF":
        return _drawn_elsewhere(content, form)
    width, height = size_of(content, form)
    if width * height > PIXELS_HERE:
        return _drawn_elsewhere(content, form)
    return CleanScan(picture_anew(content, form), FORMS[form])


def _refuse_unfinished(content: bytes, form: str) -> None:
    """Refuse what has lost its end, and what carries a program, before anything is opened."""
    if form == "PDF":
        # The name of an action is spelt out; where it is hidden in a compressed part it is not drawn either.
        if b"/JavaScript" in content or b"/Launch" in content:
            raise Unfit("program")
        if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-2048:]:
            raise Unfit("unreadable")
    elif form == "PNG":
        if b"IEND\xaeB`\x82" not in content:
            raise Unfit("damaged")
    elif b"\xff\xd9" not in content or content.count(b"\xff\xda") > MOST_PASSAGES:
        raise Unfit("damaged")


def _drawn_elsewhere(content: bytes, form: str) -> CleanScan:
    """Have the picture made by a program of its own that has little memory and time and none of our secrets."""
    command = [sys.executable, "-m", "awards.scan_worker", form]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=Path(__file__).resolve().parent.parent,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Unfit("page") from error
    if done.returncode == 1 and done.stdout:
        reason, *figures = done.stdout.decode("ascii").split()
        raise Unfit(reason, *map(int, figures))
    if done.returncode != 0:
        raise Unfit("page")  # out of memory or time, or the reader of PDF broke down
    count, _line, kept = done.stdout.partition(b"\n")
    return CleanScan(kept, FORMS[form], int(count))


def _text(content: bytes) -> bytes:
    """Keep plain text, such as a bulletin, as UTF-8. What could be run or opened as something else is refused."""
    if len(content) > MOST_TEXT:
        raise Unfit("text-bytes")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = any(
            unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\r\n" for char in text
        )
        if not strange and not text.lstrip().startswith("<"):
            return text.encode()
        break
    raise Unfit("text")


def sentence(unfit: Unfit, name: str) -> str:
    """Return what is wrong with a file and what to do about it."""
    width, height = (*unfit.figures, 0, 0)[:2]
    sentences = {
        "empty": _("%(name)s is empty."),
        "bytes": _("%(name)s is larger than %(megabytes)s MB. Scan it at a lower resolution."),
        "type": _("%(name)s is none of these: PNG, JPEG, PDF, plain text (.txt)."),
        "damaged": _("%(name)s is damaged: it cannot be read as a picture. Save or scan it again."),
        "moving": _("%(name)s is a moving picture. Upload one picture."),
        "pixels": _(
            "%(name)s has %(width)s × %(height)s pixels; up to %(most)s million can be read. Scan it smaller."
        ),
        "unreadable": _("%(name)s cannot be read as a PDF. It may be damaged or protected by a password."),
        "program": _("%(name)s contains a program. Print it to a PDF anew, or save its pages as pictures."),
        "pages": _(
            "%(name)s has %(count)s pages; 1 to %(pages)s can be read. Upload the pages of the table only."
        ),
        "paper": _("%(name)s has a page larger than A0 or without a size."),
        "blank": _("%(name)s has nothing on its pages, or nothing that can be drawn."),
        "kept": _("The pages of %(name)s are too large together. Upload the pages of the table only."),
        "text-bytes": _("%(name)s is a text larger than %(text)s MB. Upload the part that is needed."),
        "text": _("%(name)s is no plain text in UTF-8 or GB18030."),
    }
    fallback = _("%(name)s: a page could not be drawn. Save the pages as pictures and upload those.")
    return sentences.get(unfit.reason, fallback) % {
        "name": name,
        "megabytes": MOST_BYTES // 2**20,
        "text": MOST_TEXT // 2**20,
        "most": MOST_PIXELS // 10**6,
        "width": width,
        "height": height,
        "count": width,
        "pages": MOST_PAGES,
    }


def page_picture(content: bytes, media_type: str, page: int) -> tuple[bytes, str]:
    """Return a picture of a page (from 1) of a kept scan and its media type. Raises `IndexError` for no such page."""
    if media_type in (PNG, JPEG):
        if page != 1:
            raise IndexError(page)
        return content, media_type
    if media_type != PDF:
        raise IndexError(page)
    document = pypdfium2.PdfDocument(content)
    try:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        picture = draw(document, page - 1)
    finally:
        document.close()
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=90)
    return kept.getvalue(), JPEG
