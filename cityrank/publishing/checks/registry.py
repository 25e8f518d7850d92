"""The rules by name, and what a rule finds."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from cityrank.publishing.checks.content import Content


class Severity(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Found:
    """One row that breaks a rule.

    `row` identifies it within its release ("average:2", "score:cities-50:7") in this release and in its clones;
    `model` and `pk` lead to it in the admin; `part` is the title of the award or ranking it belongs to; `figures` are
    what the message speaks of: when they change, an acknowledgement no longer counts.
    """

    row: str
    model: str
    pk: int
    part: str
    message: str
    figures: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A row found by a rule, with the acknowledgement that somebody gave for it, if it still counts."""

    rule: "Rule"
    found: Found
    acknowledgement: Any = None
    # An acknowledgement was given for other figures.
    is_outdated: bool = False

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((self.rule.name, *map(str, self.found.figures))).encode()).hexdigest()

    @property
    def blocks(self) -> bool:
        return self.rule.severity == Severity.BLOCKS

    @property
    def is_open(self) -> bool:
        return self.acknowledgement is None


Find = Callable[["Content"], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    name: str
    severity: Severity
    # What it asks of a row, as a sentence.
    about: Promise
    find: Find = field(repr=False)


RULES: dict[str, Rule] = {}


def rule(name: str, severity: Severity, about: Promise) -> Callable[[Find], Find]:
    """Register the function below as a rule."""

    def register(find: Find) -> Find:
        assert name not in RULES, name
        RULES[name] = Rule(name, severity, about, find)
        return find

    return register
