"""What the reader cannot be sure of, as questions with candidates, and how an answer is judged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models.editions import LABEL_RULE
from cityrank.registry.models import Subject

# Values of choices that are no identifier of anything.
OPEN, DROP, NEW, CREATE, KEEP, COUNTED, NONE, CORRECT, CANCEL = (
    "open", "drop", "new", "create", "keep", "counted", "none", "correct", "cancel",
)  # fmt: skip


class About(StrEnum):
    """What a question is about; questions are shown in this order."""

    EDITION = "edition"
    TITLE = "title"
    LINE = "line"
    PEERS = "peers"
    WINNERS = "winners"
    COUNT = "count"
    CITATION = "citation"
    PLACE = "place"
    ORGANISATION = "organisation"
    APP = "app"
    TWICE = "twice"
    AVERAGE = "average"


class Also(StrEnum):
    """What may be answered beside the choices."""

    NOTHING = ""
    SUBJECT = "subject"  # the identifier of a place, organisation or app
    LABEL = "label"  # of an edition
    TEXT = "text"


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    why: str = ""


@dataclass(frozen=True)
class Question:
    """A question about one place in the text.

    `key` stays the same as long as the text does, so that an answers file survives a second reading. `excerpt` is the
    text in question, `line` where it stands (from 1). `default` is the value of the choice that is suggested; nothing
    is taken that nobody has answered.
    """

    key: str
    about: About
    text: str
    excerpt: str
    line: int
    choices: tuple[Choice, ...]
    default: str | None = None
    also: Also = Also.NOTHING

    @property
    def allowed(self) -> list[str]:
        return [choice.value for choice in self.choices]

    def accepts(self, value: str, subjects: Mapping[str, str]) -> bool:
        """Return whether `value` answers the question; `subjects` are the kinds of those that exist, by identifier."""
        if value in self.allowed:
            return True
        if self.also == Also.SUBJECT:
            return value in subjects and subjects[value] == self.about.value
        if self.also == Also.LABEL:
            return is_label(value)
        return self.also == Also.TEXT and 0 < len(value.strip()) <= 300

    def in_words(self) -> str:
        """Return what may be answered, for the message of a wrong answer."""
        beside = {
            Also.NOTHING: "",
            Also.SUBJECT: _("the identifier of another one in the registry"),
            Also.LABEL: _("a year or two, such as 2019 or 2017-2018"),
            Also.TEXT: _("a title of up to 300 characters"),
        }[self.also]
        return ", ".join([*self.allowed, *([beside] if beside else [])])


def is_label(text: str) -> bool:
    """Return whether a text is the label of an edition: a year, or two of which the first comes first."""
    try:
        LABEL_RULE(text)
    except ValidationError:
        return False
    years = text.split("-")
    return years == sorted(years)


def key_of(*parts: object) -> str:
    """Return a key such as `place:most-influential:3:吉林`; white space in a part becomes one space."""
    return ":".join(re.sub(r"\s+", " ", str(part)).strip() for part in parts)


class Asked:
    """Collects the questions of one reading and gives each the answer that was found for it."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = dict(answers)
        self.questions: dict[str, Question] = {}
        # Keys of questions that the database has made needless: an answer to one of them is no mistake.
        self.settled: set[str] = set()
        found = Subject.objects.filter(slug__in=set(self.answers.values())) if self.answers else ()
        self.subjects = {subject.slug: subject for subject in found}
        self.kinds = {slug: subject.kind for slug, subject in self.subjects.items()}

    def ask(self, question: Question) -> str | None:
        """Note a question and return its answer; None while it has none, or none that it allows."""
        known = self.questions.setdefault(question.key, question)
        value = self.answers.get(known.key)
        return value if value is not None and known.accepts(value, self.kinds) else None

    def is_open(self, question: Question) -> bool:
        value = self.answers.get(question.key)
        return value is None or not question.accepts(value, self.kinds)
