"""Key a table from its picture: once, or twice by two people who do not see each other's.

What is typed is kept as it is typed, right or wrong, with each save. When a table's entry is finished (both, where it
is entered twice) and nothing differs any more, it becomes the rows of the ranking, and every cell remembers the file,
page and row it was read from, who entered it and who verified it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Release
from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.assigning import refuse_unless_mine
from cityrank.publishing.comparing import CELLS, typed
from cityrank.publishing.faults import faults
from cityrank.publishing.models import Entry, EntryRow, nothing_typed
from cityrank.publishing.refusals import Refused
from cityrank.publishing.roles import COORDINATE, ENTER
from cityrank.registry.models import Subject
from scores.models import Ranking, Score

TEXTS = ("printed_name", "printed_rank", "printed_score")
# Nobody keys a table of more rows by hand; longer ones are imported.
MOST_ROWS = 3000


def may_enter(ranking: Ranking, by: User) -> None:
    """Raises `Refused` for a table that is not theirs, outside a draft, and when it has all its entries already."""
    if not by.has_perm(ENTER):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("enter")})
    refuse_unless_mine(by, ranking)
    others = list(Entry.objects.filter(ranking=ranking).exclude(person=by).select_related("person"))
    if len(others) >= (2 if ranking.double_entry else 1):
        names = ", ".join(str(entry.person) for entry in others)
        raise Refused(_("This table is being entered by %(names)s already.") % {"names": names})


@transaction.atomic
def open_entry(ranking: Ranking, by: User) -> Entry:
    """Return somebody's entry of a table, begun now if there is none. Raises `Refused` as `may_enter` does."""
    ranking = lock(ranking)
    own = Entry.objects.filter(ranking=ranking, person=by).first()
    if own is not None:
        return own
    may_enter(ranking, by)
    taken = set(Entry.objects.filter(ranking=ranking).values_list("number", flat=True))
    return Entry.objects.create(ranking=ranking, person=by, number=2 if 1 in taken else 1)


def lock(ranking: Ranking) -> Ranking:
    """Return a table with its release, both locked: who finishes, decides or submits meanwhile waits."""
    Release.objects.select_for_update(of=("self",)).get(pk=ranking.release_id)
    locked = Ranking.objects.select_for_update(of=("self",))
    return locked.select_related("release__edition", "scan").get(pk=ranking.pk)


@dataclass
class Saved:
    """What came of a save: by position the version that is stored now, and the rows that somebody else changed."""

    versions: dict[int, int] = field(default_factory=dict)
    overtaken: list[EntryRow] = field(default_factory=list)


@transaction.atomic
def save_rows(entry: Entry, rows: Sequence[Mapping[str, Any]], by: User) -> Saved:
    """Keep rows as they are typed.

    A row is a mapping with "position", "version" (a number of its own for each state of the row), "base" (the version
    it was typed over) and the cells. Where another version is stored than the base, another window of the same person
    has saved the row meanwhile: nothing is written over it. Raises `Refused` for somebody else's or a finished entry
    and `ValueError` for what is no row.
    """
    entry = _own(entry, by)
    if entry.state != Entry.State.OPEN:
        raise Refused(_("This entry is finished. Reopen it to go on."))
    read = [_read(values) for values in rows]
    # Without the order of the model, which leads by joins to the release and would have all of them locked.
    stored = {row.position: row for row in entry.rows.order_by("position").select_for_update(of=("self",))}
    keys = {values["subject"] for values in read} - {None}
    subjects = set(Subject.objects.filter(pk__in=keys).values_list("pk", flat=True))
    saved = Saved()
    for values in read:
        position, version, base = (values.pop(name) for name in ("position", "version", "base"))
        row = stored.get(position) or EntryRow(entry=entry, position=position)
        if row.pk is None or row.version == base:
            for name, value in values.items():
                setattr(row, "subject_id" if name == "subject" else name, value)
            if row.subject_id not in subjects:
                row.subject_id = None
            row.version = version
            row.save()
            stored[position] = row
        elif row.version != version:
            saved.overtaken.append(row)
            continue
        saved.versions[position] = row.version
    return saved


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a request with each value of its type, too long texts cut. Raises `ValueError`."""
    read: dict[str, Any] = {
        name: _whole(values.get(name), 2**53) for name in ("position", "version", "base", "subject")
    }
    if not 1 <= read["position"] <= MOST_ROWS:
        raise Refused(_("A table has rows 1 to %(most)s.") % {"most": MOST_ROWS})
    read["subject"] = read["subject"] or None
    for name in TEXTS:
        text = values.get(name, "")
        if not isinstance(text, str):
            raise ValueError(name)
        # PostgreSQL refuses NUL in a text; half a character cannot be written at all.
        text = text.replace("\x00", "").encode("utf-8", "ignore").decode()
        read[name] = text[: cast(CharField, EntryRow._meta.get_field(name)).max_length]
    status = values.get("status", Score.Status.FINAL)
    if not isinstance(status, str) or status not in Score.Status.values:
        raise ValueError("status")
    return read | {"status": status}


def _whole(value: Any, most: int) -> int:
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(value)
    return value


@transaction.atomic
def finish(entry: Entry, by: User) -> Entry:
    """Say that a table is entered. Where that is the only or the second entry and nothing differs, it is settled.

    Raises `Refused` with the rows and cells that cannot be read.
    """
    from cityrank.publishing.settling import settle_if_agreed

    ranking = lock(entry.ranking)
    entry = _own(entry, by)
    refuse_unless_mine(by, ranking)
    if entry.state == Entry.State.FINISHED:
        return entry
    _drop_empty(entry)
    problems = problems_of(entry)
    if problems:
        raise Refused(_("Mend this first: %(findings)s") % {"findings": " ".join(problems[:8])})
    entry.state, entry.finished_at = Entry.State.FINISHED, timezone.now()
    entry.save()
    settle_if_agreed(ranking, by)
    return entry


@transaction.atomic
def reopen(entry: Entry, by: User) -> Entry:
    """Go on with an entry that was finished. Raises `Refused` when it was compared with another one already."""
    ranking = lock(entry.ranking)
    entry = _own(entry, by)
    refuse_unless_mine(by, ranking)
    if is_compared(ranking):
        raise Refused(
            _(
                "Both entries are finished and have been compared. A third person resolves what differs; to enter the "
                "table anew, ask a publisher."
            )
        )
    entry.state, entry.finished_at = Entry.State.OPEN, None
    entry.save()
    return entry


def is_compared(ranking: Ranking) -> bool:
    """Return whether two entries of a table are finished, so that people see both."""
    return ranking.entries.filter(state=Entry.State.FINISHED).count() == 2


@transaction.atomic
def start_over(ranking: Ranking, by: User, reason: str) -> int:
    """Set the entries of a table aside, so that it is entered anew; return how many there were.

    The rows of the ranking stay until the new entries are settled, and its history says who did this and why. Raises
    `Refused` for people who do not divide the work, outside a draft, and without a reason.
    """
    ranking = lock(ranking)
    if not by.has_perm(COORDINATE):
        raise Refused(
            _("Your role does not include this: %(action)s.") % {"action": _("have a table entered anew")}
        )
    if not ranking.release.is_editable:
        raise Refused(_("Only a draft can be changed."))
    if not reason.strip():
        raise Refused(_("Say why the table is entered anew."))
    count = ranking.entries.count()
    ranking.resolutions.all().delete()
    ranking.entries.all().delete()
    remember_origin([ranking])
    ranking._history_user = by  # type: ignore[attr-defined]
    ranking._change_reason = (_("to be entered anew: %(reason)s") % {"reason": reason.strip()})[:100]  # type: ignore[attr-defined]
    ranking._is_move = True  # type: ignore[attr-defined]  # nothing of the content was entered
    ranking.save()
    return count


def _drop_empty(entry: Entry) -> None:
    """Rows in which nothing is typed are none; those below move up."""
    entry.rows.filter(nothing_typed()).delete()
    for position, row in enumerate(entry.rows.order_by("position"), 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def problems_of(entry: Entry) -> list[str]:
    """Return a sentence for each cell of an entry that cannot become a row of the ranking."""
    rows = entry.rows.order_by("position")
    return faults([{cell: typed(row, cell) for cell in CELLS} for row in rows])


def _own(entry: Entry, by: User) -> Entry:
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("ranking__release", "person")
        .get(pk=entry.pk)
    )
    if entry.person_id != by.pk:
        raise Refused(_("This is somebody else's entry."))
    if not entry.ranking.release.is_editable:
        raise Refused(_("Only a draft can be changed."))
    return entry
