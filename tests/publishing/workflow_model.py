"""The workflow once more in plain Python: what each action should come to, without a database and without its code."""

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

# Which roles may do what, and from which status.
MAY = {
    "start": {"publisher"},
    "change": {"evaluator", "publisher"},
    "submit": {"evaluator", "publisher"},
    "return": {"reviewer"},
    "approve": {"reviewer"},
    "schedule": {"publisher"},
    "unschedule": {"publisher"},
    "publish": {"publisher"},
    "withdraw": {"publisher"},
    "discard": {"publisher"},
}
FROM = {
    "change": {"draft"},
    "submit": {"draft"},
    "return": {"in_review", "approved"},
    "approve": {"in_review"},
    "schedule": {"approved"},
    "unschedule": {"scheduled"},
    "publish": {"approved", "scheduled"},
    "withdraw": {"published", "superseded"},
    "discard": {"draft", "in_review", "approved"},
}
NEEDS_REASON = {"return", "withdraw", "discard"}
IN_PREPARATION = {"draft", "in_review", "approved", "scheduled"}
LAST_MOMENTS = dt.timedelta(seconds=5)
NOBODY = ""  # a program that acts on its own


class No(Exception):
    """The action is refused and changes nothing."""


@dataclass
class Paper:
    """A release: the text that stands in its rows, where it is, and who had a hand in it."""

    number: int
    text: str
    status: str = "draft"
    authors: set[str] = field(default_factory=set)
    approver: str = NOBODY
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    reason: str = ""
    log: list[tuple[str, str]] = field(default_factory=list)

    def move(self, action: str, status: str, by: str) -> None:
        self.status = status
        self.log.append((action, by))

    def is_public(self, at: dt.datetime) -> bool:
        """Whether its frozen address shows it."""
        known = self.status in ("scheduled", "published", "superseded")
        return known and self.begins is not None and self.begins <= at

    def is_current(self, at: dt.datetime) -> bool:
        return self.is_public(at) and (self.ends is None or self.ends > at)

    def is_gone(self, at: dt.datetime) -> bool:
        return self.status == "withdrawn" and self.begins is not None and self.begins <= at


class Office:
    """An edition and the people who work on it. Every action is all or nothing."""

    def __init__(self, people: dict[str, set[str]]) -> None:
        self.people = people
        self.papers: list[Paper] = []
        # Every text that was ever typed; what is not public must not be met anywhere.
        self.texts: list[str] = []

    def do(self, action: str, by: str, now: dt.datetime, number: int = 0, **given: object) -> None:
        """Raises `No` for what should be refused."""
        after = copy.deepcopy(self.papers)
        papers, self.papers = self.papers, after
        try:
            if action != "change":  # rows are changed without a look at the schedule
                self.settle(now)
            if by != NOBODY and not self.people[by] & MAY.get(action, self.people[by]):
                raise No
            if action == "start":
                self._start(by, now)
            elif action != "settle":
                self._move(action, by, now, self.papers[number - 1], **given)
        except No:
            self.papers = papers
            raise

    def settle(self, now: dt.datetime) -> None:
        for paper in self.papers:
            if paper.status == "scheduled" and paper.begins is not None and paper.begins <= now:
                for former in self._with("published"):
                    former.move("supersede", "superseded", NOBODY)
                paper.move("settle", "published", NOBODY)

    def public_texts(self, at: dt.datetime) -> set[str]:
        return {paper.text for paper in self.papers if paper.is_public(at)}

    def secrets(self, at: dt.datetime) -> set[str]:
        return set(self.texts) - self.public_texts(at)

    def current(self, at: dt.datetime) -> Paper | None:
        return next((paper for paper in self.papers if paper.is_current(at)), None)

    def new_text(self) -> str:
        """Return a text that stands nowhere yet and is part of no other one."""
        self.texts.append(f"秘密{len(self.texts):03}号")
        return self.texts[-1]

    def _with(self, *statuses: str) -> Iterator[Paper]:
        return (paper for paper in self.papers if paper.status in statuses)

    def _start(self, by: str, now: dt.datetime) -> None:
        if any(self._with(*IN_PREPARATION)):
            raise No
        last = next(self._with("published"), None)
        last = last or next((one for one in reversed(self.papers) if one.begins is not None), None)
        draft = Paper(len(self.papers) + 1, last.text if last else "", reason="")
        draft.move("correct" if last else "start", "draft", by)
        self.papers.append(draft)

    def _move(self, action: str, by: str, now: dt.datetime, paper: Paper, **given: object) -> None:
        if paper.status not in FROM[action]:
            raise No
        if action in NEEDS_REASON and not given.get("reason"):
            raise No
        getattr(self, f"_{action}")(paper, by, now, **given)

    def _change(self, paper: Paper, by: str, now: dt.datetime, text: str) -> None:
        paper.text = text
        paper.authors.add(by)

    def _submit(self, paper: Paper, by: str, now: dt.datetime) -> None:
        paper.authors |= {by} - {NOBODY}
        paper.move("submit", "in_review", by)

    def _return(self, paper: Paper, by: str, now: dt.datetime, reason: str) -> None:
        paper.approver = NOBODY
        paper.move("return", "draft", by)

    def _approve(self, paper: Paper, by: str, now: dt.datetime) -> None:
        if by in paper.authors or (by == NOBODY and paper.authors):
            raise No
        paper.approver = by
        paper.move("approve", "approved", by)

    def _schedule(self, paper: Paper, by: str, now: dt.datetime, at: dt.datetime, reason: str) -> None:
        if at <= max(now + LAST_MOMENTS, self._last_beginning(now)):
            raise No
        self._take_the_place(paper, at, reason)
        paper.move("schedule", "scheduled", by)

    def _unschedule(self, paper: Paper, by: str, now: dt.datetime) -> None:
        assert paper.begins is not None
        if paper.begins <= now + LAST_MOMENTS:
            raise No
        self._forget_the_hour(paper)
        paper.move("unschedule", "approved", by)

    def _publish(self, paper: Paper, by: str, now: dt.datetime, reason: str) -> None:
        if paper.status == "scheduled":
            self._forget_the_hour(paper)
        former = self._take_the_place(paper, max(now, self._last_beginning(now)), reason)
        if former:
            former.move("supersede", "superseded", by)
        paper.move("publish", "published", by)

    def _withdraw(self, paper: Paper, by: str, now: dt.datetime, reason: str) -> None:
        assert paper.begins is not None
        if paper.ends is None or paper.ends > now:
            paper.ends = max(now, paper.begins)
        paper.move("withdraw", "withdrawn", by)

    def _discard(self, paper: Paper, by: str, now: dt.datetime, reason: str) -> None:
        paper.move("discard", "discarded", by)

    def _take_the_place(self, paper: Paper, at: dt.datetime, reason: str) -> Paper | None:
        paper.reason = reason or paper.reason
        others = [one for one in self._with("published", "superseded", "withdrawn") if one is not paper]
        if others and not paper.reason:
            raise No
        former = next(self._with("published"), None)
        paper.begins = at
        if former:
            former.ends = at
        return former

    def _last_beginning(self, now: dt.datetime) -> dt.datetime:
        """Clocks are set back; what readers have seen keeps its order."""
        known = [one.begins for one in self._with("published", "superseded", "withdrawn")]
        return max(filter(None, known), default=now)

    def _forget_the_hour(self, paper: Paper) -> None:
        paper.begins = None
        for former in self._with("published"):
            former.ends = None
