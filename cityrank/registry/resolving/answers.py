"""The answer to "which subject is meant by this printed name?", with reasons that an evaluator can read.

Sentences are made when they are read, in the language of the reader: a batch of 100,000 answers builds none.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cityrank.registry.models import Place, Subject
from cityrank.registry.resolving.deciding import Decision, Option
from cityrank.registry.resolving.known import Entry, Known, chunks
from cityrank.registry.resolving.spelling import Printed

if TYPE_CHECKING:
    # A text that is translated when it is read.
    from django.utils.functional import _StrPromise as StrPromise

# Translated as "{first}{second}" where sentences follow each other without a space.
_PAIR = pgettext_lazy("two sentences", "{first} {second}")

# How many candidates an answer lists; `Resolution.total` says how many there are.
LISTED = 20


class Outcome(models.TextChoices):
    FOUND = "found", _("found")
    AMBIGUOUS = "ambiguous", _("ambiguous")
    UNKNOWN = "unknown", _("unknown")


class How(models.TextChoices):
    EXACT = "exact", _("full name")
    ENGLISH = "english", _("English name")
    ALIAS = "alias", _("other name")
    FORMER_ALIAS = "former_alias", _("former name")
    SUFFIX_DROPPED = "suffix_dropped", _("suffix left out")
    SUFFIX_ADDED = "suffix_added", _("suffix added")
    SUFFIX_SHORTENED = "suffix_shortened", _("suffix shortened")
    SUFFIX_DIFFERS = "suffix_differs", _("another suffix")
    THROUGH_PARENTS = "through_parents", _("through the places above")
    FORMER_PARENTS = "former_parents", _("through earlier names of the places above")
    BRACKETS = "brackets", _("confirmed by the words in brackets")
    FORMER_NAME = "former_name", _("former name")
    LATER_NAME = "later_name", _("later name")


_NAMED: dict[str, "StrPromise"] = {
    How.EXACT: _("“{own}” is the full name of {place}."),
    How.ENGLISH: _("“{own}” is the English name of {place}."),
    How.ALIAS: _("“{own}” is recorded as another name of {place}."),
    How.FORMER_ALIAS: _("“{own}” is recorded as a former name of {place}."),
    How.SUFFIX_DROPPED: _("“{own}” is {place} without the end of its name."),
    How.SUFFIX_ADDED: _("“{own}” is {place} with an addition to its name."),
    How.SUFFIX_SHORTENED: _("“{own}” is short for {place}."),
    How.SUFFIX_DIFFERS: _("“{own}” resembles {place}, but ends differently."),
}
_ABOVE: dict[str, "StrPromise"] = {
    "current": _("“{prefix}” names what it belongs to."),
    "former": _("“{prefix}” names what it belonged to in earlier years."),
}
_AGAINST: dict[str, "StrPromise"] = {
    "level": _("It is not of an expected level: {level}."),
    "within": _("It lies outside the place that was given."),
    "brackets": _("The words in brackets name neither it nor a place above it."),
    "ended": _("It existed only until {ended}."),
    "not_begun": _("It exists only since {begun}."),
    "became": _("That place was merged, divided or lost sight of; this one is connected with it."),
    "prefix": _("“{prefix}” is not where it lies."),
    "encloses": _("The text names this place, but not all of the text is known."),
}


@dataclass(frozen=True, eq=False)
class Candidate:
    """A place (or other subject) that may be meant. Plain values; `Resolution.subject` has the model object."""

    option: Option = field(repr=False)
    known: Known = field(repr=False)
    brackets: bool = False
    on: dt.date | None = None
    printed: str = ""

    @property
    def pk(self) -> int:
        return self.option.entry.pk

    @property
    def slug(self) -> str:
        return self.option.entry.slug

    @property
    def name_zh(self) -> str:
        return self.option.entry.name

    @property
    def level(self) -> str:
        """A value of `Place.Level`; empty for organisations and apps."""
        return self.option.entry.level

    @cached_property
    def path_zh(self) -> str:
        """The full path, such as 浙江省杭州市西湖区."""
        return self.known.path(self.option.entry)

    @property
    def how(self) -> tuple[How, ...]:
        """By which steps the text leads to this candidate."""
        match, via = self.option.match, self.option.via
        steps = [How(match.how)]
        if match.above:
            steps.append(How.FORMER_PARENTS if match.above == "former" else How.THROUGH_PARENTS)
        if not self.option.against:
            if self.brackets:
                steps.append(How.BRACKETS)
            if via is not None:
                steps.append(How.LATER_NAME if _began_after(via, self.option.entry) else How.FORMER_NAME)
            elif self.option.entry.ended is not None and not self.option.entry.existed(self.on):
                steps.append(How.FORMER_NAME)
        return tuple(steps)

    @property
    def why(self) -> "StrPromise":
        """Why it is a candidate and, if it was not chosen for a reason of its own, what speaks against it."""
        return _text(self._sentences)

    def _sentences(self) -> Iterator[str]:
        entry, match, via = self.option.entry, self.option.match, self.option.via
        named = via or entry
        values = {
            "own": self.printed.strip() if self.printed.strip().casefold() == match.own else match.own,
            "prefix": match.prefix,
            "place": self.known.path(named),
            "level": Place.Level(entry.level).label if entry.level else "",
            "begun": str(entry.begun or ""),
            "ended": str(entry.ended or ""),
        }
        yield str(_NAMED[match.how]).format(**values)
        if match.above in _ABOVE:
            yield str(_ABOVE[match.above]).format(**values)
        if self.option.against in _AGAINST:
            yield str(_AGAINST[self.option.against]).format(**values)
        else:
            yield from self._then()

    def _then(self) -> Iterator[str]:
        """Say it when the name is of another time."""
        via, ended = self.option.via, self.option.entry.ended
        if How.LATER_NAME in self.how:
            yield str(_("At that date its name was {place}.")).format(place=self.path_zh)
        elif via is not None:
            text = _("It existed until {ended} and continued as {place}.")
            yield str(text).format(ended=via.ended, place=self.path_zh)
        elif How.FORMER_NAME in self.how:
            text = _("It is a former place and existed until {ended}.")
            if self.on is not None:
                text = _("Yearly lists show it last at {ended}; on what day it ended is not recorded.")
            yield str(text).format(ended=ended)


def _began_after(place: Entry, other: Entry) -> bool:
    return place.begun is not None and other.ended is not None and other.ended < place.begun


class Subjects:
    """Model objects of the answers of a batch, read together the first time one of them is wanted."""

    def __init__(self, kind: str) -> None:
        self.model: type[Subject] = Place if kind == "place" else Subject
        self.wanted: set[int] = set()
        self._read: dict[int, Subject] = {}

    def get(self, pk: int) -> Subject:
        if pk not in self._read:
            for chunk in chunks({*self.wanted, pk} - set(self._read), 900):
                self._read |= self.model._default_manager.in_bulk(chunk)
        return self._read[pk]


@dataclass(frozen=True, eq=False)
class Resolution:
    """What a printed name means.

    `outcome` is found (one subject, in `subject`), ambiguous (several are equally good) or unknown. `candidates` are
    listed best first, at most `LISTED` of them, each with its reason: for "found" the subject and what it was
    preferred to; for "ambiguous" the equally good ones, then others; for "unknown" near ones, none of which was chosen.
    """

    printed: str
    outcome: Outcome
    options: list[Option] = field(repr=False)
    equal: int
    known: Known = field(repr=False)
    subjects: Subjects = field(repr=False)
    brackets: bool = field(default=False, repr=False)
    on: dt.date | None = field(default=None, repr=False)

    @property
    def total(self) -> int:
        """How many candidates there are, listed or not."""
        return len(self.options)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(option, self.known, self.brackets, self.on, self.printed)
            for option in self.options[:LISTED]
        )

    @property
    def is_found(self) -> bool:
        return self.outcome == Outcome.FOUND

    @property
    def subject_id(self) -> int | None:
        return self.options[0].entry.pk if self.is_found else None

    @property
    def subject(self) -> Subject | None:
        """The `Place`, or `Subject` of another kind, that was found. A batch reads all its subjects at once."""
        return self.subjects.get(self.options[0].entry.pk) if self.is_found else None

    @property
    def how(self) -> tuple[How, ...]:
        """By which steps it was found; empty if it was not."""
        return self.candidates[0].how if self.is_found else ()

    @cached_property
    def successors(self) -> tuple[Candidate, ...]:
        """Today's places for a found place that has ended; empty for one that still exists."""
        if not self.is_found or self.options[0].entry.ended is None:
            return ()
        match = self.options[0].match
        heirs = self.known.today(self.options[0].entry)
        return tuple(
            Candidate(Option(heir, match, self.options[0].entry), self.known, on=self.on) for heir in heirs
        )

    @property
    def reason(self) -> "StrPromise":
        """One or a few sentences for the evaluator, in the language of the reader."""
        return _text(self._sentences)

    def _sentences(self) -> Iterator[str]:
        if self.is_found:
            yield str(self.candidates[0].why)
            yield from self._today_and_others()
        elif self.outcome == Outcome.AMBIGUOUS:
            equal = _("{count} places fit “{printed}” equally well. Print the place above it, or choose one.")
            yield str(equal).format(printed=self.printed, count=self.equal)
        else:
            yield str(_("Nothing is known as “{printed}”.")).format(printed=self.printed)
            if self.total:
                text = ngettext(
                    "{count} near candidate is listed, but was not chosen.",
                    "{count} near candidates are listed, but none was chosen.",
                    self.total,
                )
                yield text.format(count=self.total)

    def _today_and_others(self) -> Iterator[str]:
        if self.successors:
            yield str(_("Today: {places}.")).format(
                places="、".join(heir.path_zh for heir in self.successors)
            )
        if others := self.total - 1:
            text = ngettext("{count} place fits less well.", "{count} places fit less well.", others)
            yield text.format(count=others)


def answer(
    printed: Printed, decision: Decision, known: Known, subjects: Subjects, *, on: dt.date | None
) -> Resolution:
    """Return the answer that a decision amounts to."""
    best, lesser, refused = decision.best, decision.lesser, decision.refused
    if not best:
        outcome, options = Outcome.UNKNOWN, refused
    else:
        outcome, options = (Outcome.FOUND if len(best) == 1 else Outcome.AMBIGUOUS), [*best, *lesser]
    if len(best) == 1:
        subjects.wanted.add(best[0].entry.pk)
    brackets = (
        bool(printed.qualifiers) and bool(best) and best[0].match.prefix + best[0].match.own == printed.main
    )
    return Resolution(printed.raw, outcome, options, len(best), known, subjects, brackets, on)


def _text(sentences: Callable[[], Iterable[str]]) -> "StrPromise":
    """Join sentences, when they are read: with a space between them in English, without one in Chinese."""

    def joined() -> str:
        text = ""
        for sentence in sentences():
            text = str(_PAIR).format(first=text, second=sentence) if text else sentence
        return text

    return cast("StrPromise", lazy(joined, str)())
