"""The walk over the results of a bulletin: each line goes to the title that it stands under."""

from collections.abc import Sequence
from enum import Enum, auto

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.elements import Became, Sure
from cityrank.exchange.bulletin.reader import patterns
from cityrank.exchange.bulletin.reader.blocks import Block, CitationDraft, Outline, Part, SeriesDraft
from cityrank.exchange.bulletin.reader.ledger import Ledger
from cityrank.exchange.bulletin.reader.listing import part_of
from cityrank.exchange.bulletin.reader.names import looks_like_name, split_names
from cityrank.exchange.bulletin.reader.shapes import Form, Shape
from cityrank.exchange.bulletin.reader.titles import Title, canon, likeness, read_title

# How far alike a picture's caption and the title above it must be to mean one table.
_SAME_TABLE = 0.6


class Under(Enum):
    """What the lines before were, within a block."""

    TITLE = auto()
    NAMES = auto()
    CITATION = auto()
    TABLE = auto()


class Walk:
    """Reads the shapes of the results one by one into an `Outline`; what it cannot place it leaves unclaimed."""

    def __init__(self, outline: Outline, ledger: Ledger, outermost: tuple[int, int] | None) -> None:
        self._outline = outline
        self._ledger = ledger
        self._outermost = outermost
        self._series = 0
        self._group = ""
        self._block: Block | None = None
        self._under = Under.TITLE
        self._steps = {
            Form.SERIES: self._series_heading,
            Form.TITLE: self._title,
            Form.CITATION: self._citation,
            Form.WINNERS: self._names,
            Form.NAME: self._name,
            Form.NUMBERED: self._numbered,
            Form.PICTURE: self._picture,
            Form.HEADER: self._row,
            Form.ROW: self._row,
            Form.BAND: self._row,
            Form.SENTENCE: self._sentence,
        }

    def over(self, shapes: Sequence[Shape]) -> None:
        for shape in shapes:
            if step := self._steps.get(shape.form):
                step(shape)

    # ---- Headings

    def _series_heading(self, shape: Shape) -> None:
        number = shape.number if shape.number is not None else self._series + 1
        self._enter_series(number, shape, 0, shape.at)
        if shape.rest.strip():
            self._begin(shape, read_title(shape.rest), in_series_heading=True)

    def _enter_series(self, number: int, shape: Shape, start: int, end: int | None) -> None:
        part = part_of(shape, Became.SERIES_HEADING, start, end)
        if number in self._outline.series:
            part.became = Became.REPEATED
        else:
            self._outline.series[number] = SeriesDraft(number, shape.line)
        self._outline.loose.append(part)
        self._series, self._group, self._block = number, "", None

    def _title(self, shape: Shape) -> None:
        if self._is_middle_of_sentence(shape):
            self._sentence(shape)
            return
        if self._outermost and shape.depth == self._outermost:
            # The outermost of several levels of headings are the series, whatever they are numbered by.
            self._enter_series(self._next_series(shape), shape, 0, shape.at)
            self._begin(shape, read_title(shape.rest), in_series_heading=True)
        else:
            self._begin(shape, read_title(shape.rest))
        if shape.label:
            # 最具影响力城市:北京、深圳 has its names behind the colon.
            self._add_names(shape, len(shape.line.text) - len(shape.label))

    def _is_middle_of_sentence(self, shape: Shape) -> bool:
        """Whether what has the form of a title is a line of a citation: nothing else says that it is one."""
        named = shape.is_heading or shape.style < 9 or bool(read_title(shape.rest).period)
        return not named and self._goes_on(shape) and not self._is_listed(shape.rest)

    def _is_listed(self, title: str) -> bool:
        return bool(self._outline.listed_in(canon(title)))

    def _next_series(self, shape: Shape) -> int:
        """Return the number of a series whose heading is no 第一系列; one that comes again starts no new series."""
        if shape.number is not None:
            return shape.number
        again = self._outline.series_headed(canon(shape.rest))
        return again if again is not None else self._series + 1

    def _begin(self, shape: Shape, title: Title, *, in_series_heading: bool = False) -> None:
        """Take a title: a new block, or again one that stood in the heading of its series."""
        series = self._series if in_series_heading else self._series_of(title)
        if self._block and self._is_group_over(shape, in_series_heading):
            self._block.is_group = True
            self._group = self._block.canon
        end = len(shape.line.text) - len(shape.label)
        part = part_of(shape, Became.AWARD_HEADING, 0 if not in_series_heading else shape.at, end)
        block = self._known(series, canon(title.printed))
        if block is None:
            block = Block(series, title, self._group, shape.depth, in_series_heading=in_series_heading)
            self._outline.add(block)
            self._notice_series(series, title, part)
        elif not block.is_empty:
            self._ledger.notice(
                f"title-again:{shape.line.number}",
                _("“%(title)s” stands here again, after what was taken for its content.")
                % {"title": title.printed},
                self._ledger.span(part.start, part.end),
            )
        block.headings.append(part)
        self._block = block
        self._under = Under.TITLE

    def _is_group_over(self, shape: Shape, in_series_heading: bool) -> bool:
        """Whether the title before is a heading over the new one: nothing is under it but the new one."""
        block = self._block
        assert block is not None
        if in_series_heading or not block.is_empty or block.is_group:
            return False
        (level, style), (level_before, style_before) = shape.depth, block.depth
        if level != level_before and max(level, level_before) < 7:
            return level > level_before
        first = style < 9 and shape.number in (1, None)
        return first and (style_before == 9 or style > style_before)

    def _series_of(self, title: Title) -> int:
        """Return the series of a title: what the list says of it, where that is one; else the one we are in."""
        name = canon(title.printed)
        if self._known(self._series or 1, name):
            return self._series or 1
        same = self._outline.listed_in(name)
        if len(same) == 1 and (only := next(iter(same))) is not None:
            return only
        return self._series or 1

    def _notice_series(self, series: int, title: Title, part: Part) -> None:
        if series != (self._series or series):
            self._ledger.notice(
                f"series:{part.line.number}",
                _("“%(title)s” stands under series %(here)s, and the list of series has it under %(listed)s.")
                % {"title": title.printed, "here": self._series, "listed": series},
                self._ledger.span(part.start, part.end),
            )

    def _known(self, series: int, name: str) -> Block | None:
        under = self._outline.with_title(series, name)
        return next((block for block in under if block.group in ("", self._group)), None)

    # ---- What stands under a title

    def _current(self) -> Block:
        """Return the block that a line belongs to; one without a title where none stands before it."""
        return self._block or self._untitled()

    def _untitled(self) -> Block:
        self._block = self._outline.add(Block(self._series or 1, None, self._group))
        return self._block

    def _names(self, shape: Shape) -> None:
        if self._goes_on(shape):
            self._sentence(shape)
            self._ledger.notice(
                f"list-in-citation:{shape.line.number}",
                _("A citation has a line that could be a list of winners."),
                self._ledger.span(shape.line.start, shape.line.end),
            )
            return
        self._add_names(shape, shape.at)

    def _goes_on(self, shape: Shape) -> bool:
        """Whether a line is the rest of a citation's sentence, which a narrow page broke."""
        if self._under is not Under.CITATION or not self._block or shape.label:
            return False
        last = self._block.citations[-1].text if self._block.citations else ""
        return bool(last) and not patterns.SENTENCE_END.search(last)

    def _add_names(self, shape: Shape, at: int) -> None:
        names = split_names(shape.line.text[at:])
        block = self._current()
        texts = {name.text for name in names}
        if texts and texts <= block.known:
            self._repeat_names(shape, block)
            return
        if block.is_group or (self._under is Under.CITATION and block.names) or self._is_full(block):
            block = self._untitled()
        if shape.form is Form.WINNERS:
            # 获奖城市: before the names, or the number of the line.
            block.parts.append(part_of(shape, Became.WINNERS, 0, at))
        if names:
            block.names.append(part_of(shape, Became.WINNERS, at))
            block.know(names)
        self._under = Under.NAMES

    def _repeat_names(self, shape: Shape, block: Block) -> None:
        part = part_of(shape, Became.REPEATED, 0)
        part.sure = Sure.DOUBTFUL
        part.note = _("These names stand in the list already.")
        block.parts.append(part)
        self._ledger.notice(
            f"names-repeated:{shape.line.number}",
            _("A line repeats names that stand in the list of the same award already; they count once."),
            self._ledger.span(part.start, part.end),
        )

    def _is_full(self, block: Block) -> bool:
        """Whether a list has what its title announces, so that more names belong to a title that is missing."""
        expected = block.title.expected if block.title else None
        return bool(expected) and len(block.known) >= (expected or 0)

    def _name(self, shape: Shape) -> None:
        """Take a line that could be one name: a winner in a list, a caption under a picture, else a question."""
        block = self._block
        if block and block.title and canon(shape.rest) == block.canon:
            self._begin(shape, read_title(shape.rest))
        elif self._under is Under.CITATION and self._goes_on(shape):
            self._sentence(shape)
        elif self._under is Under.TABLE and patterns.FIGURE.match(shape.line.text) and block:
            block.parts.append(part_of(shape, Became.CAPTION, 0))
        elif block and not block.is_group and self._under in (Under.TITLE, Under.NAMES):
            self._add_names(shape, shape.at)
        # Whatever else it is stays unclaimed, and so is shown as not understood.

    def _numbered(self, shape: Shape) -> None:
        """Take a number that stands before no title: an entry of a list, a heading over titles, or a sentence."""
        is_names = looks_like_name(shape.rest.strip()) or len(split_names(shape.rest)) > 1
        if (
            self._outermost
            and shape.depth == self._outermost
            and not patterns.SENTENCE_MARKS.search(shape.rest)
        ):
            self._title(shape)
        elif patterns.SENTENCE_MARKS.search(shape.rest) or self._goes_on(shape):
            self._sentence(shape)
        elif self._under is Under.TABLE and self._block and self._block.table:
            self._row(shape)
        elif shape.style < 3 and not (self._block and self._block.names and self._under is Under.NAMES):
            self._begin(shape, read_title(shape.rest))
        elif is_names:
            self._add_names(shape, shape.at)

    def _citation(self, shape: Shape) -> None:
        block = self._current()
        draft = CitationDraft(shape.label)
        draft.parts.append(part_of(shape, Became.CITATION_HEADING, 0, shape.at))
        if shape.rest.strip():
            draft.paragraphs.append(part_of(shape, Became.CITATION, shape.at))
        last = block.citations[-1] if block.citations else None
        self._under = Under.CITATION
        if last and (not last.paragraphs or draft.text == last.text) and draft.heading == last.heading:
            # The heading or the whole of it stands there twice.
            part = part_of(shape, Became.REPEATED, 0, shape.at if not last.paragraphs else None)
            part.sure = Sure.LIKELY
            block.parts.append(part)
            if not last.paragraphs:
                last.paragraphs.extend(draft.paragraphs)
            return
        block.citations.append(draft)

    def _picture(self, shape: Shape) -> None:
        block = self._block
        caption = read_title(patterns.PICTURE_ENDING.sub("", shape.rest))
        if block is None or not self._takes(block, caption):
            named = patterns.NAMED_PICTURE.search(caption.printed)
            block = Block(self._series_of(caption), caption if named else None, self._group)
            self._block = self._outline.add(block)
        block.pictures.append(part_of(shape, Became.CAPTION, 0))
        self._under = Under.TABLE

    def _takes(self, block: Block, caption: Title) -> bool:
        """Whether a picture belongs to the title above it; what it is called decides where that has one already."""
        if block.is_group or self._means(block, caption):
            return not block.is_group
        return not (block.pictures or block.citations or self._is_listed(caption.printed))

    def _means(self, block: Block, caption: Title) -> bool:
        return block.title is not None and likeness(block.title.printed, caption.printed) >= _SAME_TABLE

    def _row(self, shape: Shape) -> None:
        block = self._current()
        if block.is_group:
            block = self._untitled()
        became = {Form.HEADER: Became.TABLE_HEADER, Form.BAND: Became.BAND}.get(shape.form, Became.TABLE_ROW)
        block.table.append(part_of(shape, became, 0))
        self._under = Under.TABLE

    def _sentence(self, shape: Shape) -> None:
        block = self._block
        part = part_of(shape, Became.CITATION, 0)
        if block and self._under is Under.CITATION:
            block.citations[-1].paragraphs.append(part)
        elif (
            block
            and block.names
            and not block.citations
            and not patterns.METHOD_START.search(shape.line.text)
        ):
            # Prose under winners says why, with a heading or without.
            part.sure = Sure.LIKELY
            block.citations.append(CitationDraft("", paragraphs=[part]))
            self._under = Under.CITATION
        elif patterns.METHOD.search(shape.line.text) or patterns.BODY_STARTS.search(shape.line.text):
            part.became, part.sure = Became.METHOD, Sure.LIKELY
            (block.methods if block else self._outline.loose).append(part)
