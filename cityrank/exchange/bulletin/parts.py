"""Awards and rankings of a reading meet their lines; counts, titles and citations that do not fit are asked about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from awards.models import Line
from cityrank.exchange.bulletin.elements import AwardRead, CitationRead, RankingRead, Reading, Span
from cityrank.exchange.bulletin.lines import Group, KnownLine, Lines, normal
from cityrank.exchange.bulletin.names import Name
from cityrank.exchange.bulletin.questions import (
    COUNTED,
    DROP,
    KEEP,
    NEW,
    NONE,
    About,
    Also,
    Asked,
    Choice,
    Question,
    key_of,
)
from cityrank.registry.names import syllables
from scores.models import Ranking

# Words that a header prints for a unit; values of `Ranking.Unit` stand for themselves.
_UNITS = {
    "分": "points",
    "得分": "points",
    "指数": "index",
    "%": "percent",
    "％": "percent",
    "百分比": "percent",
}
AWARD, RANKING = Line.Kind.AWARD.value, Line.Kind.RANKING.value


@dataclass
class Match:
    """What an award or a ranking goes on.

    `line` is None for a new line and while the question about it is open; `slug` identifies the part in its release,
    `handle` in the keys of questions: it depends on the text alone, not on answers or the database.
    """

    title: str
    handle: str
    slug: str
    line: KnownLine | None
    title_en: str
    expected: int | None
    names: list[Name] = field(default_factory=list)
    read: AwardRead | RankingRead = field(kw_only=True)


@dataclass
class AwardMatch(Match):
    read: AwardRead = field(kw_only=True)
    citation: str = ""


@dataclass
class RankingMatch(Match):
    read: RankingRead = field(kw_only=True)
    group: Group | None = None
    unit: str = ""


class Parts:
    """Matches the awards and rankings of one reading, in their order."""

    def __init__(self, reading: Reading, lines: Lines, asked: Asked) -> None:
        self.reading, self.lines, self.asked = reading, lines, asked
        self.slugs: set[str] = set()
        self.handles: set[str] = set()
        # Which title took a line first.
        self.taken: dict[str, str] = {}

    def award(self, read: AwardRead) -> AwardMatch | None:
        """Return an award with its line, or None where it is to be left out."""
        title = read.title_printed or read.title_listed or self._title(read)
        if title is None:
            return None
        handle, line, answer = self._line(title, (read.title_printed, read.title_listed), AWARD, read.span)
        if answer == DROP:
            return None
        slug = self._slug(line.slug if line else "", title)
        match = AwardMatch(title, handle, slug, line, _english(line, read.period_printed), None, read=read)
        if not read.winners and self._no_winners(match) == DROP:
            return None
        match.expected = self._expected(match, read.expected, len(read.winners), read.span)
        match.citation = read.citation or self._citation(match)
        return match

    def ranking(self, read: RankingRead) -> RankingMatch | None:
        """Return a ranking with its line and peer group, or None where it is to be left out."""
        title = read.title_printed or read.title_listed
        handle, line, answer = self._line(title, (read.title_printed, read.title_listed), RANKING, read.span)
        if answer == DROP:
            return None
        slug = self._slug(line.slug if line else "", title)
        match = RankingMatch(
            title, handle, slug, line, _english(line, _period(title)), read.expected, read=read
        )
        printed = _UNITS.get(read.unit, read.unit)
        match.unit = printed if printed in Ranking.Unit.values else (line.unit if line else "")
        match.group = line.group if line else None
        if match.group is None:
            match.group = self._group(match)
        else:
            self.asked.settled.add(key_of("peers", handle))
        if read.rows and read.state != "not_transcribed":
            match.expected = self._expected(match, read.expected, len(read.rows), read.span)
        return match

    # --- lines --------------------------------------------------------------------------------------------------------

    def _line(
        self, title: str, titles: Sequence[str], kind: str, span: Span
    ) -> tuple[str, KnownLine | None, str | None]:
        """Return the handle of a part, the line that it goes on, and what was answered about it."""
        titles = [*titles, title]
        handle = self._handle(self.lines.bundled(titles, kind) or normal(title))
        same = self.lines.same(titles, kind)
        if len(same) == 1 and same[0].slug not in self.taken:
            line = same[0]
            self.taken[line.slug] = title
            self.asked.settled.add(key_of("line", handle))
            return handle, line, None
        question = self._which_line(handle, title, titles, kind, span, same)
        answer = self.asked.ask(question)
        known = self.lines.by_slug.get(answer or "")
        if known is not None:
            self.taken.setdefault(known.slug, title)
        return handle, known, answer

    def _handle(self, wanted: str) -> str:
        handle = free(wanted, self.handles.__contains__, ":")
        self.handles.add(handle)
        return handle

    def _which_line(
        self, handle: str, title: str, titles: Sequence[str], kind: str, span: Span, same: list[KnownLine]
    ) -> Question:
        numberless = self.lines.but_for_the_number(titles, kind)
        reasons = {line.slug: _("The same title but for its number.") for line in numberless}
        reasons |= {line.slug: _("The same title.") for line in same}
        near = [*same, *numberless, *(line for line, _ratio in self.lines.near(titles, kind))]
        free = {line.slug: line for line in near if line.slug not in self.taken}
        choices = [Choice(slug, line.title_zh, reasons.get(slug, "")) for slug, line in free.items()]
        choices.append(Choice(NEW, _("A new line"), _("It is given for the first time.")))
        choices.append(Choice(DROP, _("Leave it out"), _("With everything that stands below it.")))
        text = _("Which award or ranking of earlier editions is “%(title)s”?") % {"title": title}
        if taken := [line for line in same if line.slug in self.taken]:
            text = _("“%(title)s” stands in the bulletin twice. Is the second one another one?")
            text %= {"title": self.taken[taken[0].slug]}
        default = next((slug for slug in free if slug in reasons), None)
        return Question(
            key=key_of("line", handle),
            about=About.LINE,
            text=text,
            excerpt=title,
            line=span.line,
            choices=tuple(choices),
            default=default or (None if free or taken else NEW),
        )

    def _slug(self, wanted: str, title: str) -> str:
        """Return an identifier that is free in the release: that of the line, else made of the pinyin of the title."""
        slug = free(wanted or new_slug(title), self.slugs.__contains__)
        self.slugs.add(slug)
        return slug

    def _group(self, match: RankingMatch) -> Group | None:
        groups = self.lines.groups()
        question = Question(
            key=key_of("peers", match.handle),
            about=About.PEERS,
            text=_("Who is compared in “%(title)s”?") % {"title": match.title},
            excerpt=match.title,
            line=match.read.span.line,
            choices=(
                *(Choice(group.slug, group.title) for group in groups),
                Choice(NONE, _("None of these"), _("The peer group is added in the draft.")),
            ),
        )
        answer = self.asked.ask(question)
        return next((group for group in groups if group.slug == answer), None)

    # --- what does not fit --------------------------------------------------------------------------------------------

    def _title(self, read: AwardRead) -> str | None:
        names = "、".join(winner.printed for winner in read.winners)
        question = Question(
            key=key_of("title", names[:40]),
            about=About.TITLE,
            text=_("These names stand without the title of an award. What is it called?"),
            excerpt=names,
            line=read.span.line,
            choices=(
                *(Choice(line.title_zh, line.title_zh) for line in self.lines.of_kind(AWARD)),
                Choice(DROP, _("Leave them out")),
            ),
            also=Also.TEXT,
        )
        answer = self.asked.ask(question)
        return None if answer == DROP else (answer or _("(without a title)"))

    def _no_winners(self, match: AwardMatch) -> str | None:
        question = Question(
            key=key_of("winners", match.handle),
            about=About.WINNERS,
            text=_("“%(title)s” is announced, but no winners were found.") % {"title": match.title},
            excerpt=match.title,
            line=match.read.span.line,
            choices=(
                Choice(KEEP, _("Keep the award without winners"), _("They are entered in the draft.")),
                Choice(DROP, _("Leave the award out")),
            ),
        )
        return self.asked.ask(question)

    def _expected(self, match: Match, announced: int | None, counted: int, span: Span) -> int | None:
        """Return how many rows the part should have: as announced, else as many as are printed."""
        if announced is None or announced == counted or not counted:
            return announced or counted or None
        question = Question(
            key=key_of("count", match.handle),
            about=About.COUNT,
            text=_("“%(title)s” announces %(announced)s; the number printed is %(counted)s.")
            % {"title": match.title, "announced": announced, "counted": counted},
            excerpt=match.title,
            line=span.line,
            choices=(
                Choice(
                    KEEP,
                    _("Keep both as printed"),
                    _("The checks of the draft go on saying that the list misses the announced number."),
                ),
                Choice(COUNTED, _("Expect as many as are printed")),
            ),
        )
        return counted if self.asked.ask(question) == COUNTED else announced

    def _citation(self, match: AwardMatch) -> str:
        question = Question(
            key=key_of("citation", match.handle),
            about=About.CITATION,
            text=_("No citation was found for “%(title)s”.") % {"title": match.title},
            excerpt=match.title,
            line=match.read.span.line,
            choices=(Choice(NONE, _("It has none")), *self._citations()),
            default=NONE,
        )
        answer = self.asked.ask(question)
        return "" if answer in (None, NONE) else str(answer)

    def _citations(self) -> list[Choice]:
        return [Choice(one.key, _beginning(one), one.heading) for one in self.reading.citations]

    def stray_citations(self, awards: list[AwardMatch]) -> None:
        """Ask for which award a citation was given that no award points at."""
        used = {award.read.citation for award in awards} | {award.citation for award in awards}
        for citation in self.reading.citations:
            if citation.key in used:
                continue
            question = Question(
                key=key_of("citation", "of", _beginning(citation)),
                about=About.CITATION,
                text=_("For which award was this citation given?"),
                excerpt=citation.text,
                line=citation.span.line,
                choices=(
                    *(Choice(award.handle, award.title) for award in awards),
                    Choice(DROP, _("Leave the citation out")),
                ),
            )
            answer = self.asked.ask(question)
            for award in awards:
                if award.handle == answer:
                    award.citation = citation.key


def _beginning(citation: CitationRead) -> str:
    return " ".join(citation.text.split())[:30]


def free(wanted: str, taken: Callable[[str], bool], joint: str = "-") -> str:
    """Return what is wanted, with the next number behind it as long as it is taken."""
    found, number = wanted, 1
    while taken(found):
        number += 1
        found = f"{wanted}{joint}{number}"
    return found


def new_slug(title: str) -> str:
    """Return an identifier made of the pinyin of a title, years aside."""
    return slugify(syllables(normal(title)))[:70].strip("-") or "part"


def _english(line: KnownLine | None, period: str) -> str:
    """Return the English title of the line with the period as printed; "" where there is none."""
    if line is None or not line.title_en:
        return ""
    years = period.strip().removesuffix("度").removesuffix("年")
    return f"{line.title_en}, {years}" if years else line.title_en


def _period(title: str) -> str:
    """Return the years that a title begins with."""
    end = title.find("年")
    years = title[:end] if end > 0 else ""
    return years if years.replace("-", "").isdecimal() else ""
