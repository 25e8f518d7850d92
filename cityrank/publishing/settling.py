"""What was entered becomes the rows of the ranking."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cityrank.publishing.admin_history import remember_origin
from cityrank.publishing.authors import note_author
from cityrank.publishing.comparing import Difference, aligned, differences, number, plain, typed
from cityrank.publishing.entering import lock
from cityrank.publishing.faults import faults
from cityrank.publishing.models import Entry, EntryRow, Resolution
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Subject
from cityrank.registry.numbers import key_in
from scores.models import Ranking, Score
from scores.ranks import recompute

Cell = Resolution.Cell
RESOLVE = "publishing.resolve_entries"
# Positions that no table reaches, to which rows step aside while others take their places.
ASIDE = 1_000_000


@transaction.atomic
def resolve(
    ranking: Ranking, position: int, cell: str, chosen: int | None, value: str, by: User
) -> Resolution:
    """Decide a cell in which two entries differ: `chosen` is 1 or 2, or None with a third value.

    Raises `Refused` for who made one of the entries or may not decide, where nothing differs, and where the decisions
    together make no table. The last decision settles it.
    """
    ranking = lock(ranking)
    if not by.has_perm(RESOLVE):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("resolve")})
    if not ranking.release.is_editable:
        raise Refused(_("Only a draft can be changed."))
    if ranking.entries.filter(person=by).exists():
        raise Refused(_("You entered this table yourself. A third person resolves what differs."))
    differing = {(one.position, one.cell): one for one in differences(ranking)}
    difference = differing.get((position, cell))
    if difference is None:
        raise Refused(_("Nothing differs in this cell."))
    text = _decided(difference, chosen, value)
    resolution, _created = Resolution.objects.update_or_create(
        ranking=ranking, position=position, cell=cell, defaults={"value": text, "chosen": chosen, "by": by}
    )
    note_author(ranking.release_id, by)
    settle_if_agreed(ranking, by)
    return resolution


def _decided(difference: Difference, chosen: int | None, value: str) -> str:
    if chosen in (1, 2):
        return difference.first if chosen == 1 else difference.second
    text = value.replace("\x00", "").strip()[:200]
    if difference.is_row:
        raise Refused(_("Choose whether there is such a row."))
    if difference.cell in (Cell.RANK, Cell.SCORE):
        try:
            number(text)
        except ValueError as error:
            raise Refused(_("“%(text)s” is not a number.") % {"text": text}) from error
    if difference.cell == Cell.SUBJECT and not Subject.objects.filter(pk=key_in(text)).exists():
        raise Refused(_("Choose a subject."))
    if difference.cell == Cell.STATUS and text not in Score.Status.values:
        raise Refused(_("Choose a status."))
    if difference.cell == Cell.NAME and not text:
        raise Refused(_("Write the name as printed."))
    return text


@dataclass(frozen=True)
class Agreed:
    """A row on which the entries agree, by themselves or by what a third person decided."""

    texts: dict[str, str]
    rows: tuple[EntryRow | None, ...]
    decided: dict[str, Resolution]


def settle_if_agreed(ranking: Ranking, by: User) -> bool:
    """Write the rows of the ranking if as many entries as it asks for are finished and no difference is open.

    Raises `Refused` where what was decided makes no table, such as two rows about one subject.
    """
    finished = ranking.entries.filter(state=Entry.State.FINISHED).select_related("person")
    if ranking.double_entry:
        entries, differing = list(finished.order_by("number")), differences(ranking)
    else:
        entries, differing = list(finished.order_by("-finished_at")[:1]), []
    if len(entries) < (2 if ranking.double_entry else 1) or any(one.is_open for one in differing):
        return False
    typings = [list(entry.rows.order_by("position")) for entry in entries]
    pairs = aligned(*typings) if len(typings) == 2 else [(row,) for row in typings[0]]
    agreed = [
        _agreed(
            rows,
            {one.cell: one.resolution for one in differing if one.position == position and one.resolution},
        )
        for position, rows in enumerate(pairs, 1)
    ]
    agreed = [row for row in agreed if row.texts[Cell.NAME]]
    problems = faults([row.texts for row in agreed])
    if problems:
        raise Refused(_("Decide this otherwise: %(findings)s") % {"findings": " ".join(problems[:8])})
    write(ranking, [_values(ranking, position, row, entries) for position, row in enumerate(agreed, 1)], by)
    for entry in entries:
        note_author(ranking.release_id, entry.person)
    return True


def _agreed(rows: tuple[EntryRow | None, ...], decided: dict[str, Resolution]) -> Agreed:
    given = next(row for row in rows if row is not None)
    texts = {cell: decided[cell].value if cell in decided else typed(given, cell) for cell in Cell.values}
    return Agreed({cell: plain(text) for cell, text in texts.items()}, rows, decided)


def _values(ranking: Ranking, position: int, row: Agreed, entries: list[Entry]) -> dict[str, Any]:
    """Return the values of a score with the origin of each cell."""
    texts = row.texts
    rank, score = number(texts[Cell.RANK]), number(texts[Cell.SCORE])
    origins = {
        cell: _origin(ranking, position, cell, row, entries) for cell in (Cell.NAME, Cell.RANK, Cell.SCORE)
    }
    second = entries[1].person if len(entries) == 2 else None
    last = max(row.decided.values(), key=lambda one: one.at, default=None)
    return {
        "position": position,
        "printed_name": texts[Cell.NAME],
        "subject_id": int(texts[Cell.SUBJECT]),
        "printed_rank": None if rank is None else int(rank),
        "printed_score": score,
        "decimals": _own_decimals(ranking, score),
        "status": texts[Cell.STATUS],
        "provenance": origins,
        "verified_by": last.by if last else second,
    }


def _own_decimals(ranking: Ranking, score: Decimal | None) -> int | None:
    """Return the decimals a score was typed with where the table does not say so already."""
    if score is None:
        return None
    typed_with = max(0, -int(score.as_tuple().exponent))
    return None if typed_with == ranking.decimals else typed_with


def _origin(ranking: Ranking, position: int, cell: str, row: Agreed, entries: list[Entry]) -> dict[str, Any]:
    """Where a cell was read, who entered and who verified it, when."""
    origin: dict[str, Any] = {
        "value": row.texts[cell],
        "entered": [
            {
                "by": entry.person.get_username(),
                "at": typing.saved_at.isoformat(),
                "typed": typed(typing, cell),
            }
            for entry, typing in zip(entries, row.rows, strict=True)
            if typing is not None
        ],
        "row": position,
    }
    if ranking.scan is not None:
        origin |= {"file": ranking.scan.title, "sha256": ranking.scan.sha256, "page": ranking.scan_page or 1}
    whole = row.decided.get(Cell.NAME) if None in row.rows else None
    decided = row.decided.get(cell) or whole
    if decided is not None:
        origin["verified"] = {"by": decided.by.get_username(), "at": decided.at.isoformat()}
    elif len(entries) == 2:
        second = entries[1]
        assert second.finished_at is not None
        origin["verified"] = {"by": second.person.get_username(), "at": second.finished_at.isoformat()}
    return origin


def write(ranking: Ranking, rows: list[dict[str, Any]], by: User) -> None:
    """Bring the scores of a ranking to what was entered: change what differs, add what is new, delete the rest.

    A row stays the same row as long as it is about the same subject.
    """
    stored = list(Score.objects.filter(ranking=ranking))
    remember_origin(stored)
    by_subject = {score.subject_id: score for score in stored if score.subject_id}
    kept = {row["subject_id"] for row in rows}
    for score in stored:
        if score.subject_id not in kept:
            score._history_user = by  # type: ignore[attr-defined]
            score.delete()
    Score.objects.filter(ranking=ranking).update(position=F("position") + ASIDE)
    for values in rows:
        _write_row(ranking, by_subject.get(values["subject_id"]) or Score(ranking=ranking), values, by)
    recompute(ranking)
    expected = ranking.expected_count or ranking.cutoff
    is_whole = not expected or len(rows) >= expected
    state = Ranking.State.COMPLETE if is_whole else Ranking.State.PARTIAL
    if ranking.state != state:
        remember_origin([ranking])
        ranking.state = state
        ranking._history_user = by  # type: ignore[attr-defined]
        ranking._change_reason = _("entered from the scan")  # type: ignore[attr-defined]
        ranking.save()


def _write_row(ranking: Ranking, score: Score, values: dict[str, Any], by: User) -> None:
    position = score.position
    verifier = values["verified_by"]
    changed = score.pk is None or position != values["position"]
    for name, value in values.items():
        changed = changed or getattr(score, name) != value
        setattr(score, name, value)
    if ranking.source_id and not score.source_id:
        score.source_id = ranking.source_id
    score.verified_at = timezone.now() if verifier else None
    if not changed:
        Score.objects.filter(pk=score.pk).update(position=position)
        return
    score._history_user = by  # type: ignore[attr-defined]
    score._change_reason = _("entered from the scan")  # type: ignore[attr-defined]
    score.save()
