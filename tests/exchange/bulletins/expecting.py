"""What a bulletin made for a test must be read as, and the same of a reading, so that the two can be compared."""

from dataclasses import dataclass, field

from cityrank.exchange.bulletin.elements import Reading

# Of a row: rank, name, score as printed, band.
Row = tuple[int | None, str, str, str]


@dataclass(frozen=True)
class Award:
    series: int
    title: str
    winners: list[str]
    citation: str = ""
    heading: str = ""
    listed: str = ""


@dataclass(frozen=True)
class Table:
    series: int
    title: str
    state: str
    rows: list[Row] = field(default_factory=list)
    caption: str = ""
    listed: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Expected:
    """`notices` are the kinds of notices (what stands before the first colon of their keys), each once."""

    awards: list[Award] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    averages: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)
    series: list[str] = field(default_factory=lambda: [""])
    notices: set[str] = field(default_factory=set)
    label: str = "2019"


@dataclass(frozen=True)
class Sample:
    name: str
    content: bytes
    expected: Expected


def told(reading: Reading) -> Expected:
    """Return what a reading says in the words of `Expected`."""
    citations = {citation.key: citation for citation in reading.citations}
    awards = []
    for award in reading.awards:
        citation = citations.get(award.citation)
        text, heading = (citation.text, citation.heading) if citation else ("", "")
        winners = [winner.printed for winner in award.winners]
        awards.append(Award(award.series, award.title_printed, winners, text, heading, award.title_listed))
    tables = [
        Table(
            ranking.series,
            ranking.title_printed,
            ranking.state,
            [(row.rank, row.printed, row.score_text, row.band) for row in ranking.rows],
            ranking.caption,
            ranking.title_listed,
            ranking.unit,
        )
        for ranking in reading.rankings
    ]
    return Expected(
        awards,
        tables,
        [
            (each.printed_label, str(each.value), _text(each.previous), _text(each.change))
            for each in reading.averages
        ],
        [series.title for series in reading.series],
        {notice.key.partition(":")[0] for notice in reading.notices},
        reading.head.label,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
