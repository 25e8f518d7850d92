"""The planned rows of an import, stored piece by piece in short transactions, so that others see how far it is."""

import json
from collections import Counter
from collections.abc import Callable, Container, Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cityrank.exchange import sets
from cityrank.exchange.models import Import, ImportRow
from cityrank.exchange.planning.plan import NEW, REFUSED, Plan, Planned
from cityrank.publishing.refusals import Refused
from cityrank.registry.models import Subject
from scores.models import Score

Watch = Callable[[int, int], None]
_PIECE = 1000
_COLUMNS = (
    "of_import_id", "number", "sheet", "row", "kind", "target", "label", "values", "changes", "problems",
)  # fmt: skip
# The cells of a score that remember where they were read.
_CELLS = frozenset({"printed_name", "printed_rank", "printed_score"})


def _plain(value: Any) -> str:
    """Return as text what JSON has no form for: figures and dates."""
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
_text = json.encoder.encode_basestring


def store(import_: Import, plan: Plan, watch: Watch | None) -> Counter:
    """Store every planned row; return how many there are of each kind. Raises `Refused` when it is stopped."""
    counts: Counter = Counter()
    done = 0
    for piece in sets.pieces(plan.rows(), _PIECE):
        if import_.declared.model is Score:
            _add_origins(import_, piece)
        if not issubclass(import_.declared.model, Subject):
            _reserve_keys(import_, piece)
        done += len(piece)
        with transaction.atomic():
            # The last transaction, which says that all is planned, is waited for.
            sets.need_not_last()
            report(import_, done, plan.total)
            sets.insert(ImportRow, _COLUMNS, _stored(import_, piece))
        counts.update(planned.kind for planned in piece)
        if watch is not None:
            watch(done, plan.total)
    _refuse_collisions(import_, plan, counts)
    sets.count_anew(ImportRow)
    return counts


def _reserve_keys(import_: Import, piece: list[Planned]) -> None:
    """Give new rows the keys that they will have, where a database can; it spares writing all of them once more."""
    new = [one for one in piece if one.kind == NEW]
    for one, key in zip(new, sets.reserved_keys(import_.declared.model, len(new)), strict=False):
        one.target = key


def report(import_: Import, done: int, total: int) -> None:
    """Note how far an import is. Raises `Refused` where it was cancelled, or is being read anew by another process."""
    mine = Import.objects.filter(pk=import_.pk, state=Import.State.READING, attempt=import_.attempt)
    if not mine.update(done=done, total=max(total, done)):
        raise Refused(_("This import was cancelled, or is being read anew."))


def _stored(import_: Import, piece: list[Planned]) -> Iterator[tuple]:
    key, origins = import_.pk, _Origins(import_) if import_.declared.model is Score else None
    for one in piece:
        values = _encode(one.values) if one.values else "{}"
        if origins is not None and one.kind == NEW:
            values = f'{values[:-1]},"provenance":{origins.text(one)}}}'
        yield (
            key, one.number, one.sheet, one.row, one.kind, one.target, one.label, values,
            _encode(one.changes) if one.changes else "{}",
            _encode(one.problems) if one.problems else "[]",
        )  # fmt: skip


class _Origins:
    """Says of each cell of a score which cell of which file it was read from, as JSON.

    100,000 rows have 300,000 such cells that differ in two values, so the text is put together from pieces.
    """

    def __init__(self, import_: Import) -> None:
        self.about = _encode({"file": import_.original_name, "import": import_.pk})[1:]
        self.pieces: dict[int, list[tuple[str, int, str, str]]] = {}

    def text(self, one: Planned, cells: Container[str] = _CELLS) -> str:
        pieces = self.pieces.get(id(one.reader))
        if pieces is None:
            pieces = self.pieces[id(one.reader)] = list(self._pieces(one.reader))
        texts, row = one.texts, one.row
        found = [
            f'{begin}{_text(texts[index] if index < len(texts) else "")},"row":{row}{end}'
            for name, index, begin, end in pieces
            if name in cells
        ]
        return f"{{{','.join(found)}}}"

    def _pieces(self, reader: Any) -> Iterator[tuple[str, int, str, str]]:
        """Yield for each cell its name, where its text stands, and what stands before and behind it."""
        for name in sorted(_CELLS):
            if name in reader.columns:
                place = _encode({"column": reader.letters[name], "sheet": reader.sheet})[1:-1]
                yield name, reader.columns[name], f'"{name}":{{"value":', f",{place},{self.about}"


def _add_origins(import_: Import, piece: list[Planned]) -> None:
    """Note in changed scores which cells of the file they were read from; of other cells they keep what is known."""
    changed = [(one, one.changes) for one in piece if one.changes and not _CELLS.isdisjoint(one.changes)]
    stored: dict[int, dict] = {}
    for keys in sets.pieces([one.target for one, _changes in changed], 900):
        stored |= dict(Score.objects.filter(pk__in=keys).values_list("pk", "provenance"))
    origins = _Origins(import_)
    for one, changes in changed:
        old = stored[one.target]  # type: ignore[index]
        changes["provenance"] = [old, {**old, **json.loads(origins.text(one, changes))}]


def _refuse_collisions(import_: Import, plan: Plan, counts: Counter) -> None:
    numbers = plan.collisions()
    if not numbers:
        return
    text = _("The place of this row in the list is not free: the row that was to leave it is refused.")
    for keys in sets.pieces(sorted(numbers), 900):
        rows = ImportRow.objects.filter(of_import=import_, number__in=keys)
        for row in rows:
            counts[row.kind] -= 1
            counts[REFUSED] += 1
        rows.update(kind=REFUSED, values={}, changes={}, problems=[{"column": "", "text": text}])
