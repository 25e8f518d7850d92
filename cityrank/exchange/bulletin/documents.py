"""A file becomes a `Document`: what it is is read from its content, and its name only settles what that leaves open."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Document
from cityrank.exchange.bulletin.formats.decoding import decode
from cityrank.exchange.bulletin.formats.lines import Lines, UnreadableDocument
from cityrank.exchange.bulletin.formats.markdown import read_markdown
from cityrank.exchange.bulletin.formats.webpages import read_webpage
from cityrank.exchange.bulletin.formats.word import OLE_MARK, read_word
from cityrank.exchange.bulletin.formats.wrapping import unwrapped

__all__ = ["UnreadableDocument", "read_document"]

MOST_BYTES = 20 * 1024 * 1024
WEBPAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
MARKDOWN_ENDINGS = (".md", ".markdown")
_WEBPAGE_STARTS = (b"<!doctype html", b"<html")


def read_document(content: bytes, name: str) -> Document:
    """Return the file as lines; `name` is what messages call it.

    Raises `UnreadableDocument` for what is empty, too large, damaged, locked or none of: text, HTML, Markdown, Word.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(
            _(
                "%(name)s is larger than %(megabytes)s MB. Remove pictures and what does not belong to the bulletin."
            )
            % {"name": name, "megabytes": MOST_BYTES // 1024 // 1024}
        )
    _refuse_other_programs(content, name)
    lines = Lines(name)
    if content.startswith(b"PK"):
        read_word(content, name, lines)
        return lines.document("docx", "")
    kind = _kind(content, name)
    decoded = decode(content, page=kind == "html")
    if decoded is None:
        raise UnreadableDocument(
            _(
                "%(name)s is no text in UTF-8, UTF-16 or GB18030. Save it as text in UTF-8, or as .docx or HTML."
            )
            % {"name": name}
        )
    text, encoding = decoded
    if kind == "html":
        read_webpage(text, name, lines)
    elif kind == "markdown":
        read_markdown(text, lines)
    else:
        lines.add(unwrapped(text))
    return lines.document(kind, encoding)


def _refuse_other_programs(content: bytes, name: str) -> None:
    if content.startswith(b"%PDF"):
        raise UnreadableDocument(
            _(
                "%(name)s is a PDF. Save its text as .docx or .txt; the pictures of its tables can be keyed as scans."
            )
            % {"name": name}
        )
    if content.startswith(OLE_MARK):
        raise UnreadableDocument(
            _(
                "%(name)s is an old Word document (.doc) or protected by a password. Save it as .docx without one."
            )
            % {"name": name}
        )


def _kind(content: bytes, name: str) -> str:
    ending = PurePath(name).suffix.lower()
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in WEBPAGE_ENDINGS or start.startswith(_WEBPAGE_STARTS):
        return "html"
    return "markdown" if ending in MARKDOWN_ENDINGS else "text"
