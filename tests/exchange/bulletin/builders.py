"""Readings put together by hand, for tests of what happens after the text has been read."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cityrank.exchange.bulletin.elements import (
    AverageRead,
    AwardRead,
    BandRead,
    Became,
    CitationRead,
    Document,
    HeadRead,
    Line,
    OrganiserRead,
    Piece,
    RankingRead,
    Reading,
    RowRead,
    SectionRead,
    SeriesRead,
    Span,
    WinnerRead,
)

HEAD = HeadRead(
    label="2019",
    title="2019年度智慧城市评估结果通报",
    page_title="",
    announced_on="2019-07-30",
    published_on="2019-07-31",
    publisher="某报",
    author="",
    url="",
)


class Bulletin:
    """Collects elements and the lines of text that they are printed on; `reading()` gives the whole."""

    def __init__(self, **head: str) -> None:
        self.head = replace(HEAD, **head)
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.organisers: list[OrganiserRead] = []
        self.series: dict[int, SeriesRead] = {}
        self.awards: list[AwardRead] = []
        self.rankings: list[RankingRead] = []
        self.citations: list[CitationRead] = []
        self.averages: list[AverageRead] = []
        self.sections: list[SectionRead] = []
        self._say(self.head.title, Became.TITLE)

    def _say(self, text: str, became: Became, of: str = "") -> Span:
        start = self.lines[-1].end + 1 if self.lines else 0
        line = Line(len(self.lines) + 1, start, text)
        self.lines.append(line)
        span = Span(line.start, line.end, line.number)
        self.pieces.append(Piece(span, became, of=of))
        return span

    def noise(self, text: str, became: Became = Became.FURNITURE) -> "Bulletin":
        self._say(text, became)
        return self

    def organiser(self, printed: str, role: str = "publisher") -> "Bulletin":
        self.organisers.append(OrganiserRead(printed, role, self._say(printed, Became.ORGANISER)))
        return self

    def award(
        self,
        title: str,
        winners: Sequence[str],
        *,
        listed: str | None = None,
        series: int = 1,
        expected: int | None = None,
        citation: str = "理由一段。",
        shared: str = "",
    ) -> "Bulletin":
        """Add an award; `citation` is its wording ("" for none), `shared` the key of one that is there already."""
        key = f"award-{len(self.awards) + 1}"
        span = self._say(title or "、".join(winners), Became.AWARD_HEADING, key)
        text = "、".join(winners)
        place = self._say(text, Became.WINNERS, key)
        found, start = [], place.start
        for winner in winners:
            found.append(WinnerRead(winner, Span(start, start + len(winner), place.line)))
            start += len(winner) + 1
        if citation and not shared:
            shared = f"citation-{len(self.citations) + 1}"
            self.citation(citation, shared)
        period = title[: title.find("年度") + 2] if "年度" in title else ""
        listed = title if listed is None else listed
        self._series(series, span)
        self.awards.append(
            AwardRead(key, series, listed, title, period, period, expected, tuple(found), shared, span)
        )
        return self

    def citation(self, text: str, key: str = "stray", heading: str = "获奖理由") -> "Bulletin":
        self.citations.append(CitationRead(key, heading, text, self._say(text, Became.CITATION, key)))
        return self

    def ranking(
        self, title: str, rows: Sequence[tuple] = (), *, series: int = 2, **fields: object
    ) -> "Bulletin":
        """Add a table; each row is (name, rank, score as printed or "", label of its band)."""
        key = f"ranking-{len(self.rankings) + 1}"
        span = self._say(title, Became.RANKING_HEADING, key)
        read = [self._row(*row, of=key) for row in rows]
        values = {
            "title_listed": "",
            "state": "complete" if rows else "not_transcribed",
            "caption": "" if rows else f"{title}.jpg",
            "cutoff": None,
            "expected": None,
            "unit": "",
            "maximum": None,
            "decimals": 2 if rows else None,
            "bands": (),
            **fields,
        }
        self._series(series, span)
        self.rankings.append(
            RankingRead(key=key, series=series, title_printed=title, rows=tuple(read), span=span, **values)
        )
        return self

    def _row(self, printed: str, rank: int | None, score: str, band: str = "", *, of: str) -> RowRead:
        span = self._say(f"{rank}\t{printed}\t{score}", Became.TABLE_ROW, of)
        return RowRead(printed, rank, Decimal(score) if score else None, score, band, span)

    def average(self, label: str, value: str, of: str = "ranking-1", **fields: object) -> "Bulletin":
        span = self._say(f"{label}平均得分率为{value}%", Became.AVERAGE)
        values = {"top_n": None, "previous": None, "change": None, "decimals": 2, **fields}
        self.averages.append(
            AverageRead(printed_label=label, value=Decimal(value), ranking=of, span=span, **values)
        )
        return self

    def section(self, title: str, body: str, kind: str = "finding", series: int | None = None) -> "Bulletin":
        span = self._say(f"{title}{body}", Became.FINDING)
        number = len([one for one in self.sections if one.kind == kind]) + 1
        self.sections.append(SectionRead(kind, number, title, body, series, span))
        return self

    def _series(self, number: int, span: Span) -> None:
        self.series.setdefault(number, SeriesRead(number, "", span))

    def reading(self) -> Reading:
        text = "\n".join(line.text for line in self.lines)
        return Reading(
            document=Document("bulletin.txt", "text", "utf-8", text, tuple(self.lines)),
            pieces=tuple(self.pieces),
            head=self.head,
            organisers=tuple(self.organisers),
            series=tuple(self.series.values()),
            awards=tuple(self.awards),
            rankings=tuple(self.rankings),
            citations=tuple(self.citations),
            averages=tuple(self.averages),
            sections=tuple(self.sections),
            notices=(),
        )


def band(label: str, first: int, last: int) -> BandRead:
    return BandRead(label, first, last, None, None, Span(0, 1, 1))
