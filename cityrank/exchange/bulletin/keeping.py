"""The business actions on a bulletin that was handed in: keep the file, answer, write the draft, give up."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.exchange.bulletin.answers import check_answers
from cityrank.exchange.bulletin.documents import read_document
from cityrank.exchange.bulletin.drafting import draft_bulletin
from cityrank.exchange.bulletin.elements import Reading
from cityrank.exchange.bulletin.matching import Matched, match
from cityrank.exchange.bulletin.questions import OPEN, About
from cityrank.exchange.bulletin.reading import read_bulletin
from cityrank.exchange.models import BulletinReading
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE

State = BulletinReading.State


def read_file(content: bytes, name: str) -> Reading:
    """Return what a file says. Raises `UnreadableDocument` where it cannot be read."""
    return read_bulletin(read_document(content, name))


def find_same(content: bytes) -> BulletinReading | None:
    """Return the record of the same file, if it is being read or its draft stands."""
    digest = hashlib.sha256(content).hexdigest()
    return BulletinReading.objects.standing().filter(sha256=digest).order_by("pk").first()


def keep(content: bytes, name: str, by: User | None = None) -> tuple[BulletinReading, bool]:
    """Keep a file that was handed in; return its record and whether it is new.

    The same file again leads to the first record. Raises `UnreadableDocument` for what cannot be read, and `Refused`
    for whoever may not set up a draft; then nothing is kept.
    """
    _allow(by)
    if found := find_same(content):
        return found, False
    read_file(content, name)
    record = BulletinReading(
        original_name=Path(name).name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    try:
        with transaction.atomic():
            # A name of ours: the one that was sent may be anything.
            record.file.save(
                f"{uuid4().hex}{Path(name).suffix.lower()[:10]}", ContentFile(content), save=True
            )
    except IntegrityError:
        # Somebody handed it in at the same moment.
        record.file.delete(save=False)
        first = find_same(content)
        if first is None:
            raise
        return first, False
    return record, True


def reading_of(record: BulletinReading) -> Reading:
    """Return what the kept file says."""
    with record.file.open("rb") as file:
        return read_file(file.read(), record.original_name)


def matched_of(record: BulletinReading) -> Matched:
    return match(reading_of(record), record.answers)


@transaction.atomic
def answer(record: BulletinReading, answers: Mapping[str, str], by: User | None = None) -> Matched:
    """Note answers beside those given before; an empty value takes one back. Returns what follows from them.

    Raises `BadAnswers` for keys and values that are not possible, `Refused` where the reading is over; then nothing
    is noted.
    """
    record = _begin(record, by)
    merged = {key: value for key, value in {**record.answers, **answers}.items() if value}
    matched = match(reading_of(record), merged)
    # Answers to questions that another answer has made pointless are forgotten, not refused.
    stale = set(merged) - set(matched.asked.questions) - set(answers)
    matched.asked.answers = {key: value for key, value in merged.items() if key not in stale}
    check_answers(matched.asked)
    record.answers = matched.asked.answers
    record.save(update_fields=["answers"])
    return matched


def leave_unknown_open(record: BulletinReading, by: User | None = None) -> Matched:
    """Answer every open question about a place of which nothing similar is known: it is resolved in the draft."""
    unknown = {
        question.key: OPEN
        for question in matched_of(record).open_questions
        if question.about == About.PLACE and question.default == OPEN
    }
    return answer(record, unknown, by)


@transaction.atomic
def write(record: BulletinReading, by: User | None = None) -> Release:
    """Write the draft of a reading whose questions are answered. Raises `Refused`; then nothing is written."""
    record = _begin(record, by)
    with record.file.open("rb") as file:
        content = file.read()
    reading = read_file(content, record.original_name)
    record.release = draft_bulletin(reading, record.answers, by, content)
    record.state = State.WRITTEN
    record.save(update_fields=["release", "state"])
    return record.release


@transaction.atomic
def import_file(
    content: bytes, name: str, answers: Mapping[str, str], by: User | None = None
) -> BulletinReading:
    """Keep a file and write its draft in one go, as the command does.

    A reading of the same file that somebody has begun is finished with these answers in place of theirs. Raises
    `Refused` where the file has been imported or a question is open; then nothing is kept or written.
    """
    record, new = keep(content, name, by)
    if not new and record.release is not None:
        raise Refused(
            _("%(file)s has been imported already: release %(number)s of %(edition)s.")
            % {"file": name, "number": record.release.number, "edition": record.release.edition.label}
        )
    stored = record.file.name
    try:
        with transaction.atomic():
            record.answers = dict(answers)
            record.save(update_fields=["answers"])
            write(record, by)
    except Exception:
        if new and stored:
            # The record goes with the transaction; a file does not.
            record.file.storage.delete(stored)
        raise
    record.refresh_from_db()
    return record


@transaction.atomic
def give_up(record: BulletinReading, by: User | None = None) -> BulletinReading:
    """Give up a reading; its file is removed, and may be handed in again. Raises `Refused` where it is written."""
    record = _begin(record, by)
    stored, storage = record.file.name, record.file.storage
    record.state, record.file = State.GIVEN_UP, ""
    record.save(update_fields=["state", "file"])
    if stored:
        # Only when the record is sure to say so: the other way round, an open reading could lack its file.
        transaction.on_commit(lambda: storage.delete(stored))
    return record


def _allow(by: User | None) -> None:
    if by is not None and not by.has_perm(COORDINATE):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("read a bulletin")})


def _begin(record: BulletinReading, by: User | None) -> BulletinReading:
    """Return the record, locked and read anew. Raises `Refused` where it is over."""
    _allow(by)
    record = (
        BulletinReading.objects.select_for_update(of=("self",)).select_related("release").get(pk=record.pk)
    )
    if not record.is_open:
        raise Refused(
            _("%(file)s is %(state)s already.")
            % {"file": record.original_name, "state": record.get_state_display()}
        )
    return record
