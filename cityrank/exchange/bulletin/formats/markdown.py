"""Markdown as lines: headings with their level, tables with their cells, pictures by their text."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cityrank.exchange.bulletin.formats.lines import HEADING, ITEM, PICTURE, Lines

# Lines of a list of winners stay lines, so a soft break is one; HTML in the text is text.
_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 50}).enable("table")


def read_markdown(text: str, lines: Lines) -> None:
    """Add the lines of a Markdown text."""
    _Walk(lines).over(_PARSER.parse(text))


class _Walk:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._hint, self._level, self._prefix = "", 0, ""
        self._row: list[str] | None = None

    def over(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._structure(token)
            if token.type == "inline":
                self._inline(token)
            elif token.type in ("fence", "code_block"):
                self._lines.add(token.content)

    def _structure(self, token: Token) -> None:
        if token.type == "heading_open":
            self._hint, self._level = HEADING, int(token.tag[1:])
        elif token.type == "heading_close":
            self._hint, self._level = "", 0
        elif token.type == "list_item_open":
            # The number of an ordered list is printed; the dash of another is not.
            self._hint, self._prefix = ITEM, f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "list_item_close":
            self._hint, self._prefix = "", ""
        elif token.type == "tr_open":
            self._row = []
        elif token.type == "tr_close" and self._row is not None:
            if any(self._row):
                self._lines.add_row(self._row)
            self._row = None

    def _inline(self, token: Token) -> None:
        if self._row is not None:
            self._row.append("".join(_words(token.children or [])))
            return
        words: list[str] = []
        for child in token.children or []:
            if child.type == "image":
                self._flush(words)
                self._lines.add(child.content or _file_name(child), PICTURE)
            else:
                words.extend(_words([child]))
        self._flush(words)

    def _flush(self, words: list[str]) -> None:
        text = "".join(words).strip("\n")
        words.clear()
        if text.strip():
            self._lines.add(self._prefix + text, self._hint, self._level)
            self._prefix = ""


def _words(children: Sequence[Token]) -> list[str]:
    return ["\n" if child.type in ("softbreak", "hardbreak") else child.content for child in children]


def _file_name(token: Token) -> str:
    return PurePosixPath(str(token.attrGet("src") or "")).name
