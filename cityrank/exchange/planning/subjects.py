"""Which subject each name of a file means: all of them in a few batches, never one by one."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.registry.models import Place, Subject
from cityrank.registry.resolver import Outcome, Resolution, resolve_many
from cityrank.registry.resolving.known import chunks
from scores.models import PeerGroup
from scores.peers import members

_IDENTIFIER = re.compile(r"[-a-z0-9_]{1,80}", re.ASCII)
_CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
# How many candidates a sentence names.
_NAMED = 4
_KINDS = (Subject.Kind.PLACE, Subject.Kind.ORGANISATION, Subject.Kind.APP)


class Question(NamedTuple):
    """A text that stands for a subject, in a table about a peer group (its key).

    `named` says that it is a printed name and no identifier.
    """

    text: str
    named: bool
    group: int | None = None


# The key of a subject, or a sentence.
Answer = int | str


def edition_date(release: Release | None) -> dt.date | None:
    """Return the day whose places a release speaks of; None for today."""
    if release is None:
        return None
    return release.announced_on or dt.date(release.edition.period_end, 12, 31)


def answers(
    questions: Iterable[Question], release: Release | None, groups: Iterable[PeerGroup] = ()
) -> dict[Question, Answer]:
    """Return for each question the key of a subject, or why there is none. `groups` are those that are asked about."""
    on, questions = edition_date(release), set(questions)
    by_key = {group.pk: group for group in groups}
    given = {one.text for one in questions if not one.named}
    known = _identified(given, on)
    found: dict[Question, Answer] = {}
    open_: dict[PeerGroup | None, list[Question]] = defaultdict(list)
    for one in questions:
        if not one.named and one.text in known:
            found[one] = known[one.text]
        else:
            open_[by_key.get(one.group)].append(one)  # type: ignore[arg-type]
    for alike in _alike(open_):
        found |= _resolved(alike, on)
    return found


def _identified(texts: set[str], on: dt.date | None) -> dict[str, int]:
    """Return the subjects of those texts that are identifiers or codes."""
    wanted = {text.lower() for text in texts if _IDENTIFIER.fullmatch(text.lower())}
    known: dict[str, int] = {}
    for chunk in chunks(sorted(wanted)):
        known |= dict(Subject.objects.filter(slug__in=chunk).values_list("slug", "pk"))
    codes = {text: _code(text) for text in wanted - set(known) if _CODE.fullmatch(text)}
    held: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for chunk in chunks(sorted(set(codes.values()))):
        rows = Place.objects.filter(code__in=chunk).values_list("code", "pk", "valid_from", "valid_to")
        for code, pk, begun, ended in rows:
            exists = (begun is None or on is None or begun <= on) and (
                ended is None or (on is not None and ended >= on)
            )
            held[code].append((pk, exists))
    for text, code in codes.items():
        holders = [pk for pk, exists in held[code] if exists] or [pk for pk, _exists in held[code]]
        if len(holders) == 1:
            known[text] = holders[0]
    return {text: known[text.lower()] for text in texts if text.lower() in known}


def _code(text: str) -> str:
    """Return the code as the registry has it; statistical ones have twelve digits, filled with zeros."""
    text = text.removesuffix("000") if len(text) == 12 else text
    return text.removesuffix("000") if len(text) == 9 and text.endswith("000") else text


def _alike(asked: dict[PeerGroup | None, list[Question]]) -> Iterable[dict[PeerGroup | None, list[Question]]]:
    """Return the questions together that expect the same kind and level: the registry is read once for each."""
    batches: dict[tuple[str, str], dict[PeerGroup | None, list[Question]]] = defaultdict(dict)
    for group, questions in asked.items():
        key = (group.subject_kind, group.level) if group else ("", "")
        batches[key][group] = questions
    return batches.values()


def _resolved(asked: dict[PeerGroup | None, list[Question]], on: dt.date | None) -> dict[Question, Answer]:
    group = next(iter(asked))
    texts = list(dict.fromkeys(one.text for questions in asked.values() for one in questions))
    levels = [group.level] if group and group.level else None
    kinds = [group.subject_kind] if group else _KINDS
    best: dict[str, Resolution] = {}
    for kind in kinds:
        if texts := [text for text in texts if text not in best or best[text].outcome == Outcome.UNKNOWN]:
            place = kind == Subject.Kind.PLACE
            for answer in _asked(texts, kind, on if place else None, levels if place else None):
                if answer.outcome != Outcome.UNKNOWN or answer.printed not in best:
                    best[answer.printed] = answer
    found: dict[Question, Answer] = {}
    for one_group, questions in asked.items():
        narrowed = _narrowed(one_group, {one.text for one in questions}, best)
        sentences: dict[str, str] = {}
        for one in questions:
            key = best[one.text].subject_id or narrowed.get(one.text)
            if not key and one.text not in sentences:
                sentences[one.text] = _sentence(best[one.text])
            found[one] = key or sentences[one.text]
    return found


def _asked(texts: list[str], kind: str, on: dt.date | None, levels: list[str] | None) -> list[Resolution]:
    """Resolve texts; those few that are not found once more, with every candidate that there is."""
    first = resolve_many(texts, on=on, levels=levels, kind=kind, sparing=True)
    open_ = [answer.printed for answer in first if not answer.is_found]
    second = (
        {one.printed: one for one in resolve_many(open_, on=on, levels=levels, kind=kind)} if open_ else {}
    )
    return [second.get(answer.printed, answer) for answer in first]


def _narrowed(group: PeerGroup | None, texts: set[str], best: dict[str, Resolution]) -> dict[str, int]:
    """Return the subjects of ambiguous names of which exactly one candidate belongs to the peer group."""
    if group is None:
        return {}
    equal = {
        text: [option.entry.pk for option in best[text].options[: best[text].equal]]
        for text in texts
        if best[text].outcome == Outcome.AMBIGUOUS
    }
    inside: set[int] = set()
    for chunk in chunks(sorted({pk for keys in equal.values() for pk in keys})):
        inside |= set(members(group).filter(Q(pk__in=chunk)).values_list("pk", flat=True))
    chosen = {text: [pk for pk in keys if pk in inside] for text, keys in equal.items()}
    return {text: keys[0] for text, keys in chosen.items() if len(keys) == 1}


def _sentence(answer: Resolution) -> str:
    """Return why a name is not resolved, with the candidates and how to write them."""
    candidates = [f"{one.path_zh} ({one.slug})" for one in answer.candidates[:_NAMED]]
    text = str(answer.reason)
    if not candidates:
        return _("%(why)s Write its identifier or code into the column of the subject.") % {"why": text}
    if answer.total > _NAMED:
        candidates.append("…")
    values = {"why": text, "candidates": "; ".join(candidates)}
    return (
        _("%(why)s Write one of these identifiers into the column of the subject: %(candidates)s.") % values
    )
