"""What a bulletin says, as plain values: pieces of its text, and the elements they are printed for.

A `Reading` accounts for the whole text. Every character that is no white space lies in exactly one `Piece`, and a
piece says what it became: an element of the edition, furniture of the page around it, or something not understood.
All offsets count characters of `Document.text`; `end` is the first one that no longer belongs.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Sure(StrEnum):
    """How sure the reader is of a piece."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class Became(StrEnum):
    """What a piece of the text became."""

    FURNITURE = "furniture"  # navigation, footer, advertisement of the page around the bulletin
    TITLE = "title"  # of the page or the bulletin
    DATE = "date"
    SOURCE = "source"  # publisher, author of the report
    ORGANISER = "organiser"
    SERIES_LISTED = "series_listed"  # in the list of series at the beginning
    AWARD_LISTED = "award_listed"  # a title in that list, of an award or a ranking
    SERIES_HEADING = "series_heading"
    AWARD_HEADING = "award_heading"
    WINNERS = "winners"
    CITATION_HEADING = "citation_heading"
    CITATION = "citation"
    RANKING_HEADING = "ranking_heading"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    CAPTION = "caption"  # of a table that is a picture
    BAND = "band"
    AVERAGE = "average"
    METHOD = "method"  # how a series was measured
    FINDING_HEADING = "finding_heading"
    FINDING = "finding"
    LEAD = "lead"  # the report's own words about the results
    REPEATED = "repeated"  # a heading that stood there already
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Line:
    """One line of a document. `hint` says what the format knew: heading, row, picture, furniture, item, or nothing.

    `level` is that of a heading (1 to 6), else 0. A row of a real table has its `cells`, and its text joins them by
    tabs.
    """

    number: int
    start: int
    text: str
    hint: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Document:
    """A file as lines. `kind` is text, html, docx or markdown; `encoding` is what it was stored in."""

    name: str
    kind: str
    encoding: str
    text: str
    lines: tuple[Line, ...] = field(repr=False)


@dataclass(frozen=True)
class Span:
    """Where something stands: offsets into the text, and the line it begins in (from 1)."""

    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Piece:
    """A part of the text and what it became; `of` is the key of the element, "" where there is none."""

    span: Span
    became: Became
    sure: Sure = Sure.CERTAIN
    of: str = ""
    note: str = ""


@dataclass(frozen=True)
class Notice:
    """Something a person should look at, as a sentence with its place; `key` is stable for the same text."""

    key: str
    message: str
    span: Span | None = None


@dataclass(frozen=True)
class WinnerRead:
    """A name in the list of winners, exactly as printed, without the marks around it."""

    printed: str
    span: Span


@dataclass(frozen=True)
class CitationRead:
    """Why awards were given: the heading without its colon, and the wording, paragraphs joined by a line feed."""

    key: str
    heading: str
    text: str
    span: Span


@dataclass(frozen=True)
class AwardRead:
    """An award. Titles are as printed; a title that stands in one of the two places only is empty in the other.

    Both are empty where names stand without any title; a notice says so. A citation no award points at is a question.
    `period_*` is the part of the title that names the years ("2017-2018年度"), `expected` what the title announces
    (25强), `citation` the key of its citation, which awards may share.
    """

    key: str
    series: int
    title_listed: str
    title_printed: str
    period_listed: str
    period_printed: str
    expected: int | None
    winners: tuple[WinnerRead, ...]
    citation: str
    span: Span
    sure: Sure = Sure.CERTAIN


@dataclass(frozen=True)
class BandRead:
    """A named part of a table, by rank or by score; what is not printed is None."""

    label: str
    first_rank: int | None
    last_rank: int | None
    lowest_score: Decimal | None
    highest_score: Decimal | None
    span: Span


@dataclass(frozen=True)
class RowRead:
    """A row of a table. Figures are exactly as printed, with their decimals; None where the cell is empty."""

    printed: str
    rank: int | None
    score: Decimal | None
    score_text: str
    band: str
    span: Span


@dataclass(frozen=True)
class RankingRead:
    """A table. `state` is a value of `scores.models.Ranking.State`; rows are empty where it is only a picture.

    `cutoff` is the N of 前N强 / 前N名, `expected` the number of rows that the title announces (101强, or the cut-off).
    `unit` and `maximum` are what a header or the text prints, else empty. `decimals` is the most that a row prints.
    """

    key: str
    series: int
    title_listed: str
    title_printed: str
    state: str
    caption: str
    cutoff: int | None
    expected: int | None
    unit: str
    maximum: Decimal | None
    decimals: int | None
    bands: tuple[BandRead, ...]
    rows: tuple[RowRead, ...]
    span: Span
    sure: Sure = Sure.CERTAIN


@dataclass(frozen=True)
class AverageRead:
    """The average of a group: label and figures as printed; `ranking` is the key of the table it speaks of, or ""."""

    printed_label: str
    top_n: int | None
    value: Decimal
    previous: Decimal | None
    change: Decimal | None
    decimals: int
    ranking: str
    span: Span


@dataclass(frozen=True)
class OrganiserRead:
    """An organisation as printed; `role` is a value of `awards.models.Organiser.Role`."""

    printed: str
    role: str
    span: Span


@dataclass(frozen=True)
class SeriesRead:
    """A series with its number in the bulletin's own counting.

    `title` is what the series itself is called, empty where the bulletin only names its awards and tables. A bulletin
    that knows no series has one, numbered 1, without a title.
    """

    number: int
    title: str
    span: Span


@dataclass(frozen=True)
class SectionRead:
    """A finding or a note on method in its own words; `series` is set for a note on a series' method."""

    kind: str
    number: int
    title: str
    body: str
    series: int | None
    span: Span


@dataclass(frozen=True)
class HeadRead:
    """What the text says of itself; everything is empty where it says nothing.

    `label` is "2017-2018" or "2019". Dates are ISO. `title` is the bulletin's, `page_title` that of its page.
    """

    label: str
    title: str
    page_title: str
    announced_on: str
    published_on: str
    publisher: str
    author: str
    url: str


@dataclass(frozen=True)
class Reading:
    document: Document
    pieces: tuple[Piece, ...]
    head: HeadRead
    organisers: tuple[OrganiserRead, ...]
    series: tuple[SeriesRead, ...]
    awards: tuple[AwardRead, ...]
    rankings: tuple[RankingRead, ...]
    citations: tuple[CitationRead, ...]
    averages: tuple[AverageRead, ...]
    sections: tuple[SectionRead, ...]
    notices: tuple[Notice, ...]

    def text_of(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def pieces_that(self, became: Became) -> list[Piece]:
        return [piece for piece in self.pieces if piece.became == became]

    def unaccounted(self) -> list[int]:
        """Return the offsets of characters, white space left out, that no piece or more than one piece holds."""
        held = [0] * len(self.document.text)
        for piece in self.pieces:
            for offset in range(piece.span.start, piece.span.end):
                held[offset] += 1
        text = self.document.text
        return [offset for offset, times in enumerate(held) if times != 1 and not text[offset].isspace()]
