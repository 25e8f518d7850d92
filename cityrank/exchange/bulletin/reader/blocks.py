"""What the walk over a bulletin gathers: a block for each title, with the lines that stand under it."""

from collections import defaultdict
from dataclasses import dataclass, field

from cityrank.exchange.bulletin.elements import Became, Line, Sure
from cityrank.exchange.bulletin.reader.names import Name, is_tail
from cityrank.exchange.bulletin.reader.shapes import Shape
from cityrank.exchange.bulletin.reader.titles import Title, canon


@dataclass
class Part:
    """A part of a line, by offsets into the text, and what it is in its block."""

    became: Became
    start: int
    end: int
    line: Line
    sure: Sure = Sure.CERTAIN
    note: str = ""
    shape: Shape | None = None


@dataclass
class CitationDraft:
    heading: str
    parts: list[Part] = field(default_factory=list)
    paragraphs: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(
            part.line.text[part.start - part.line.start : part.end - part.line.start].strip()
            for part in self.paragraphs
        )


@dataclass
class Block:
    """A title of the results, or a list that stands under none. `group` is the heading it stands under."""

    series: int
    title: Title | None
    group: str = ""
    depth: tuple[int, int] = (0, 0)
    is_group: bool = False
    in_series_heading: bool = False
    headings: list[Part] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    names: list[Part] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    table: list[Part] = field(default_factory=list)
    pictures: list[Part] = field(default_factory=list)
    methods: list[Part] = field(default_factory=list)
    citations: list[CitationDraft] = field(default_factory=list)
    listed: "Listed | None" = None
    # The title was found by what is missing, not by where it stands.
    is_guess: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a result stands here; a note on method is none."""
        return not (self.names or self.table or self.pictures or self.citations)

    @property
    def canon(self) -> str:
        return canon(self.title.printed) if self.title else ""

    def know(self, names: list[Name]) -> None:
        self.known.update(name.text for name in names if not is_tail(name.text))


@dataclass
class Listed:
    """A title in the list of series; `found` once a title of the results is the same."""

    series: int | None
    title: Title
    part: Part
    found: bool = False


@dataclass
class SeriesDraft:
    number: int
    line: Line
    title: str = ""


@dataclass
class Outline:
    """Everything the walk gathers. `loose` are parts that belong to no block."""

    listed: list[Listed] = field(default_factory=list)
    loose: list[Part] = field(default_factory=list)
    announced_series: int | None = None
    series: dict[int, SeriesDraft] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    _by_title: dict[tuple[int, str], list[Block]] = field(default_factory=lambda: defaultdict(list))
    _in_headings: dict[str, int] = field(default_factory=dict)
    _listed_in: dict[str, set[int | None]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for listed in self.listed:
            self._listed_in[listed.title.canon].add(listed.series)

    def add(self, block: Block) -> Block:
        self.blocks.append(block)
        if block.title:
            self._by_title[block.series, block.canon].append(block)
            if block.in_series_heading:
                self._in_headings.setdefault(block.canon, block.series)
        return block

    def with_title(self, series: int, name: str) -> list[Block]:
        """Return the blocks of a series under a title, by what is left of it without its years and marks."""
        return self._by_title.get((series, name), [])

    def listed_in(self, name: str) -> set[int | None]:
        """Return the series in which the list at the beginning has a title; empty where it has it not."""
        return self._listed_in.get(name, set())

    def series_headed(self, name: str) -> int | None:
        """Return the series in whose heading a title stands."""
        return self._in_headings.get(name)
