"""Keeps the account of a text: who holds which character, and what a person should look at."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from cityrank.exchange.bulletin.elements import Became, Document, Line, Notice, Piece, Span, Sure

# A notice quotes this much of the text that it speaks of.
_QUOTED = 30


class Ledger:
    """Pieces never overlap: what is claimed first stays, and a later claim gets what is left of its span."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._held = bytearray(len(document.text))
        self._pieces: list[Piece] = []
        self._became: dict[int, Became] = {}
        self._notices: dict[str, Notice] = {}
        self._keys: Counter[str] = Counter()
        self._starts = [line.start for line in document.lines]

    def span(self, start: int, end: int) -> Span:
        """Return a span without the white space at its ends."""
        text = self._document.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        return Span(begin, max(begin, start + len(text.rstrip())), self._line_at(begin))

    def claim(
        self, span: Span, became: Became, sure: Sure = Sure.CERTAIN, of: str = "", note: str = ""
    ) -> None:
        """Record what a part of the text became."""
        for start, end in list(self._free(span.start, span.end)):
            part = self.span(start, end)
            self._held[start:end] = b"\1" * (end - start)
            if part.start < part.end:
                self._pieces.append(Piece(part, became, sure, of, note))
                self._became[part.start] = became

    def notice(self, key: str, message: str, span: Span | None = None) -> None:
        """Record what a person should look at. Of two notices with one key the second gets a number."""
        number = self._keys[key] = self._keys[key] + 1
        unique = key if number == 1 else f"{key}-{number}"
        self._notices[unique] = Notice(unique, message, span)

    def is_free(self, span: Span) -> bool:
        return self._held.find(1, span.start, span.end) == -1

    def became(self, line: Line) -> Became | None:
        """Return what the beginning of a line became."""
        start = self.span(line.start, line.end).start
        return self._became.get(start)

    def unheld(self) -> Iterator[Span]:
        """Yield what nobody has claimed, line by line, white space left out."""
        for line in self._document.lines:
            for start, end in self._free(line.start, line.end):
                span = self.span(start, end)
                if span.start < span.end:
                    yield span

    def quote(self, span: Span) -> str:
        text = self._document.text[span.start : span.end].replace("\n", " ")
        return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"

    def pieces(self) -> tuple[Piece, ...]:
        return tuple(sorted(self._pieces, key=lambda piece: piece.span.start))

    def notices(self) -> tuple[Notice, ...]:
        """Return the notices in the order of the text; those on the whole come last."""
        end = len(self._held)
        return tuple(
            sorted(self._notices.values(), key=lambda notice: notice.span.start if notice.span else end)
        )

    def _free(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        while start < end:
            begin = self._held.find(0, start, end)
            if begin == -1:
                return
            stop = self._held.find(1, begin, end)
            stop = end if stop == -1 else stop
            yield begin, stop
            start = stop

    def _line_at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset), 1)
