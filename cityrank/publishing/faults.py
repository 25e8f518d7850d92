"""What stands in the way of typed rows becoming rows of a ranking, in sentences."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from cityrank.publishing.comparing import number
from cityrank.publishing.models import Resolution
from scores.models import Score

Cell = Resolution.Cell
# By name of the cell what was typed, of the subject its key.
Texts = Mapping[str, str]
LONGEST_NAME = 120


def faults(rows: Sequence[Texts]) -> list[str]:
    """Return a sentence for each cell of a table that cannot be stored."""
    if not rows:
        return [_("Nothing is entered.")]
    found = []
    named: dict[str, int] = {}
    for position, row in enumerate(rows, 1):
        found += [
            _("Row %(position)s: %(problem)s") % {"position": position, "problem": problem}
            for problem in _of_row(row)
        ]
        other = named.setdefault(row[Cell.SUBJECT], position)
        if row[Cell.SUBJECT] and other != position:
            values = {"position": position, "other": other}
            found.append(_("Row %(position)s names the same subject as row %(other)s.") % values)
    return found


def _of_row(row: Texts) -> Iterator[str]:
    name = row[Cell.NAME].strip()
    if not name:
        yield _("the name is missing.")
    if len(name) > LONGEST_NAME:
        yield _("the name has more than %(most)s characters.") % {"most": LONGEST_NAME}
    if not row[Cell.SUBJECT]:
        yield _("say which subject %(name)s is.") % {"name": name or "–"}
    try:
        rank = number(row[Cell.RANK])
        if rank is not None and (rank != int(rank) or rank < 1 or rank > 2**31 - 1):
            yield _("the rank is not a whole number from 1.")
    except ValueError:
        yield _("“%(text)s” is not a rank.") % {"text": row[Cell.RANK]}
    yield from _of_score(row[Cell.SCORE], row[Cell.STATUS])


def _of_score(text: str, status: str) -> Iterator[str]:
    try:
        score = number(text)
    except ValueError:
        yield _("“%(text)s” is not a score.") % {"text": text}
        return
    has_value = status in (Score.Status.FINAL, Score.Status.ESTIMATED)
    if has_value and score is None:
        yield _("the score is missing; choose the status “missing” if it cannot be read.")
    if not has_value and score is not None:
        yield _("a row with this status has no score.")
    if score is not None and (abs(score) >= 10**8 or -int(score.as_tuple().exponent) > 4):
        yield _("“%(text)s” has too many digits.") % {"text": text}
