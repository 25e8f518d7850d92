"""What a document is made of: blocks in the order in which they are read, as plain text without any markup."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """`level` 1 is a part of the document, 2 an award, a ranking or a finding.

    `plain` are the lines in its place in plain text, where nothing but the words tells a heading; empty for the same.
    """

    text: str
    level: int = 1
    plain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Prose. `lead` stands before it and is set apart, such as 获奖理由; `tag` after it says whose words these are.

    `plain` stands before it in plain text, where a short sentence could be taken for a list of names.
    """

    text: str
    lead: str = ""
    tag: str = ""
    plain: str = ""


@dataclass(frozen=True)
class Names:
    """Who received an award, in order; `printed` is the name as printed where `name` is another, else empty."""

    names: tuple[tuple[str, str], ...]
    separator: str


@dataclass(frozen=True)
class Titles:
    """Titles of awards and rankings as the list of series has them, under number and title of their series."""

    lead: str
    text: str
    titles: tuple[str, ...]
    plain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Items:
    """Sentences that stand beside each other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Pairs of what is said and what it is."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows of a ranking. An empty cell is one that is not printed; the last `figures` columns are set to the right.

    `bands` has the label of the band that begins at a row, by the row's index.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int = 0
    bands: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Caption:
    """The caption of a table that was published as a picture, as printed."""

    text: str
    label: str


@dataclass(frozen=True)
class Note:
    """Something that a reader has to know beside what is printed; `label` stands before it."""

    text: str
    label: str


Block = Heading | Paragraph | Names | Titles | Items | Facts | Table | Caption | Note


@dataclass(frozen=True)
class Document:
    """A composed bulletin. `language` is a tag (zh-Hans, en); `mark` stands on every page of a draft."""

    title: str
    original: str
    language: str
    edition: str
    release: int
    date: dt.date
    mark: str
    address: str
    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Yield every text that is printed."""
        yield from (self.title, self.original, self.edition, self.mark, self.address)
        for block in self.blocks:
            yield from _texts(vars(block).values())


def _texts(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        yield from _texts(list(values.values()))
    elif not isinstance(values, int):
        for value in values:  # type: ignore[attr-defined]
            yield from _texts(value)
