"""Answers files: what somebody decided about the questions of a reading, in TOML or JSON.

    [answers]
    "place:most-influential:3:吉林" = "220200"
    "count:smart-towns-25" = "keep"

A value is that of a choice, or what the question allows beside its choices. An empty value answers nothing, so that a
file made by `--write-answers` can be filled in bit by bit.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cityrank.exchange.bulletin.questions import Asked, Question


class BadAnswers(Exception):
    """The answers cannot be used; the text says where in the file, what is wrong and what is allowed."""


def read_answers(path: Path) -> dict[str, str]:
    """Return the answers of a file by key. Raises `BadAnswers`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadAnswers(
            _("%(file)s cannot be read: %(error)s") % {"file": path.name, "error": error}
        ) from error
    return parse_answers(text, path.name, is_json=path.suffix.lower() == ".json")


def parse_answers(text: str, name: str, *, is_json: bool = False) -> dict[str, str]:
    """Return the answers in a text by key; empty ones are left out. Raises `BadAnswers`."""
    try:
        data = json.loads(text, object_pairs_hook=_once) if is_json else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadAnswers(
            _("%(file)s is not well-formed: %(error)s") % {"file": name, "error": error}
        ) from error
    except _Twice as twice:
        raise BadAnswers(_at(text, name, str(twice), _("it is answered twice."))) from twice
    answers = data.get("answers") if isinstance(data, dict) else None
    if not isinstance(answers, dict):
        raise BadAnswers(_("%(file)s has no table “answers” with a value for each key.") % {"file": name})
    for key, value in answers.items():
        if not isinstance(value, str):
            raise BadAnswers(_at(text, name, key, _("write the value in quotation marks.")))
    return {key: value for key, value in answers.items() if value}


class _Twice(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _at(text: str, name: str, key: str, problem: str) -> str:
    return _("%(file)s, line %(line)s, %(key)s: %(problem)s") % {
        "file": name,
        "line": line_of(text, key) or "?",
        "key": key,
        "problem": problem,
    }


def line_of(text: str, key: str) -> int | None:
    """Return the line of a file in which a key stands; None where it is spelled in another way there."""
    quoted = re.escape(_quoted(key))
    found = re.search(rf"^\s*(?:{quoted}|'{re.escape(key)}')\s*[=:]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 + found[0].count("\n") if found else None


def check_answers(asked: Asked, name: str = "", text: str = "") -> None:
    """Refuse answers to questions that are not asked, and values that a question does not allow.

    Raises `BadAnswers` with a line for each of them; `name` and `text` are those of the file, if there is one.
    """
    problems = []
    for key, value in asked.answers.items():
        question = asked.questions.get(key)
        if question is None and key in asked.settled:
            continue
        if question is None:
            near = _near(key, asked.questions)
            problem = _("this bulletin asks no such question.")
            problem += " " + _("Near ones: %(keys)s.") % {"keys": ", ".join(near)} if near else ""
        elif not question.accepts(value, asked.kinds):
            problem = _("%(value)s is not possible; possible are: %(allowed)s.") % {
                "value": value,
                "allowed": question.in_words(),
            }
        else:
            continue
        problems.append(_at(text, name, key, problem) if name else f"{key}: {problem}")
    if problems:
        raise BadAnswers("\n".join(problems))


def _near(key: str, known: Iterable[str]) -> list[str]:
    last = key.rpartition(":")[2]
    return [other for other in known if last and other.rpartition(":")[2] == last][:3]


def template(questions: Iterable[Question], answers: Mapping[str, str], name: str) -> str:
    """Return an answers file in TOML with every question, its choices as comments, and the answers given so far."""
    first = _("Answers to the questions about %(file)s. Fill in a value; an empty one answers nothing.")
    lines = ["# " + first % {"file": name}, "", "[answers]"]
    for question in questions:
        lines += ["", *(f"# {line}" for line in _told(question))]
        lines.append(f"{_quoted(question.key)} = {_quoted(answers.get(question.key, ''))}")
    return "\n".join(lines) + "\n"


def template_json(questions: Iterable[Question], answers: Mapping[str, str]) -> str:
    """Return the same as JSON, with the questions beside the answers."""
    known = list(questions)
    data = {
        "answers": {question.key: answers.get(question.key, "") for question in known},
        "questions": {question.key: list(_told(question)) for question in known},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _told(question: Question) -> Iterable[str]:
    where = _("line %(line)s") % {"line": question.line}
    yield from f"{question.text} ({where})".splitlines()
    if question.excerpt:
        yield "> " + " ".join(question.excerpt.split())[:120]
    for choice in question.choices:
        mark = "*" if choice.value == question.default else "-"
        words = " ".join(f"{choice.label}  {choice.why}".split())
        yield f"  {mark} {_quoted(choice.value)}  {words}"
    if question.also:
        yield "  - " + question.in_words().rpartition(", ")[2]


def _quoted(text: str) -> str:
    """Return a text in the quotation marks that TOML and JSON share."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
